/**
 * Badges and challenges: how far the member is, and what completing them gives. Challenges come before
 * badges, because a challenge can give one.
 */
import { boostOf } from './challenges/boost-of.ts';
import { withdrawn } from './decide-targets.ts';
import type { Deciding } from './deciding.ts';
import type { MemberEvent } from './events.ts';
import { awardKey, isPosted } from './points/awards.ts';
import type { Target } from './points/awards.ts';
import { inForce } from './programme/terms.ts';
import { reachablesOf } from './reaches/compile.ts';
import type { Reachable } from './reaches/compile.ts';
import type { Completion, Outcome } from './reaches/complete.ts';
import { nameOf, outcomesOf } from './reaches/outcomes.ts';
import { rowsOf } from './reaches/rows.ts';
import type { ProgressRow } from './reaches/rows.ts';
import { simplyHolds } from './reaches/windows.ts';
import { roundAt } from './time/rounds.ts';
import { DAY } from './time/shop-time.ts';
import type { Moment } from './time/shop-time.ts';

export type { ProgressDetails, ProgressRow } from './reaches/rows.ts';

export interface DecidedReaches {
  readonly progress: readonly ProgressRow[];
  /** Keys of rewards that are due for badges and challenges. */
  readonly due: ReadonlySet<string>;
}

export function decideReaches(deciding: Deciding): DecidedReaches {
  const { shop, now, membership, noteReached } = deciding;
  const due = new Set<string>();
  if (membership.state === 'not-joined') return { progress: [], due };
  const reachables = reachablesOf(shop);
  const outcomes = outcomesOf(deciding, reachables);
  const progress: ProgressRow[] = [];
  const posted = new Set<string>();
  for (const reachable of reachables.all.toSorted(challengesFirst)) {
    const outcome = outcomes.get(reachable);
    if (!outcome) continue;
    for (const one of outcome.completions) {
      noteReached(nameOf(reachable, one), one.at);
      for (const key of givePrize(deciding, reachable, one)) posted.add(key);
      const gift = giveReward(deciding, reachable, one);
      if (gift !== null) due.add(gift);
      const boost = reachable.kind === 'challenge' ? boostOf(shop, reachable.key, one) : null;
      if (boost) deciding.boostOrders(boost);
      tellCompleted(deciding, reachable, one);
    }
    progress.push(...rowsOf(reachable, outcome, shop, now));
    wakeFor(deciding, reachable, outcome);
  }
  takeBack(deciding, posted);
  tellJoined(deciding, outcomes);
  return { progress, due };
}

function challengesFirst(a: Reachable, b: Reachable): number {
  return Number(a.kind === 'badge') - Number(b.kind === 'badge');
}

/** @returns the keys of the awards that are due */
function givePrize(
  { shop, now, awards, post }: Deciding,
  reachable: Reachable,
  completion: Completion,
): readonly string[] {
  const { at, pays, name, version: programmeVersion } = completion;
  const source = sourceOf(reachable, completion);
  const key = awardKey(source);
  if (pays === 0 && !awards.has(key)) return [key];
  const target: Target = {
    ...{ ...source, programmeVersion, tierKey: null, qualifies: false },
    clawback: inForce(shop, now)?.version.document.clawback ?? null,
    ...{ occurredAt: at, availableAt: at, steps: [{ step: 'earn', at, total: pays }] },
    explanation: {
      ...{ rule: 'fixed', programmeVersion, ruleName: name, points: pays },
      because: reachable.kind === 'badge' ? 'badge-earned' : 'challenge-completed',
    },
  };
  const known = awards.get(key);
  // Most of what was reached is as it was: nothing of it is looked at lot by lot.
  if (!known || !isPosted(known, target)) post(target);
  return [key];
}

function sourceOf(
  { kind, key }: Reachable,
  { round, level }: Completion,
): Pick<Target, 'sourceKind' | 'sourceId' | 'ruleKey'> {
  return {
    sourceKind: kind,
    sourceId: round === '' ? key : `${key}@${round}`,
    ruleKey: level === null ? key : `${key}/${level}`,
  };
}

/** @returns under what it is due */
function giveReward(
  { give }: Deciding,
  reachable: Reachable,
  completion: Completion,
): string | null {
  const { gives: rewardKey, version: programmeVersion } = completion;
  if (rewardKey === null) return null;
  const key = nameOf(reachable, completion);
  give({ key, rewardKey, programmeVersion });
  return key;
}

/** What is no longer met by the facts goes back, whatever the programme has of it by now. */
function takeBack({ shop, now, awards, post }: Deciding, due: ReadonlySet<string>): void {
  const clawback = inForce(shop, now)?.version.document.clawback ?? null;
  for (const award of [...awards.values()]) {
    const { sourceKind, sourceId, explanation } = award;
    if (sourceKind !== 'badge' && sourceKind !== 'challenge') continue;
    if (due.has(awardKey(award))) continue;
    for (const target of withdrawn(sourceKind, sourceId, [award])) {
      const { programmeVersion } = target;
      const ruleName = explanation.rule === 'fixed' ? explanation.ruleName : award.ruleKey;
      post({
        ...{ ...target, clawback },
        explanation: {
          ...{ rule: 'fixed', programmeVersion, ruleName, points: 0, because: 'no-longer-met' },
        },
      });
    }
  }
}

/** Deliveries may be a day late when a member is met, and what is found out after a month is history. */
const MET_LATE = DAY;
const TOLD_LATE = 31 * DAY;

function isNews({ member, now }: Deciding, at: Moment): boolean {
  const metAt = member.enrolledAt ?? null;
  return metAt !== null && at >= Math.max(metAt - MET_LATE, now - TOLD_LATE);
}

function tellCompleted(deciding: Deciding, reachable: Reachable, completion: Completion): void {
  const { at, name, level, round } = completion;
  if (!isNews(deciding, at)) return;
  const kind = reachable.kind === 'badge' ? 'badge-earned' : 'challenge-completed';
  const event: MemberEvent = {
    ...{ kind, at, key: `${kind}:${nameOf(reachable, completion)}` },
    content: { [reachable.kind]: reachable.key, name, level, round: round === '' ? null : round },
  };
  deciding.tell(event);
}

function tellJoined(deciding: Deciding, outcomes: ReadonlyMap<Reachable, Outcome>): void {
  for (const [{ key, name: known, spans }, { stand }] of outcomes) {
    const at = stand?.window.joinedAt ?? null;
    if (!stand || at === null || !isNews(deciding, at)) continue;
    const { round } = stand.window;
    const name = spans.at(-1)?.item.name ?? key;
    deciding.tell({
      ...{ kind: 'challenge-joined', at, key: `challenge-joined:${known}@${round}` },
      content: { challenge: key, name, round: round === '' ? null : round },
    });
  }
}

/** When a round ends what was begun in it is over, and what simply holds is reached anew. */
function wakeFor({ shop, now, wakeAt }: Deciding, reachable: Reachable, outcome: Outcome): void {
  for (const moment of outcome.wakeAt) wakeAt(moment);
  const span = reachable.spans.at(-1);
  if (!span || span.until !== Infinity || span.every === null) return;
  const ends = roundAt(now, span.every, shop.timeZone).until;
  if (outcome.stand || span.topics.some(simplyHolds)) wakeAt(ends);
}
