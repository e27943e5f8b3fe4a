/** A member's streaks, as their page asks for them. */
import type { PlayPart } from './play.ts';
import { membersStreaks } from '../domain/storefront/streaks.ts';
import { inForce } from '../domain/programme/terms.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { readProgress } from '../storage/proof/read-kept.ts';
import { inSnapshot } from '../storage/transaction.ts';

export const playStreaks: PlayPart = async (world, { shopId, customerId }) => {
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  const terms = inForce(shop, world.now());
  if (!terms || terms.streaks.length === 0) return { streaks: [] };
  const visitor = await readVisitor(pool, shopId, customerId);
  const isMember = visitor?.state === 'active' && visitor.membership !== 'not-joined';
  const rows = isMember
    ? await inSnapshot(pool, (client) => readProgress(client, shopId, [visitor.memberId]))
    : new Map<string, []>();
  const progress = rows.get(visitor?.memberId ?? '') ?? [];
  return { streaks: membersStreaks(terms, progress, shop.timeZone) };
};
