/**
 * Prizes of what members play: points, a reward, a badge. What is due is compared with what was given, as
 * with everything else, so that the same facts give the same prizes once, and lost facts take them back.
 */
import { withdrawn } from '../decide-targets.ts';
import type { Deciding } from '../deciding.ts';
import { awardKey } from '../points/awards.ts';
import type { FixedReason } from '../points/explanation.ts';
import { inForce } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';

export type PrizeSource = 'streak' | 'leaderboard' | 'game' | 'quiz';

export interface Prize {
  readonly points: number;
  /** Keys in the programme. */
  readonly reward: string | null;
  readonly badge: string | null;
}

export interface DuePrize {
  /** What it is for, e.g. a streak and the day on which it began. */
  readonly sourceId: string;
  /** Which of the prizes of that, e.g. a milestone. */
  readonly ruleKey: string;
  readonly name: string;
  readonly because: FixedReason;
  readonly at: Moment;
  /** The version of the programme that promised it. */
  readonly programmeVersion: number;
  readonly prize: Prize;
}

/** @param due everything of this source that the member has come to by all that is known */
export function givePrizes(
  deciding: Deciding,
  sourceKind: PrizeSource,
  due: readonly DuePrize[],
): void {
  const { shop, now, awards, post, give, winBadge } = deciding;
  const clawback = inForce(shop, now)?.version.document.clawback ?? 'unlimited';
  const wanted = new Set<string>();
  for (const { sourceId, ruleKey, name, because, at, programmeVersion, prize } of due) {
    const key = awardKey({ sourceKind, sourceId, ruleKey });
    wanted.add(key);
    if (prize.points > 0 || awards.has(key)) {
      post({
        ...{ sourceKind, sourceId, ruleKey, programmeVersion, clawback },
        ...{ tierKey: null, qualifies: false, occurredAt: at, availableAt: at },
        steps: [{ step: 'earn', at, total: prize.points }],
        explanation: {
          ...{ rule: 'fixed', programmeVersion, ruleName: name, because, points: prize.points },
        },
      });
    }
    if (prize.reward !== null) {
      give({
        key: `${sourceKind}:${sourceId}:${ruleKey}`,
        rewardKey: prize.reward,
        programmeVersion,
      });
    }
    if (prize.badge !== null) winBadge(prize.badge, at);
  }
  for (const award of [...awards.values()]) {
    if (award.sourceKind !== sourceKind || wanted.has(awardKey(award))) continue;
    for (const target of withdrawn(sourceKind, award.sourceId, [award])) post(target);
  }
}
