/** What guests see of the programme, on the app's installation, where the theme extension reads it. */
import { z } from 'zod';
import type { Performer } from './performer.ts';
import { inForce } from '../../domain/programme/terms.ts';
import { offeredBoards } from '../../domain/storefront/boards.ts';
import { programmeOnStorefront } from '../../domain/storefront/figures.ts';
import { shownGames } from '../../domain/storefront/games.ts';
import { shownRewards } from '../../domain/storefront/rewards.ts';
import { openGames } from '../../operations/open-games.ts';
import { refuseUserErrors, userErrors } from '../../shopify/admin-client.ts';
import { SET_METAFIELDS } from '../../shopify/operations/effects.graphql.ts';
import { countRunning } from '../../storage/memberships/places.ts';
import { termsMemoryOf, readShopTerms } from '../../storage/programme/shop-terms.ts';

/** The proxy's path as shopify.app.toml declares it; a merchant can rename it in Shopify. */
const PROXY_PATH = '/apps/laurel';
const answer = z.object({ metafieldsSet: z.object({ userErrors }) });

export const mirrorProgrammeEffect: Performer = {
  kind: 'mirror-programme',
  together: 1,
  perform: async ({ world, shopId, admin }) => {
    const shop = await readShopTerms(world.db(shopId), shopId, termsMemoryOf(world.db(shopId)));
    const opened = await openGames(world, shopId, shop);
    const { rows } = await world
      .db(shopId)
      .query<{ installation_gid: string | null }>(
        `SELECT installation_gid FROM shops WHERE id = $1`,
        [shopId],
      );
    const ownerId = rows[0]?.installation_gid;
    if (!ownerId) return new Map([['mirror-programme', 'The installation is not known yet.']]);
    const terms = inForce(shop, world.now());
    const limited = (terms?.memberships ?? []).filter(({ limit }) => limit !== null);
    const running = await countRunning(
      world.db(shopId),
      shopId,
      limited.map(({ key }) => key),
      new Date(world.now()),
    );
    const shown = programmeOnStorefront(terms, shop.currency, PROXY_PATH, running, shop.timeZone);
    const metafields = [
      {
        ownerId,
        namespace: 'laurel',
        key: 'programme',
        type: 'json',
        value: JSON.stringify({
          ...shown,
          rewards: terms ? shownRewards(terms, shop) : [],
          games: shownGames(terms, opened, shop),
          boards: terms ? offeredBoards(terms, world.now(), shop.timeZone) : [],
        }),
      },
    ];
    const told = await (await admin()).request(SET_METAFIELDS, { metafields }, answer);
    refuseUserErrors(told.metafieldsSet.userErrors);
    return new Map();
  },
};
