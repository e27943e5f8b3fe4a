/**
 * What comes when a seed has served: of a giveaway the list of tickets is made and sealed, then one winner is
 * drawn after the other; in the end the seed is shown. Each call is one step under the epoch's lock, so that
 * a worker that dies leaves the rest to the next, and nothing is drawn twice.
 */
import type pg from 'pg';
import { drawWinner } from './draw-winner.ts';
import { listTickets } from './list-tickets.ts';
import { epochAt } from '../domain/games/game.ts';
import type { GameTerms } from '../domain/games/game.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from '../domain/programme/terms.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { revealEpoch, writeEpoch } from '../storage/games/epochs.ts';
import type { StoredEpoch } from '../storage/games/epochs.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

export interface Closing {
  readonly epoch: StoredEpoch;
  readonly shop: ShopTerms;
  readonly game: GameTerms;
  readonly version: number;
  readonly now: number;
}

export async function closeEpoch(
  client: pg.PoolClient,
  world: World,
  epoch: StoredEpoch,
): Promise<void> {
  const now = world.now();
  const { shopId } = epoch;
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  const found = drawnBy(shop, epoch);
  if (!found) return reveal(client, world, epoch, now);
  const { game, terms } = found;
  const version = terms.version.version;
  const closing: Closing = { epoch, shop, game, version, now };
  switch (epoch.state) {
    case 'open':
      return writeEpoch(client, epoch, { state: 'listing', version });
    case 'listing':
      return listTickets(client, closing);
    case 'drawing':
      if (!(await drawWinner(client, world, closing))) await reveal(client, world, epoch, now);
      return;
    case 'revealed':
      return;
  }
}

/**
 * The giveaway by the programme that was in force when it ended. Null for games that were drawn when they
 * were played, and for a giveaway that was taken off before its end, or begun anew: it draws nobody.
 */
function drawnBy(
  shop: ShopTerms,
  { game: key, epoch, endsAt, version }: StoredEpoch,
): { readonly game: GameTerms; readonly terms: ProgrammeTerms } | null {
  const terms =
    version === null
      ? inForce(shop, endsAt - 1)
      : (shop.versions.find((one) => one.version.version === version) ?? null);
  const game = terms?.games.find((one) => one.key === key);
  if (!terms || game?.definition.draws !== 'at-the-end') return null;
  return epochAt(game, endsAt - 1, shop.timeZone).name === epoch ? { game, terms } : null;
}

/** The next day's commitment is made with it, and shown. */
async function reveal(
  client: pg.PoolClient,
  world: World,
  epoch: StoredEpoch,
  now: number,
): Promise<void> {
  const at = new Date(now);
  await revealEpoch(client, world.sealer, epoch, at);
  const mirror = {
    ...{ key: 'mirror-programme', kind: 'mirror-programme', memberId: null, payload: {} },
  };
  await wantEffects(client, epoch.shopId, [mirror], at);
}
