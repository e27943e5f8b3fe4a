/** Which market an order is from: rates may differ by it, amounts are always the shop's currency. */
import type { OrderSnapshot } from '../orders/order-facts.ts';
import type { ProgrammeDocument } from '../programme/document.ts';

export type Market = ProgrammeDocument['markets'][number];

/** By the order's country, else by the currency the shopper saw; the first that fits. */
export function marketOf(
  markets: readonly Market[],
  order: Pick<OrderSnapshot, 'countryCode' | 'presentmentCurrency' | 'currency'>,
): Market | null {
  const { countryCode } = order;
  const currency = order.presentmentCurrency ?? order.currency;
  return (
    (countryCode !== null && markets.find((one) => one.countries.includes(countryCode))) ||
    (markets.find((one) => one.currencies.includes(currency)) ?? null)
  );
}
