/** What an app or a merchant does with discounts. What they want has been checked by whoever asks. */
import type { CodeBatch, Discount } from '../discount.ts';
import { statusOf } from '../discount.ts';
import type { Store } from '../store.ts';
import { notFound, refuse } from '../refusal.ts';

export type NewDiscount = Omit<Discount, 'id' | 'codes' | 'uses' | 'createdAt' | 'updatedAt'> & {
  code: string;
};

/** Tells discounts/create. */
export function createDiscount(store: Store, { code, ...wanted }: NewDiscount): Discount {
  return store.act((tell) => {
    if (store.discounts.find(code)) refuse(`The code ${code} is taken.`);
    const now = store.timestamp();
    const discount: Discount = {
      ...wanted,
      id: store.ids.next('DiscountNode'),
      codes: [{ id: store.ids.next('DiscountRedeemCode'), code }],
      uses: [],
      createdAt: now,
      updatedAt: now,
    };
    store.discounts.keep(discount);
    tell({ topic: 'discounts/create', discount });
    return discount;
  });
}

export type DiscountChange = Partial<Omit<NewDiscount, 'code'>> & { code?: string };

/** Tells discounts/update. A new code takes the place of the first. */
export function changeDiscount(store: Store, id: string, change: DiscountChange): Discount {
  return store.act((tell) => {
    const discount = requireDiscount(store, id);
    const { code, ...rest } = change;
    const [first] = discount.codes;
    if (code !== undefined && first && code !== first.code) {
      const holder = store.discounts.find(code);
      if (holder && (holder !== discount || code.toLowerCase() !== first.code.toLowerCase())) {
        refuse(`The code ${code} is taken.`);
      }
      store.discounts.drop(discount);
      first.code = code;
      store.discounts.keep(discount);
    }
    Object.assign(discount, rest);
    discount.updatedAt = store.timestamp();
    tell({ topic: 'discounts/update', discount });
    return discount;
  });
}

/** It ends now. Tells discounts/update, unless it has ended. */
export function deactivateDiscount(store: Store, id: string): Discount {
  const discount = requireDiscount(store, id);
  if (statusOf(discount, store.now()) === 'EXPIRED') return discount;
  const endsAt = store.timestamp();
  const startsAt = discount.startsAt > endsAt ? endsAt : discount.startsAt;
  return changeDiscount(store, id, { startsAt, endsAt });
}

/** It begins now, and has no end if that was past. Tells discounts/update. */
export function activateDiscount(store: Store, id: string): Discount {
  const discount = requireDiscount(store, id);
  const status = statusOf(discount, store.now());
  if (status === 'ACTIVE') return discount;
  const startsAt = status === 'SCHEDULED' ? store.timestamp() : discount.startsAt;
  const endsAt = status === 'EXPIRED' ? null : discount.endsAt;
  return changeDiscount(store, id, { startsAt, endsAt });
}

/** Tells discounts/delete. */
export function deleteDiscount(store: Store, id: string): void {
  store.act((tell) => {
    const discount = requireDiscount(store, id);
    store.discounts.drop(discount);
    tell({ topic: 'discounts/delete', discountId: id });
  });
}

/** Queued; `addQueuedCodes` does the work. */
export function queueCodes(store: Store, id: string, codes: readonly string[]): CodeBatch {
  return store.act(() => {
    const batch: CodeBatch = {
      id: store.ids.next('DiscountRedeemCodeBulkCreation'),
      discountId: requireDiscount(store, id).id,
      createdAt: store.timestamp(),
      done: false,
      codes: codes.map((code) => ({ code, redeemCodeId: null, refused: null })),
    };
    store.discounts.batches.set(batch.id, batch);
    return batch;
  });
}

/** Tells discounts/redeemcode_added for each code that is not taken. */
export function addQueuedCodes(store: Store, batch: CodeBatch): void {
  if (batch.done) return;
  store.act((tell) => {
    const discount = store.discounts.get(batch.discountId);
    batch.done = true;
    if (!discount) return;
    for (const wanted of batch.codes) {
      if (store.discounts.find(wanted.code)) {
        wanted.refused = 'TAKEN';
        continue;
      }
      const added = { id: store.ids.next('DiscountRedeemCode'), code: wanted.code };
      store.discounts.addCode(discount, added);
      wanted.redeemCodeId = added.id;
      tell({ topic: 'discounts/redeemcode_added', discount, redeemCode: added });
    }
    discount.updatedAt = store.timestamp();
  });
}

/** Tells discounts/redeemcode_removed for each. */
export function removeCodes(store: Store, id: string, codeIds: readonly string[]): void {
  store.act((tell) => {
    const discount = requireDiscount(store, id);
    const wanted = new Set(codeIds);
    const gone = discount.codes.filter((one) => wanted.has(one.id));
    store.discounts.dropCodes(discount, wanted);
    discount.updatedAt = store.timestamp();
    for (const redeemCode of gone) {
      tell({ topic: 'discounts/redeemcode_removed', discount, redeemCode });
    }
  });
}

export function requireDiscount(store: Store, id: string): Discount {
  return store.discounts.get(id) ?? notFound(`${store.domain} has no discount ${id}.`);
}
