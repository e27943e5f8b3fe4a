/** discounts/create and update, and what is told of single codes. */
import { statusOf, type Discount, type RedeemCode } from '../../state/discount.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { localTime, type JsonObject } from './body-parts.ts';

export function discountBody(store: Store, discount: Discount): JsonObject {
  const zone = store.shop.ianaTimezone;
  return {
    admin_graphql_api_id: gid('DiscountCodeNode', discount.id),
    title: discount.title,
    status: statusOf(discount, store.now()),
    created_at: localTime(discount.createdAt, zone),
    updated_at: localTime(discount.updatedAt, zone),
  };
}

export function redeemCodeBody(discount: Discount, { id, code }: RedeemCode): JsonObject {
  return {
    admin_graphql_api_id: gid('DiscountCodeNode', discount.id),
    redeem_code: { id: gid('DiscountRedeemCode', id), code },
    updated_at: new Date(discount.updatedAt).toISOString(),
  };
}
