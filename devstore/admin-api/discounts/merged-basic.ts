/** An update names only what changes; the rest is read from the discount as it is. */
import type { Discount, DiscountItems } from '../../state/discount.ts';
import { gid } from '../../state/ids.ts';
import { decimal } from '../../state/money.ts';
import type { NewDiscount } from '../../state/discounts/change-discount.ts';
import type { Store } from '../../state/store.ts';
import type { Complaints } from './complaints.ts';
import type { BasicInput, ItemsInput } from './inputs.ts';
import { readBasic } from './read-discount.ts';

export function mergedBasic(
  store: Store,
  discount: Discount,
  input: BasicInput,
  complain: Complaints,
): NewDiscount {
  const own = discount.codes[0]?.code ?? '';
  const same = (input.code?.trim() ?? own).toLowerCase() === own.toLowerCase();
  const whole: BasicInput = {
    ...asInput(store, discount),
    ...input,
    customerGets: { ...asInput(store, discount).customerGets, ...input.customerGets },
  };
  const read = readBasic(store, whole, complain);
  // Its own code is taken by itself.
  if (same) {
    const index = complain.errors.findIndex(({ code }) => code === 'TAKEN');
    if (index >= 0) complain.errors.splice(index, 1);
  }
  return { ...read, code: same ? own : read.code };
}

function asInput(store: Store, { effect, ...discount }: Discount): BasicInput {
  if (effect.kind !== 'basic') return {};
  const { currency } = store.shop;
  const { minimum, value } = effect;
  return {
    title: discount.title,
    code: discount.codes[0]?.code ?? '',
    startsAt: discount.startsAt,
    endsAt: discount.endsAt,
    usageLimit: discount.usageLimit,
    appliesOncePerCustomer: discount.oncePerCustomer,
    tags: discount.tags,
    combinesWith: {
      orderDiscounts: discount.combines.order,
      productDiscounts: discount.combines.product,
      shippingDiscounts: discount.combines.shipping,
    },
    context:
      discount.context.kind === 'all'
        ? { all: 'ALL' }
        : { customers: { add: discount.context.customerIds.map((id) => gid('Customer', id)) } },
    recurringCycleLimit: effect.cycles ?? 0,
    minimumRequirement:
      minimum === null
        ? null
        : 'quantity' in minimum
          ? { quantity: { greaterThanOrEqualToQuantity: String(minimum.quantity) } }
          : {
              subtotal: {
                greaterThanOrEqualToSubtotal: decimal(minimum.subtotalMinor, currency),
              },
            },
    customerGets: {
      items: itemsInput(effect.items),
      value:
        'percent' in value
          ? { percentage: Number(value.percent) / 100 }
          : {
              discountAmount: {
                amount: decimal(value.amountMinor, currency),
                appliesOnEachItem: value.eachItem,
              },
            },
      appliesOnOneTimePurchase: effect.oneTime,
      appliesOnSubscription: effect.subscription,
    },
  };
}

function itemsInput(items: DiscountItems): ItemsInput {
  switch (items.kind) {
    case 'all':
      return { all: true };
    case 'products':
      return {
        products: {
          productsToAdd: items.productIds.map((id) => gid('Product', id)),
          productVariantsToAdd: items.variantIds.map((id) => gid('ProductVariant', id)),
        },
      };
    case 'collections':
      return { collections: { add: items.collectionIds.map((id) => gid('Collection', id)) } };
  }
}
