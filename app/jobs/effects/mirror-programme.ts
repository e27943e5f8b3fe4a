/** What guests see of the programme, on the app's installation, where the theme extension reads it. */
import type { Performer } from './performer.ts';
import { writeShopMetafield } from './shop-metafield.ts';
import { inForce } from '../../domain/programme/terms.ts';
import type { ShopTerms } from '../../domain/programme/terms.ts';
import { offeredBoards } from '../../domain/storefront/boards.ts';
import { programmeOnStorefront } from '../../domain/storefront/figures.ts';
import { shownGames } from '../../domain/storefront/games.ts';
import { shownRewards } from '../../domain/storefront/rewards.ts';
import { openGames } from '../../operations/open-games.ts';
import { countRunning } from '../../storage/memberships/places.ts';
import { termsMemoryOf, readShopTerms } from '../../storage/programme/shop-terms.ts';
import type { World } from '../../world.ts';

/** The proxy's path as shopify.app.toml declares it; a merchant can rename it in Shopify. */
const PROXY_PATH = '/apps/laurel';

export const mirrorProgrammeEffect: Performer = {
  kind: 'mirror-programme',
  together: 1,
  perform: async (stage) => {
    const { world, shopId } = stage;
    const shop = await readShopTerms(world.db(shopId), shopId, termsMemoryOf(world.db(shopId)));
    const opened = await openGames(world, shopId, shop);
    const note = await writeShopMetafield(stage, 'programme', async () => {
      const terms = inForce(shop, world.now());
      const running = await placesTaken(world, shopId, shop);
      return {
        ...programmeOnStorefront(terms, shop.currency, PROXY_PATH, running, shop.timeZone),
        rewards: terms ? shownRewards(terms, shop) : [],
        games: shownGames(terms, opened, shop),
        boards: terms ? offeredBoards(terms, world.now(), shop.timeZone) : [],
      };
    });
    return new Map(note === null ? [] : [['mirror-programme', note]]);
  },
};

function placesTaken(world: World, shopId: string, shop: ShopTerms) {
  const memberships = inForce(shop, world.now())?.memberships ?? [];
  const limited = memberships.filter(({ limit }) => limit !== null).map(({ key }) => key);
  return countRunning(world.db(shopId), shopId, limited, new Date(world.now()));
}
