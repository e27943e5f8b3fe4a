/**
 * What a basket costs: lines, discounts spread over them, shipping, taxes. Every figure is computed
 * twice, in the shop's currency and in the buyer's, by the same steps, so that sums agree in both.
 */
import type { Store } from '../store.ts';
import type { Product, Variant } from '../product.ts';
import type { DiscountAllocation, DiscountApplication, TaxLine } from '../order.ts';
import { allocate, decimal, minus, nothing, plus, share, times, total } from '../money.ts';
import type { MinorPair } from '../money.ts';
import { minorOf } from '../money.ts';
import { applyToLines, applyToShipping, readCodes } from './apply-codes.ts';
import type { AppliedCode, Shopper } from './code-faults.ts';
import { refuse } from '../refusal.ts';

/** Percent is decimal text ("12.5"); an amount is in minor units of the shop's currency. */
export type DiscountValue = { percent: string } | { amountMinor: number };

export type LineInput = {
  variantId: string;
  quantity: number;
  /** A discount of this line alone, given by hand. */
  discount?: (DiscountValue & { title?: string | undefined }) | undefined;
  /** Bought as a subscription, by a plan of this name. */
  sellingPlan?: string | undefined;
};

export type PriceOrderInput = {
  lines: readonly LineInput[];
  /** The buyer's currency; the shop's when absent. */
  currency?: string | undefined;
  discountCode?: string | null | undefined;
  /** Several, where they may be combined. */
  discountCodes?: readonly string[] | undefined;
  /** For codes that not everybody may use; nobody is known when absent. */
  shopper?: Shopper | undefined;
  /** Where it goes; the shop's own country when absent. */
  countryCode?: string | undefined;
  /** A discount over the whole order, given by hand. */
  discount?: (DiscountValue & { title?: string | undefined }) | undefined;
  /** In the shop's currency; the shop's own shipping rule when absent. */
  shippingMinor?: number | undefined;
};

export type PricedLine = {
  product: Product;
  variant: Variant;
  quantity: number;
  unitPrice: MinorPair;
  /** quantity × unit price */
  gross: MinorPair;
  allocations: DiscountAllocation[];
  /** gross less all discounts */
  net: MinorPair;
  taxLines: TaxLine[];
  sellingPlan: string | null;
};

/** A basket while its price is worked out. */
export type Basket = {
  currency: string;
  lines: PricedLine[];
  discounts: DiscountApplication[];
};

export type PricedOrder = {
  currency: string;
  lines: PricedLine[];
  discounts: DiscountApplication[];
  /** `price` is before discounts. */
  shipping: {
    title: string;
    price: MinorPair;
    allocations: DiscountAllocation[];
    taxLines: TaxLine[];
  } | null;
  /** The discounts that were used, for the shop to count. */
  codes: readonly AppliedCode[];
  /** Lines less discounts; with taxes when the shop's prices include them. */
  subtotal: MinorPair;
  discountTotal: MinorPair;
  tax: MinorPair;
  total: MinorPair;
};

export function priceOrder(store: Store, input: PriceOrderInput): PricedOrder {
  const currency = input.currency ?? store.shop.currency;
  store.rateTo(currency);
  if (input.lines.length === 0) refuse('An order needs at least one line.');
  const lines = input.lines.map((line) => openLine(store, line, currency));
  const basket: Basket = { currency, lines, discounts: [] };
  const { discounts } = basket;
  const given = [
    ...(input.discountCode ? [input.discountCode] : []),
    ...(input.discountCodes ?? []),
  ];
  const codes = readCodes(store, given, input.shopper ?? { customerId: null, email: null });
  input.lines.forEach((line, index) => {
    const target = lines[index];
    if (!line.discount || !target) return;
    const application = applicationOf(store, line.discount, currency, {
      title: line.discount.title ?? 'Line discount',
      allocation: 'one',
      selection: 'explicit',
    });
    apply(store, basket, application, line.discount, [target]);
  });
  applyToLines(store, basket, codes);
  if (input.discount) {
    const application = applicationOf(store, input.discount, currency, {
      title: input.discount.title ?? 'Discount',
      allocation: 'across',
      selection: 'all',
    });
    apply(store, basket, application, input.discount, lines);
  }
  for (const line of lines) line.taxLines = taxesOf(store, line.net, line.product.taxable);
  const shipping = shippingOf(store, input, basket, codes);

  const subtotal = total(lines.map((line) => line.net));
  const taxLines = [...lines.flatMap((line) => line.taxLines), ...(shipping?.taxLines ?? [])];
  const tax = total(taxLines.map((line) => line.amount));
  const beforeTax = plus(subtotal, shipping ? afterDiscounts(shipping) : nothing);
  return {
    currency,
    lines,
    discounts,
    shipping,
    codes,
    subtotal,
    discountTotal: total(lines.map((line) => minus(line.gross, line.net))),
    tax,
    total: store.shop.taxesIncluded ? beforeTax : plus(beforeTax, tax),
  };
}

