/** The proof of leaderboards that no single member's facts can give: counts of all, and seasons by the calendar. */
import type pg from 'pg';
import { seasonsOf } from '../domain/leaderboards/seasons.ts';
import type { Season } from '../domain/leaderboards/seasons.ts';
import { inOneOrder } from '../domain/proof/difference.ts';
import type { Difference } from '../domain/proof/difference.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { proveCounts, proveRanks } from '../storage/leaderboards/counts.ts';
import { seasonKey } from '../storage/leaderboards/scores.ts';
import { readSeasonPlans } from '../storage/leaderboards/season-plans.ts';
import type { SeasonPlan } from '../storage/leaderboards/season-plans.ts';

/** @param before seasons that began later may not be planned yet, and programmes not be looked at */
export async function proveBoards(
  client: pg.PoolClient,
  shopId: string,
  published: ShopTerms,
  before: number,
): Promise<Difference[]> {
  const scored = [...(await proveCounts(client, shopId)), ...(await proveRanks(client, shopId))];
  // Seasons are planned again by the new zone in the background.
  if ((published.zoneSince ?? -Infinity) > before) return scored;
  const versions = published.versions.filter(({ version }) => version.effectiveAt <= before);
  const planned = await readSeasonPlans(client, shopId);
  const held = seasonsOf({ ...published, versions }, Number.NEGATIVE_INFINITY, before);
  const isNewest = versions.length === published.versions.length;
  const wrong = held
    .filter((season) => isNewest || season.endsAt <= before)
    .flatMap((season) => seasonDifference(season, planned.get(seasonKey(season))));
  return [...wrong, ...scored];
}

/** A season that is being settled, or is settled, stays as it was planned. */
function seasonDifference(season: Season, plan: SeasonPlan | undefined): Difference[] {
  const figure = `season ${seasonKey(season)}`;
  if (!plan) return [{ law: 'I12', memberId: null, figure, kept: 'none', proved: 'held' }];
  const isOver = plan.state !== 'open' && plan.state !== 'dropped';
  if (isOver) return [];
  const { startsAt, endsAt, settlesAt, version } = season;
  const proved = inOneOrder({ startsAt, endsAt, settlesAt, version, state: 'open', isDue: true });
  const kept = inOneOrder(plan);
  return kept === proved ? [] : [{ law: 'I12', memberId: null, figure, kept, proved }];
}
