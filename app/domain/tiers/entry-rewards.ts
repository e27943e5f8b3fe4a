/**
 * Points for entering a tier, once per term. They go by what is believed now: a refund that takes a
 * tier away for its whole time takes its reward, and a tier lost and regained pays nothing again.
 */
import { heightOf, ladderAt } from './climb.ts';
import type { Climb, Ladder, Rung, Stand } from './climb.ts';
import type { Award, Target } from '../points/awards.ts';
import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { Gift } from '../rewards/gifts.ts';
import type { Moment } from '../time/shop-time.ts';

const SOURCE = 'tier';
const RULE = 'entry';

export function entryRewards(
  climbed: Climb,
  joinedAt: Moment,
  shop: ShopTerms,
  awards: Iterable<Award>,
): readonly Target[] {
  const due = rewardsOf(climbed, joinedAt)
    .filter(({ rung }) => rung.entryPoints > 0)
    .map((reward) => targetOf(reward, shop));
  const ids = new Set(due.map(({ sourceId }) => sourceId));
  const lost = [...awards].filter(
    ({ sourceKind, sourceId }) => sourceKind === SOURCE && !ids.has(sourceId),
  );
  return [...due, ...lost.map(lostTarget)];
}

/** The rewards of the tiers that were entered, besides points. */
export function entryGifts(climbed: Climb, joinedAt: Moment, shop: ShopTerms): readonly Gift[] {
  return rewardsOf(climbed, joinedAt).flatMap(({ rung, nth, at }) => {
    const rewardKey = rung.entryReward ?? null;
    const programmeVersion = inForce(shop, at)?.version.version;
    return rewardKey === null || programmeVersion === undefined
      ? []
      : [{ key: `${SOURCE}:${rung.key}:${nth}`, rewardKey, programmeVersion }];
  });
}

interface Entry {
  readonly at: Moment;
  readonly rung: Rung;
  readonly ladder: Ladder;
  /** A second entry before this moment pays nothing. */
  readonly termEnds: Moment;
}

/** The nth reward of its tier. */
interface Reward extends Entry {
  readonly nth: number;
}

function rewardsOf(climbed: Climb, joinedAt: Moment): readonly Reward[] {
  const rewards = new Map<string, Reward>();
  return entriesOf(climbed, joinedAt).flatMap((entry) => {
    const before = rewards.get(entry.rung.key);
    if (!givesAnything(entry.rung) || (before && entry.at < before.termEnds)) return [];
    const reward = { ...entry, nth: (before?.nth ?? 0) + 1 };
    rewards.set(entry.rung.key, reward);
    return [reward];
  });
}

function givesAnything({ entryPoints, entryReward = null }: Rung): boolean {
  return entryPoints > 0 || entryReward !== null;
}

/** Whoever joins later enters the tier that they stand on then. */
function entriesOf(climbed: Climb, joinedAt: Moment): readonly Entry[] {
  const entries: Entry[] = [];
  let below: Rung | null = null;
  for (const [index, stand] of climbed.believed.entries()) {
    const over = climbed.believed[index + 1]?.from ?? Infinity;
    if (over <= joinedAt) continue;
    const at = Math.max(stand.from, joinedAt);
    const ladder = ladderAt(climbed.ladders, at);
    if (ladder && stand.rung) entries.push(...enteredBy(climbed, ladder, stand, below, at));
    below = stand.rung;
  }
  return entries;
}

/** The tiers between the one below and the one reached; none for whoever stood there as it began. */
function enteredBy(
  { ladders, windows }: Climb,
  ladder: Ladder,
  stand: Stand,
  below: Rung | null,
  at: Moment,
): Entry[] {
  const to = heightOf(ladder, stand.rung);
  const from = heightOf(ladder, below);
  // Whose tier is gone from the ladder is moved, and enters nothing.
  if (below !== null && from === -1) return [];
  const termEnds = Math.max(
    stand.termEnds ?? Infinity,
    windows.termEnd(ladder.window, at) ?? Infinity,
  );
  return ladder.rungs.flatMap((rung, height) => {
    const passed = height > from && height <= to;
    const skipped = height < to && (ladder.skippedRewards === 'highest' || rung.need === null);
    if (!passed || skipped || at <= beginOf(ladders, rung.key, at)) return [];
    return [{ at, rung, ladder, termEnds }];
  });
}

/** Since when the ladders up to this moment have had the tier without a break. */
export function beginOf(ladders: readonly Ladder[], key: string, at: Moment): Moment {
  let begin = at;
  for (const ladder of ladders.filter(({ from }) => from <= at).reverse()) {
    if (!ladder.rungs.some((rung) => rung.key === key)) break;
    begin = ladder.from;
  }
  return begin;
}

function targetOf({ at, rung, nth }: Reward, shop: ShopTerms): Target {
  const terms = inForce(shop, at);
  const programmeVersion = terms?.version.version ?? 0;
  return {
    sourceKind: SOURCE,
    sourceId: `${rung.key}:${nth}`,
    ruleKey: RULE,
    programmeVersion,
    tierKey: rung.key,
    qualifies: false,
    clawback: null,
    occurredAt: at,
    availableAt: at,
    steps: [{ step: 'earn', at, total: rung.entryPoints }],
    explanation: {
      rule: 'fixed',
      programmeVersion,
      ruleName: rung.name,
      because: 'tier-reached',
      points: rung.entryPoints,
    },
  };
}

function lostTarget(award: Award): Target {
  const { explanation } = award;
  return {
    ...award,
    steps: [],
    availableAt: award.occurredAt,
    clawback: null,
    explanation:
      explanation.rule === 'fixed'
        ? { ...explanation, because: 'no-longer-met', points: 0 }
        : explanation,
  };
}
