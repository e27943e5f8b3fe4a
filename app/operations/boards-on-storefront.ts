/** Boards as the storefront draws them without asking us: the first ten of the season that is shown. */
import { shownTop } from '../domain/leaderboards/shown.ts';
import { shownSeason } from '../domain/leaderboards/seasons.ts';
import { inForce } from '../domain/programme/terms.ts';
import { shopDay } from '../domain/time/shop-time.ts';
import { readTop } from '../storage/leaderboards/standings.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

const FIRST = 10;

export async function boardsOnStorefront(
  world: World,
  shopId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  const now = world.now();
  const boards: Record<string, unknown> = {};
  for (const { key } of inForce(shop, now)?.leaderboards ?? []) {
    const season = shownSeason(shop, key, now);
    if (!season) continue;
    const rows = await readTop(pool, shopId, season, FIRST);
    boards[key] = {
      season: season.season,
      until: shopDay(season.endsAt - 1, shop.timeZone),
      at: Math.floor(now / 1000),
      top: shownTop(season.terms, rows),
    };
  }
  return { v: 1, boards };
}
