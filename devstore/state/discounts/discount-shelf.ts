/** The discounts of one shop, found by id or by any of their codes. */
import type { CodeBatch, Discount, PlainDiscount, RedeemCode } from '../discount.ts';
import type { Ids } from '../ids.ts';

export class DiscountShelf {
  readonly #byId = new Map<string, Discount>();
  readonly #byCode = new Map<string, Discount>();
  readonly batches = new Map<string, CodeBatch>();

  constructor(records: readonly (Discount | PlainDiscount)[], ids: Ids, since: string) {
    for (const record of records) {
      this.keep('effect' in record ? record : complete(record, ids, since));
    }
  }

  all(): Discount[] {
    return [...this.#byId.values()];
  }

  get(id: string): Discount | undefined {
    return this.#byId.get(id);
  }

  /** Codes are unique in a shop, whatever their capitals. */
  find(code: string): Discount | undefined {
    return this.#byCode.get(code.trim().toLowerCase());
  }

  keep(discount: Discount): void {
    this.#byId.set(discount.id, discount);
    for (const { code } of discount.codes) this.#byCode.set(code.toLowerCase(), discount);
  }

  drop(discount: Discount): void {
    this.#byId.delete(discount.id);
    for (const { code } of discount.codes) this.#byCode.delete(code.toLowerCase());
  }

  addCode(discount: Discount, added: RedeemCode): void {
    discount.codes.push(added);
    this.#byCode.set(added.code.toLowerCase(), discount);
  }

  dropCodes(discount: Discount, gone: ReadonlySet<string>): void {
    for (const { id, code } of discount.codes) {
      if (gone.has(id)) this.#byCode.delete(code.toLowerCase());
    }
    discount.codes = discount.codes.filter(({ id }) => !gone.has(id));
  }
}

function complete(plain: PlainDiscount, ids: Ids, since: string): Discount {
  const { code, title, value, productIds } = plain;
  return {
    id: ids.next('DiscountNode'),
    title,
    codes: [{ id: ids.next('DiscountRedeemCode'), code }],
    context: { kind: 'all' },
    combines: { order: false, product: false, shipping: false },
    startsAt: since,
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    tags: [],
    effect: {
      kind: 'basic',
      items: productIds ? { kind: 'products', productIds, variantIds: [] } : { kind: 'all' },
      value: 'percent' in value ? value : { ...value, eachItem: false },
      minimum: null,
      oneTime: true,
      subscription: false,
      cycles: 1,
    },
    uses: [],
    createdAt: since,
    updatedAt: since,
  };
}
