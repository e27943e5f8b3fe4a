/** What redemptions were for, by the names that reward, streak and game have, or had last. */
import { purposeOf } from '../domain/points/purpose.ts';
import type { Purpose } from '../domain/points/purpose.ts';
import type { SpentOn } from '../domain/points/explain.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

/** @returns by the redemption's id */
export async function spentOnBy(
  world: World,
  shopId: string,
  redemptionIds: readonly string[],
): Promise<ReadonlyMap<string, SpentOn>> {
  if (redemptionIds.length === 0) return new Map();
  const db = world.db(shopId);
  const [redemptions, shop] = await Promise.all([
    world.prisma.redemption.findMany({
      where: { shopId: BigInt(shopId), id: { in: [...new Set(redemptionIds)] } },
      select: { id: true, purpose: true, issued: { select: { name: true } } },
    }),
    readShopTerms(db, shopId, termsMemoryOf(db)),
  ]);
  return new Map(
    redemptions.map(({ id, purpose: text, issued }) => {
      const purpose = purposeOf(text);
      const name = issued?.name ?? nameIn(shop, purpose) ?? purpose.key;
      return [id, { of: purpose.of, name }];
    }),
  );
}

function nameIn({ versions }: ShopTerms, { of, key }: Purpose): string | null {
  const part = ({ freeze: 'streaks', play: 'games', reward: 'rewards' } as const)[of];
  for (const { version } of versions.toReversed()) {
    const found = version.document[part].find((one) => one.key === key);
    if (found) return found.name;
  }
  return null;
}
