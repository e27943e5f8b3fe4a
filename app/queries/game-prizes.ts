/** What a prize is called, and what it is, by the version of the programme by which it was drawn. */
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

export interface ShownPrize {
  readonly key: string;
  readonly name: string;
  readonly points: number;
  /** Their names. */
  readonly reward: string | null;
  readonly badge: string | null;
}

export async function prizeOf(
  world: World,
  shopId: string,
  play: { readonly game: string; readonly version: number; readonly prize: string | null },
): Promise<ShownPrize | null> {
  const db = world.db(shopId);
  const shop = await readShopTerms(db, shopId, termsMemoryOf(db));
  const found = shop.versions.find(({ version }) => version.version === play.version);
  const document = found?.version.document;
  const game = document?.games.find(({ key }) => key === play.game);
  const won = game?.prizes.find(({ key }) => key === play.prize);
  if (!document || !won) return null;
  const { points, reward, badge } = won.prize;
  return {
    ...{ key: won.key, name: won.name, points },
    reward: document.rewards.find(({ key }) => key === reward)?.name ?? null,
    badge: document.badges.find(({ key }) => key === badge)?.name ?? null,
  };
}
