/** The seasons of the boards that the programme holds: those that run, and those that ended. */
import type pg from 'pg';
import { seasonsOf } from '../domain/leaderboards/seasons.ts';
import { usesLeaderboards } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { planSeasons } from '../storage/leaderboards/seasons.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** After a publication. */
export async function planBoards(world: World, shopId: string): Promise<void> {
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  if (!usesLeaderboards(shop)) return;
  await inTransaction(pool, (client) => planAt(client, shopId, shop, world.now()));
}

/** All seasons since the first version: what is settled stays as it is. */
export async function planAt(
  client: pg.PoolClient,
  shopId: string,
  published: ShopTerms,
  now: number,
): Promise<void> {
  const begun = published.versions.filter(({ version }) => version.effectiveAt <= now);
  const shop = { ...published, versions: begun };
  await planSeasons(client, shopId, seasonsOf(shop, Number.NEGATIVE_INFINITY, now), now);
}
