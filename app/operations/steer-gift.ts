/** Staff start, stop, go on with, cancel or undo a gift: each noted with who did it. */
import { stateAfter } from '../domain/gifts/gift.ts';
import type { GiftState, GiftStep } from '../domain/gifts/gift.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { lockGift, setGiftState } from '../storage/gifts/gifts.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type Steered =
  | { readonly ok: true; readonly state: GiftState }
  | {
      readonly ok: false;
      readonly refusal: { readonly kind: 'unknown-gift' | 'not-now' };
    };

export async function steerGift(
  world: World,
  wish: {
    readonly shopId: string;
    readonly giftId: string;
    readonly step: GiftStep;
    readonly actor: string;
  },
): Promise<Steered> {
  const { shopId, giftId, step, actor } = wish;
  if (!isUuid(giftId)) return { ok: false, refusal: { kind: 'unknown-gift' } };
  const at = new Date(world.now());
  return inTransaction(world.db(shopId), async (client) => {
    const gift = await lockGift(client, shopId, giftId);
    if (!gift) return { ok: false, refusal: { kind: 'unknown-gift' } };
    const state = stateAfter(gift.state, step);
    if (state === null) return { ok: false, refusal: { kind: 'not-now' } };
    await setGiftState(client, gift, state, at);
    await writeAudit(client, shopId, {
      ...{ id: world.newId(), at, actor, action: `gift-${step}`, subject: `gift:${giftId}` },
      requestKey: null,
      content: { before: gift.state, after: state },
    });
    return { ok: true, state };
  });
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