/** What a shipping line costs when its discounts are off. */
export function afterDiscounts(shipping: {
  price: MinorPair;
  allocations: readonly DiscountAllocation[];
}): MinorPair {
  return minus(shipping.price, total(shipping.allocations.map((one) => one.amount)));
}

function openLine(store: Store, line: LineInput, currency: string): PricedLine {
  const found = store.variant(line.variantId);
  if (!found) refuse(`${store.domain} has no variant ${line.variantId}.`);
  if (!Number.isSafeInteger(line.quantity) || line.quantity < 1 || line.quantity > 10_000) {
    refuse(`The quantity of ${found.product.title} must be a whole number from 1 to 10000.`);
  }
  const { product, variant } = found;
  const unitPrice = pairOf(store, variant.priceMinor, currency);
  const gross = times(unitPrice, line.quantity);
  return {
    product,
    variant,
    quantity: line.quantity,
    unitPrice,
    gross,
    allocations: [],
    net: gross,
    taxLines: [],
    sellingPlan: line.sellingPlan ?? null,
  };
}

export function pairOf(store: Store, shopMinor: number, currency: string): MinorPair {
  return { shop: shopMinor, presentment: store.inCurrency(shopMinor, currency) };
}

export function applicationOf(
  store: Store,
  value: DiscountValue,
  currency: string,
  how: Pick<DiscountApplication, 'title' | 'allocation' | 'selection'>,
): DiscountApplication {
  const common = { ...how, kind: 'manual' as const, code: null, target: 'line_item' as const };
  if ('percent' in value) {
    basisPointsOf(value.percent);
    return { ...common, valueType: 'percentage', value: value.percent };
  }
  if (!Number.isSafeInteger(value.amountMinor) || value.amountMinor < 0) {
    refuse('A discount amount must be a whole number of minor units, not negative.');
  }
  const amount = decimal(store.inCurrency(value.amountMinor, currency), currency);
  return { ...common, valueType: 'fixed_amount', value: amount };
}

/** Gift cards take no discounts, as in Shopify's checkout. */
export function apply(
  store: Store,
  { currency, discounts }: Basket,
  application: DiscountApplication,
  value: DiscountValue,
  candidates: readonly PricedLine[],
): void {
  const lines = candidates.filter((line) => !line.product.giftCard);
  const applicationIndex = discounts.push(application) - 1;
  const amountsIn = (side: 'shop' | 'presentment'): number[] => {
    const nets = lines.map((line) => line.net[side]);
    if ('percent' in value) {
      const points = basisPointsOf(value.percent);
      return nets.map((net) => share(net, points));
    }
    const whole = pairOf(store, value.amountMinor, currency)[side];
    return allocate(
      Math.min(
        whole,
        nets.reduce((sum, net) => sum + net, 0),
      ),
      nets,
    );
  };
  const shop = amountsIn('shop');
  const presentment = amountsIn('presentment');
  lines.forEach((line, index) => {
    const amount = { shop: shop[index] ?? 0, presentment: presentment[index] ?? 0 };
    line.allocations.push({ applicationIndex, amount });
    line.net = minus(line.net, amount);
  });
}

export function basisPointsOf(percent: string): number {
  const points = minorOf(percent, 'EUR');
  if (points === null || points < 0 || points > 10_000) {
    refuse(`${percent} is not a percentage from 0 to 100 with at most two decimals.`);
  }
  return points;
}

export function taxesOf(store: Store, net: MinorPair, taxable: boolean): TaxLine[] {
  const { taxBasisPoints, taxTitle, taxesIncluded } = store.shop;
  if (!taxable || taxBasisPoints === 0) return [];
  const taxIn = (amount: number): number =>
    taxesIncluded
      ? amount - Math.round((amount * 10_000) / (10_000 + taxBasisPoints))
      : share(amount, taxBasisPoints);
  const amount = { shop: taxIn(net.shop), presentment: taxIn(net.presentment) };
  return [{ title: taxTitle, basisPoints: taxBasisPoints, amount }];
}

function shippingOf(
  store: Store,
  input: PriceOrderInput,
  basket: Basket,
  codes: readonly AppliedCode[],
): PricedOrder['shipping'] {
  const { lines, currency, discounts } = basket;
  if (lines.every((line) => line.product.giftCard)) return null;
  const { shippingMinor, freeShippingFromMinor, taxShipping, countryCode } = store.shop;
  const goods = total(lines.map((line) => line.net)).shop;
  const free = freeShippingFromMinor !== null && goods >= freeShippingFromMinor;
  const asked = input.shippingMinor ?? (free ? 0 : shippingMinor);
  if (!Number.isSafeInteger(asked) || asked < 0) {
    refuse('Shipping must be a whole number of minor units, not negative.');
  }
  const price = pairOf(store, asked, currency);
  const amount = applyToShipping(basket, price, input.countryCode ?? countryCode, codes);
  const allocated = discounts.findIndex(({ target }) => target === 'shipping_line');
  return {
    title: asked === 0 ? 'Free shipping' : 'Standard',
    price,
    allocations: allocated < 0 ? [] : [{ applicationIndex: allocated, amount }],
    taxLines: taxesOf(store, minus(price, amount), taxShipping),
  };
}
