/** Every game that goes on has its commitment before anybody plays it. */
import { epochAt } from '../domain/games/game.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { openEpoch } from '../storage/games/epochs.ts';
import type { StoredEpoch } from '../storage/games/epochs.ts';
import type { World } from '../world.ts';

/** @returns by the game's key, the seed that serves now, or will when it begins */
export async function openGames(
  world: Pick<World, 'db' | 'sealer' | 'now'>,
  shopId: string,
  shop: ShopTerms,
): Promise<ReadonlyMap<string, StoredEpoch>> {
  const now = world.now();
  const opened = new Map<string, StoredEpoch>();
  for (const game of inForce(shop, now)?.games ?? []) {
    if (game.endsAt !== null && game.endsAt <= now) continue;
    const { name, endsAt } = epochAt(game, now, shop.timeZone);
    const id = { shopId, game: game.key, epoch: name };
    const about = { endsAt, at: new Date(now) };
    opened.set(game.key, await openEpoch(world.db(shopId), world.sealer, id, about));
  }
  return opened;
}
