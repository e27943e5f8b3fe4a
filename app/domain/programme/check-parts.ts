/** Whether the parts of a programme fit together: what names what, and what contradicts itself. */
import type { DraftDocument } from './draft.ts';
import { membershipFaults, membershipWarnings } from './check-memberships.ts';
import { quizFaults, quizWarnings } from './check-quizzes.ts';
import { leaderboardFaults, leaderboardWarnings } from './check-leaderboards.ts';
import { rewardFaults, rewardWarnings } from './check-rewards.ts';
import { gameFaults, gameWarnings } from '../games/check-games.ts';
import { streakFaults } from './check-streaks.ts';
import { asksAndRulesOut } from '../earning/audience.ts';
import { twice, unknownKeys } from './known-keys.ts';
import type { Fault } from './validate-programme.ts';

/** What cannot be published. */
export function partFaults(document: DraftDocument): Fault[] {
  return [
    ...audiencesOf(document).flatMap(([place, audience]) =>
      unknownKeys(`${place}.audience.tiers`, audience.tiers, document.tiers.levels, NO_TIER),
    ),
    ...twice('campaigns', document.campaigns),
    ...twice('markets', document.markets),
    ...document.markets.flatMap(({ currencies }, index) =>
      currencies.flatMap((code, at) =>
        CURRENCIES.has(code)
          ? []
          : [{ place: `markets.${index}.currencies.${at}`, message: 'No such currency is known.' }],
      ),
    ),
    ...ratesOf(document),
    ...quizFaults(document),
    ...gameFaults(document),
    ...leaderboardFaults(document),
    ...rewardFaults(document),
    ...membershipFaults(document),
    ...streakFaults(document),
    ...(document.membership.policy === 'tagged' && document.membership.tag.trim() === ''
      ? [{ place: 'membership.tag', message: 'Write the tag that makes a member.' }]
      : []),
  ];
}

/** What can be published, and is hardly meant. */
export function partWarnings(document: DraftDocument): Fault[] {
  const warnings: Fault[] = [];
  const warn = (place: string, message: string): void => void warnings.push({ place, message });
  if (!document.earning.some((rule) => rule.enabled)) {
    warn('earning', 'No way to earn is switched on.');
  }
  document.markets.forEach(({ countries, currencies }, index) => {
    if (countries.length + currencies.length === 0) {
      warn(`markets.${index}.countries`, 'A market without countries and currencies never fits.');
    }
    const before = document.markets.slice(0, index);
    if (countries.some((code) => before.some((other) => other.countries.includes(code)))) {
      warn(`markets.${index}.countries`, 'A country stands in two markets: the first one counts.');
    }
  });
  document.earning.forEach(({ limits, audience }, index) => {
    if (limits.perMember.some((limit, at) => isMoot(limit, limits.perMember, at))) {
      warn(
        `earning.${index}.limits.perMember`,
        'A longer period has a limit that is no larger: only that one matters.',
      );
    }
    if (asksAndRulesOut(audience)) {
      warn(`earning.${index}.audience.tags`, 'A tag is both asked for and ruled out: nobody fits.');
    }
  });
  warnings.push(
    ...expiryWarnings(document),
    ...quizWarnings(document),
    ...gameWarnings(document),
    ...leaderboardWarnings(document),
    ...rewardWarnings(document),
    ...membershipWarnings(document),
  );
  return warnings;
}

function expiryWarnings({ expiry, membership, tiers }: DraftDocument): Fault[] {
  const warnings: Fault[] = [];
  const days = Number(expiry.length) * (expiry.unit === 'months' ? 30 : 1);
  if (expiry.kind !== 'never') {
    if (expiry.reminderDays.some((reminder) => Number(reminder) >= days)) {
      warnings.push({
        place: 'expiry.reminderDays',
        message: 'A reminder lies before the points are even earned.',
      });
    }
    if (days < 30) {
      warnings.push({
        place: 'expiry.length',
        message: 'Points that live less than a month annoy members.',
      });
    }
  }
  if (membership.policy !== 'everyone' && Number(membership.claimDays) === 0) {
    warnings.push({
      place: 'membership.claimDays',
      message: 'Members get nothing for what they bought before joining.',
    });
  }
  if (tiers.lowersAtOnce) {
    warnings.push({
      place: 'tiers.lowersAtOnce',
      message: 'Members can lose a tier the moment this is published.',
    });
  }
  return warnings;
}

const NO_TIER = 'No tier is known by this name any more.';
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const PERIODS = ['day', 'week', 'month', 'year', 'lifetime'];

type Limit = DraftDocument['earning'][number]['limits']['perMember'][number];

function isMoot(limit: Limit, all: readonly Limit[], at: number): boolean {
  return all.some(
    (other, index) =>
      index !== at &&
      other.of === limit.of &&
      PERIODS.indexOf(other.per) >= PERIODS.indexOf(limit.per) &&
      Number(other.most) <= Number(limit.most),
  );
}

function audiencesOf(document: DraftDocument): readonly (readonly [string, { tiers: string[] }])[] {
  return [
    ...document.earning.map(({ audience }, index) => [`earning.${index}`, audience] as const),
    ...document.campaigns.map(({ audience }, index) => [`campaigns.${index}`, audience] as const),
    ...document.challenges.map(({ audience }, index) => [`challenges.${index}`, audience] as const),
    ...document.quizzes.map(({ audience }, index) => [`quizzes.${index}`, audience] as const),
    ...document.games.map(({ audience }, index) => [`games.${index}`, audience] as const),
    ...document.leaderboards.map(
      ({ audience }, index) => [`leaderboards.${index}`, audience] as const,
    ),
    ...document.rewards.map(({ audience }, index) => [`rewards.${index}`, audience] as const),
  ];
}

/** Rates of markets name markets of the document, each once. */
function ratesOf({ earning, markets }: DraftDocument): Fault[] {
  return earning.flatMap(({ settings }, index) => {
    const rates = settings['marketRates'];
    if (!Array.isArray(rates)) return [];
    const keys = rates.map((rate: unknown) =>
      typeof rate === 'object' && rate !== null && 'market' in rate ? rate.market : null,
    );
    return keys.flatMap((key, at) => {
      const place = `earning.${index}.settings.marketRates.${at}.market`;
      if (!markets.some((market) => market.key === key)) {
        return [{ place, message: 'No market is known by this name any more.' }];
      }
      return keys.indexOf(key) === at
        ? []
        : [{ place, message: 'This market has a rate already.' }];
    });
  });
}
