/** What a member drew, with the names that game and prize had when it was drawn. */
import { memberDraws } from './draws.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

export interface MemberDraw {
  readonly id: string;
  readonly at: number;
  readonly epoch: string;
  readonly serial: number;
  readonly game: string;
  /** Null for nothing. */
  readonly prize: string | null;
}

export async function memberDrawLines(
  world: World,
  shopId: string,
  memberId: string,
): Promise<readonly MemberDraw[]> {
  const db = world.db(shopId);
  const draws = await memberDraws(db, shopId, memberId);
  if (draws.length === 0) return [];
  const shop = await readShopTerms(db, shopId, termsMemoryOf(db));
  return draws.map(({ id, at, epoch, serial, game: key, given, version: number }) => {
    const terms = shop.versions.find(({ version }) => version.version === number);
    const game = terms?.version.document.games.find((one) => one.key === key);
    const prize = game?.prizes.find((one) => one.key === given)?.name ?? given;
    return { id, at, epoch, serial, game: game?.name ?? key, prize };
  });
}
