/**
 * What is no order: joining, reviews, birthdays, visits, claims, and cards that purchases fill. In the
 * order in which it happened, because limits look at what was earned before.
 */
import { occasionsOf, ONCE_FOR_ALL } from './activities/occasions.ts';
import { ACTIVITY_KINDS, PLAYED_KINDS } from './activities/activity.ts';
import { occasionTargets, withdrawn } from './decide-targets.ts';
import type { Deciding } from './deciding.ts';
import { cardsFilled } from './earning/cards.ts';
import { CARD_KINDS } from './earning/definition.ts';
import type { Use } from './earning/limits.ts';
import { awardKey, isPosted } from './points/awards.ts';
import type { Target } from './points/awards.ts';
import { inForce } from './programme/terms.ts';

const PLAYED: ReadonlySet<string> = new Set(PLAYED_KINDS);

/** Their awards go back to nothing when what they are for is no more. */
const KINDS: ReadonlySet<string> = new Set([
  'join',
  'review',
  'anniversary',
  ...ACTIVITY_KINDS.filter((kind) => !PLAYED.has(kind)),
  ...CARD_KINDS,
]);

export function decideOccasions(deciding: Deciding): void {
  const { member, membership, shop, now, awards, post, wakeAt } = deciding;
  if (membership.state === 'not-joined') return;
  const history = {
    welcomes: membership.welcomes,
    joinedAt: membership.joinedAt,
    reviews: member.reviews,
    activities: member.activities ?? [],
  };
  const { past, coming } = occasionsOf(history, shop.timeZone, now);
  for (const moment of coming) wakeAt(moment);

  const due = new Set<string>();
  const earlier = makeEarlier();
  const settle = (target: Target): void => {
    const key = awardKey(target);
    if (due.has(key)) return;
    due.add(key);
    const known = awards.get(key);
    // Most of a long history is as it was: nothing of it is looked at lot by lot.
    if (!known || !isPosted(known, target)) post(target);
    earlier.add(target, awards.get(key)?.steps ?? []);
  };
  const nothing = new Map<string, Target>();
  for (const { fact, at, ...source } of past) {
    const terms = inForce(shop, at);
    if (!terms) continue;
    for (const target of occasionTargets(fact, source, terms, deciding, earlier.of)) {
      if (ONCE_FOR_ALL.has(source.sourceKind) && !pays(target)) {
        nothing.set(awardKey(target), nothing.get(awardKey(target)) ?? target);
      } else settle(target);
    }
  }
  for (const target of nothing.values()) settle(target);
  for (const { fact, source, terms } of cardsFilled(deciding)) {
    for (const target of occasionTargets(fact, source, terms, deciding, earlier.of)) settle(target);
  }
  for (const award of [...awards.values()]) {
    if (!KINDS.has(award.sourceKind) || due.has(awardKey(award)) || award.posted <= 0) continue;
    for (const target of withdrawn(award.sourceKind, award.sourceId, [award])) post(target);
  }
}

/** In the end, whatever was taken back. */
function pays({ steps }: Target): boolean {
  return (steps.at(-1)?.total ?? 0) > 0;
}

/** What each rule gave so far, oldest first, so that nobody looks for it among all awards. */
function makeEarlier(): {
  readonly of: (sourceKind: string, rule: string) => readonly Use[];
  readonly add: (target: Target, steps: readonly (readonly [string, number, number])[]) => void;
} {
  const byRule = new Map<string, Use[]>();
  return {
    of: (sourceKind, rule) => byRule.get(`${sourceKind} ${rule}`) ?? [],
    add: ({ sourceKind, sourceId, ruleKey, occurredAt: at }, steps) => {
      const points = steps.reduce((sum, [, step]) => sum + step, 0);
      if (points === 0) return;
      const key = `${sourceKind} ${ruleKey}`;
      const uses = byRule.get(key);
      if (uses) uses.push({ at, sourceId, ruleKey, points });
      else byRule.set(key, [{ at, sourceId, ruleKey, points }]);
    },
  };
}
