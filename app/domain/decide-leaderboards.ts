/**
 * Leaderboards: what a member's facts are worth in each season that runs or is being settled, and the
 * prizes of the ranks that were fixed. Only who chose to take part has a score.
 */
import type { Deciding } from './deciding.ts';
import { outsideOf } from './earning/audience.ts';
import { openSeasons } from './leaderboards/seasons.ts';
import type { Season } from './leaderboards/seasons.ts';
import { prizeFor } from './leaderboards/settings.ts';
import { inUnits, scoreIn } from './leaderboards/scores.ts';
import type { ScoreRow } from './leaderboards/scores.ts';
import type { ScoreFacts } from './leaderboards/metrics/definition.ts';
import { boreTag } from './members/tags.ts';
import { givePrizes } from './prizes/give-prizes.ts';
import type { DuePrize } from './prizes/give-prizes.ts';
import { inForce } from './programme/terms.ts';
import { knownFacts } from './reaches/known-facts.ts';
import type { KnownFacts } from './reaches/known-facts.ts';
import { standBefore } from './tiers/climb.ts';

/** What the final ranks that are kept as facts bring, by the version in force at the season's end. */
export function decideLeaderboards(deciding: Deciding): void {
  const { member, shop, membership } = deciding;
  const due: DuePrize[] = [];
  for (const { kind, id, occurredAt: at, withdrawnAt, content } of member.activities ?? []) {
    if (kind !== 'rank' || at === null || withdrawnAt !== null) continue;
    if (membership.outside(at) !== null) continue;
    const { board, rank, of, ended } = content;
    if (typeof rank !== 'number' || typeof of !== 'number' || typeof ended !== 'number') continue;
    const terms = inForce(shop, ended - 1);
    const held = terms?.leaderboards.find(({ key }) => key === board);
    const prize = held && prizeFor(held.item.prizes, rank, of);
    if (!terms || !prize) continue;
    due.push({
      ...{ sourceId: id, ruleKey: 'rank', name: held.name, because: 'rank-reached', at, prize },
      programmeVersion: terms.version.version,
    });
  }
  givePrizes(deciding, 'leaderboard', due);
}

/** @returns null of who does not take part: nothing is kept of them */
export function scoresOf(deciding: Deciding): readonly ScoreRow[] | null {
  const { member, shop, now, membership } = deciding;
  const { boardName } = member;
  if (!boardName) return null;
  if (membership.state === 'not-joined') return [];
  const seasons = openSeasons(shop, now, member.overdueSeasons);
  if (seasons.length === 0) return [];
  const facts = factsOf(deciding);
  const known = knownFacts(deciding);
  const isNamed = boardName === 'listed' || boardName === 'reported';
  return seasons.flatMap((season): ScoreRow[] => {
    const { score, reachedAt } = scoreIn(
      season,
      { ...facts, progressOf: (key) => progressOf(key, season, deciding, known) },
      shop.timeZone,
    );
    if (score <= 0) return [];
    const { board, season: name, terms } = season;
    const least = inUnits(terms.item.leastScore, terms, shop.currency) ?? 1;
    const listed = isNamed && score >= least && isFor(season, deciding);
    return [{ board, season: name, score, reachedAt, listed }];
  });
}

/** How far the member is in a challenge by what lies in the season, as the season's version asks for it. */
function progressOf(
  key: string,
  { startsAt, endsAt, version }: Season,
  { shop }: Deciding,
  known: KnownFacts,
): number {
  const terms = shop.versions.find((one) => one.version.version === version);
  const challenge = terms?.challenges.find((one) => one.key === key);
  if (!challenge) return 0;
  return challenge.definition.reach(challenge.settings, known.within(startsAt, endsAt, false)).have;
}

/** "challenge:explorer", and of one that comes again "challenge:explorer@2026-11". */
const CHALLENGE = /^challenge:([^@/]+)/;

/** By what the member is while the season runs, and was when it ended. */
function isFor({ terms, endsAt }: Season, { member, now, stands }: Deciding): boolean {
  const at = Math.min(now, endsAt - 1);
  return (
    outsideOf(terms.item.audience, {
      tierKey: () => standBefore(stands(), at)?.rung?.key ?? null,
      hasTag: (tag) => boreTag(member.tags ?? [], tag, at),
    }) === null
  );
}

function factsOf({
  member,
  shop,
  membership,
  standings,
  awards,
  friends,
  reached,
}: Deciding): Omit<ScoreFacts, 'span' | 'progressOf'> {
  return {
    currency: shop.currency,
    orders: new Map(
      standings
        .filter(
          ({ counts, test, placedAt }) => counts && !test && membership.outside(placedAt) === null,
        )
        .map((order) => [order.orderId, order]),
    ),
    awards: awards.values(),
    reviews: member.reviews.filter(
      ({ published, createdAt }) => published && membership.outside(createdAt) === null,
    ),
    referrals: friends.map(({ at }) => ({ at, amount: 1 })),
    challenges: [...reached].flatMap(([name, at]) => {
      const [, key] = CHALLENGE.exec(name) ?? [];
      return key === undefined ? [] : [{ key, at }];
    }),
  };
}
