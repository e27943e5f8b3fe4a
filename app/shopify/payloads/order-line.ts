/** The lines of an order's body. */
import { z } from 'zod';
import { hasSellingPlan } from './order-parts.ts';
import { id, moneySet, nullable, plainAmount, shopMinor, shopMoney, sum, text } from './parts.ts';
import { whole, yesOrNo } from './parts.ts';
import type { MoneySet } from './parts.ts';
import { MoneyFault, parseMoney } from '../../domain/money/money.ts';
import { isRenewal } from '../../domain/orders/channel.ts';
import type { OrderLine } from '../../domain/orders/order-facts.ts';

export const taxLine = z.object({ price: plainAmount, price_set: nullable(moneySet) });

export const line = z.object({
  id,
  product_id: nullable(id),
  variant_id: nullable(id),
  title: nullable(text(255)),
  vendor: nullable(text(255)),
  gift_card: nullable(yesOrNo),
  // Below zero contradicts itself: it is kept as told, counts as none, and is shown to a person.
  quantity: whole,
  current_quantity: nullable(whole),
  price: plainAmount,
  price_set: nullable(moneySet),
  total_discount: nullable(plainAmount),
  total_discount_set: nullable(moneySet),
  tax_lines: nullable(z.array(taxLine)),
  discount_allocations: nullable(
    z.array(
      z.object({
        amount: plainAmount,
        amount_set: nullable(moneySet),
        discount_application_index: nullable(z.int()),
      }),
    ),
  ),
  selling_plan_allocation: nullable(z.unknown()),
  duties: nullable(z.array(z.object({ shop_money: nullable(shopMoney) }))),
  // Present only on tips, whatever stands there.
  tip_payment_gateway: z.unknown().optional(),
  tip_payment_method: z.unknown().optional(),
});

export function readLine(
  told: z.infer<typeof line>,
  money: MoneyReader,
  source: string | null,
): OrderLine {
  const allocated = sum(told.discount_allocations, (part) => money(part.amount_set, part.amount));
  const priceMinor = money(told.price_set, told.price);
  if (!Number.isSafeInteger(priceMinor * told.quantity)) {
    throw new MoneyFault('a line is worth more than can be counted');
  }
  const dutyMinor = sum(told.duties, ({ shop_money }) =>
    shop_money ? money({ shop_money }, null) : 0,
  );
  const isTip = told.tip_payment_gateway !== undefined || told.tip_payment_method !== undefined;
  const sellingPlan = hasSellingPlan(told.selling_plan_allocation);
  return {
    id: told.id,
    productId: told.product_id ?? null,
    variantId: told.variant_id ?? null,
    title: told.title ?? '',
    vendor: told.vendor ?? null,
    giftCard: told.gift_card ?? false,
    ...(isTip && { tip: true as const }),
    quantity: told.quantity,
    currentQuantity: told.current_quantity ?? told.quantity,
    priceMinor,
    discountMinor: Math.max(allocated, money(told.total_discount_set, told.total_discount)),
    taxMinor: sum(told.tax_lines, (tax) => money(tax.price_set, tax.price)),
    ...(dutyMinor > 0 && { dutyMinor }),
    product: null,
    sellingPlan,
    subscription: sellingPlan ?? isRenewal(source),
  };
}

export type MoneyReader = (
  set: MoneySet | null | undefined,
  plain: string | null | undefined,
) => number;

/** Reads the shop-money set where there is one, else the plain amount in the order's currency. */
export function moneyReader(currency: string): MoneyReader {
  return (set, plain) => (set ? shopMinor(set, currency) : plain ? parseMoney(plain, currency) : 0);
}
