/** A gift to many is planned: nothing is given before somebody saw who gets it, and what it costs. */
import { readGiftFile } from './read-gift-file.ts';
import type { GiftFile } from './read-gift-file.ts';
import { giftWish } from '../domain/gifts/gift.ts';
import type { GiftWish } from '../domain/gifts/gift.ts';
import type { Fault } from '../domain/programme/validate-programme.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { isAllowed } from '../domain/rewards/missing-scopes.ts';
import { segmentFaults } from '../domain/segments/segment.ts';
import { dayEnd } from '../domain/time/shop-time.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { insertFileLines } from '../storage/gifts/gift-lines.ts';
import { insertGift } from '../storage/gifts/gifts.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type GiftPlanned =
  | { readonly ok: true; readonly giftId: string }
  | { readonly ok: false; readonly refusal: GiftRefusal };

export type GiftRefusal =
  | { readonly kind: 'bad-form' | 'no-programme' | 'unknown-badge' | 'unknown-reward' | 'bad-day' }
  /** The merchant has not allowed Laurel to make the reward. */
  | { readonly kind: 'needs-permission' }
  | { readonly kind: 'bad-segment'; readonly faults: readonly Fault[] }
  | Extract<GiftFile, { readonly ok: false }>['refusal'];

/** @param file the text of the file, where the gift is for who stands in one */
export async function planGift(
  world: World,
  asked: {
    readonly shopId: string;
    readonly actor: string;
    readonly wish: unknown;
    readonly file: string | null;
  },
): Promise<GiftPlanned> {
  const { shopId, actor, file } = asked;
  const read = giftWish.safeParse(asked.wish);
  if (!read.success) return refuse({ kind: 'bad-form' });
  const wish = read.data;
  const now = world.now();
  const shop = await readShopTerms(world.db(shopId), shopId, termsMemoryOf(world.db(shopId)));
  const refusal = refusalOf(wish, shop, now);
  if (refusal) return refuse(refusal);
  const found = wish.audience.kind === 'file' ? readGiftFile(file ?? '') : null;
  if (found && !found.ok) return refuse(found.refusal);
  // From here on it must succeed.
  const giftId = world.newId();
  await inTransaction(world.db(shopId), async (client) => {
    const { rows } = await client.query<{ members: string }>(
      `SELECT count(*) AS members FROM members WHERE shop_id = $1`,
      [shopId],
    );
    const at = new Date(now);
    const toLookAt = found ? found.lines.length : Number(rows[0]?.members ?? 0);
    await insertGift(client, shopId, { ...wish, id: giftId, actor, at, toLookAt });
    if (found) await insertFileLines(client, shopId, giftId, found.lines);
    await writeAudit(client, shopId, {
      ...{ id: world.newId(), at, actor, action: 'gift-planned', subject: `gift:${giftId}` },
      requestKey: null,
      content: { content: wish.content, reason: wish.reason, audience: wish.audience.kind },
    });
  });
  return { ok: true, giftId };
}

function refusalOf(
  { content, audience }: GiftWish,
  shop: ShopTerms,
  now: number,
): GiftRefusal | null {
  const terms = inForce(shop, now);
  if (!terms) return { kind: 'no-programme' };
  if (content.kind === 'badge' && !terms.badges.some(({ key }) => key === content.badge)) {
    return { kind: 'unknown-badge' };
  }
  if (content.kind === 'reward') {
    const offer = terms.rewards.find(({ key }) => key === content.reward);
    if (!offer) return { kind: 'unknown-reward' };
    if (!isAllowed(offer.definition.kind, shop.scopes)) return { kind: 'needs-permission' };
  }
  if (content.kind === 'points' && content.lastDay !== null) {
    const end = endOf(content.lastDay, shop.timeZone);
    if (!Number.isFinite(end) || end <= now) return { kind: 'bad-day' };
  }
  if (audience.kind !== 'segment') return null;
  const faults = segmentFaults(audience.segment);
  return faults.length > 0 ? { kind: 'bad-segment', faults } : null;
}

/** The first moment at which points with this last day cannot be spent; no number for a day that is none. */
export function endOf(lastDay: string, timeZone: string): number {
  try {
    return dayEnd(lastDay, timeZone);
  } catch {
    return Number.NaN;
  }
}

function refuse(refusal: GiftRefusal): GiftPlanned {
  return { ok: false, refusal };
}
