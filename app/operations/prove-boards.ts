/** The proof of leaderboards that no single member's facts can give: counts of all, and seasons by the calendar. */
import type pg from 'pg';
import { seasonsOf } from '../domain/leaderboards/seasons.ts';
import type { Difference } from '../domain/proof/difference.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { proveCounts } from '../storage/leaderboards/counts.ts';
import { seasonKey } from '../storage/leaderboards/scores.ts';
import { readSeasonKeys } from '../storage/leaderboards/seasons.ts';

/** @param before seasons that began later may not be planned yet, and programmes not be looked at */
export async function proveBoards(
  client: pg.PoolClient,
  shopId: string,
  published: ShopTerms,
  before: number,
): Promise<Difference[]> {
  const versions = published.versions.filter(({ version }) => version.effectiveAt <= before);
  const planned = await readSeasonKeys(client, shopId);
  const held = seasonsOf({ ...published, versions }, Number.NEGATIVE_INFINITY, before);
  const isNewest = versions.length === published.versions.length;
  const missing = held
    .filter((season) => (isNewest || season.endsAt <= before) && !planned.has(seasonKey(season)))
    .map((season): Difference => {
      const figure = `season ${seasonKey(season)}`;
      return { law: 'I12', memberId: null, figure, kept: 'none', proved: 'held' };
    });
  return [...missing, ...(await proveCounts(client, shopId))];
}
