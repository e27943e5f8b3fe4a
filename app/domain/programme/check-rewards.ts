/** Whether the rewards of a programme fit together with what gives them, and with themselves. */
import type { DraftDocument } from './draft.ts';
import { unknownKeys } from './known-keys.ts';
import type { Fault } from './validate-programme.ts';
import { gameRewards } from '../games/check-games.ts';
import { tierCondition } from '../segments/conditions.ts';
import { segmentFaults } from '../segments/segment.ts';
import type { SegmentDraft } from '../segments/segment.ts';

const NO_REWARD = 'No reward is known by this name any more.';
const NO_TIER = 'No tier is known by this name any more.';
const NO_MARKET = 'No market is known by this name any more.';

export function rewardFaults(document: DraftDocument): Fault[] {
  const { rewards, markets, tiers } = document;
  return [
    ...prizesOf(document).flatMap(([place, key]) =>
      key === null || rewards.some((reward) => reward.key === key)
        ? []
        : [{ place, message: NO_REWARD }],
    ),
    ...rewards.flatMap(({ startsAt, endsAt, audience, settings }, index) => [
      ...(startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt)
        ? [{ place: `rewards.${index}.endsAt`, message: 'Must end after it starts.' }]
        : []),
      ...segmentOf(`rewards.${index}.audience.segment`, audience.segment, tiers.levels),
      ...amountsOf(settings).flatMap((market, at) =>
        unknownKeys(
          `rewards.${index}.settings.marketAmounts.${at}.market`,
          [market],
          markets,
          NO_MARKET,
        ).map((fault) => ({ ...fault, place: fault.place.replace(/\.0$/, '') })),
      ),
    ]),
  ];
}

/** Conditions that cannot be asked, or name a tier that is none. */
function segmentOf(
  place: string,
  segment: SegmentDraft,
  levels: DraftDocument['tiers']['levels'],
): Fault[] {
  return [
    ...segmentFaults(segment).map((fault) => ({ ...fault, place: `${place}.${fault.place}` })),
    ...segment.conditions.flatMap(({ kind, settings }, at) => {
      const keys = kind === tierCondition.kind ? settings['tiers'] : [];
      const where = `${place}.conditions.${at}.settings.tiers`;
      return unknownKeys(where, Array.isArray(keys) ? keys.map(String) : [], levels, NO_TIER);
    }),
  ];
}

export function rewardWarnings(document: DraftDocument): Fault[] {
  return document.rewards.flatMap((reward, index) => {
    const warnings: Fault[] = [];
    const isPrize = prizesOf(document).some(([, key]) => key === reward.key);
    if (reward.enabled && !reward.forPoints && !isPrize) {
      warnings.push({
        place: `rewards.${index}.forPoints`,
        message: 'Nothing gives this reward: no points, no tier, no badge, no challenge.',
      });
    }
    if (!reward.enabled && isPrize) {
      warnings.push({
        place: `rewards.${index}.enabled`,
        message: 'It is switched off, so what promises it as a prize does not give it.',
      });
    }
    if (Number(reward.stock) === 0 && reward.stock !== null) {
      warnings.push({ place: `rewards.${index}.stock`, message: 'There are none to give.' });
    }
    return warnings;
  });
}

/** Wherever the programme gives a reward: the place, and the reward's key. */
export function prizesOf(document: DraftDocument): readonly (readonly [string, string | null])[] {
  return [
    ...document.tiers.levels.map(
      ({ entryReward }, index) => [`tiers.levels.${index}.entryReward`, entryReward] as const,
    ),
    ...document.badges.map(
      ({ bonusReward }, index) => [`badges.${index}.bonusReward`, bonusReward] as const,
    ),
    ...document.badges.flatMap(({ levels }, index) =>
      levels.map(
        ({ bonusReward }, at) => [`badges.${index}.levels.${at}.bonusReward`, bonusReward] as const,
      ),
    ),
    ...document.challenges.map(
      ({ prizeReward }, index) => [`challenges.${index}.prizeReward`, prizeReward] as const,
    ),
    ...document.quizzes.map(
      ({ prize }, index) => [`quizzes.${index}.prize.reward`, prize.reward] as const,
    ),
    ...gameRewards(document),
    ...document.leaderboards.flatMap(({ prizes }, index) =>
      prizes.map(
        ({ reward }, at) => [`leaderboards.${index}.prizes.${at}.reward`, reward] as const,
      ),
    ),
    ...document.streaks.flatMap(({ milestones }, index) =>
      milestones.map(
        ({ reward }, at) => [`streaks.${index}.milestones.${at}.reward`, reward] as const,
      ),
    ),
    ...document.memberships.map(
      ({ reward }, index) => [`memberships.${index}.reward`, reward] as const,
    ),
    ...(['friend', 'advocate'] as const).map(
      (who) => [`referrals.${who}.reward`, document.referrals[who].reward] as const,
    ),
  ];
}

function amountsOf(settings: Record<string, unknown>): string[] {
  const amounts = settings['marketAmounts'];
  if (!Array.isArray(amounts)) return [];
  return amounts.map((amount: unknown) =>
    typeof amount === 'object' && amount !== null && 'market' in amount
      ? String(amount.market)
      : '',
  );
}
