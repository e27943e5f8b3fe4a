/** Discount codes on a basket: first those of products, then those of the order, at last shipping. */
import type { DiscountEffect, DiscountItems, DiscountMinimum } from '../discount.ts';
import { classOf } from '../discount.ts';
import type { DiscountApplication } from '../order.ts';
import type { Store } from '../store.ts';
import { codeFault, combinationFault, type AppliedCode, type Shopper } from './code-faults.ts';
import { apply, applicationOf, type Basket, type PricedLine } from './price-order.ts';
import { basisPointsOf, pairOf } from './price-order.ts';
import { minus, nothing, plus, share, times, total, type MinorPair } from '../money.ts';
import { refuse } from '../refusal.ts';

type Basic = Extract<DiscountEffect, { kind: 'basic' }>;
type Bxgy = Extract<DiscountEffect, { kind: 'bxgy' }>;

/** The codes as they are written in the shop. Refuses what the shopper may not use. */
export function readCodes(
  store: Store,
  codes: readonly string[],
  shopper: Shopper,
): readonly AppliedCode[] {
  const applied: AppliedCode[] = [];
  for (const given of codes) {
    const discount = store.discounts.find(given);
    const wanted = given.trim().toLowerCase();
    const code = discount?.codes.find((one) => one.code.toLowerCase() === wanted)?.code;
    if (!discount || code === undefined) refuse(`${store.domain} has no discount code ${given}.`);
    if (applied.some((one) => one.code === code)) continue;
    const one = { code, discount };
    const fault = codeFault(store, one, shopper);
    if (fault !== null) refuse(fault);
    applied.push(one);
  }
  const fault = combinationFault(applied);
  if (fault !== null) refuse(fault);
  return applied;
}

/** Product and order discounts; `applyToShipping` has the rest. */
export function applyToLines(store: Store, basket: Basket, codes: readonly AppliedCode[]): void {
  const discounted = new Set<PricedLine>();
  for (const wanted of ['product', 'order'] as const) {
    for (const { code, discount } of codes) {
      if (classOf(discount) !== wanted) continue;
      if (discount.effect.kind === 'basic') {
        basic(store, basket, code, discount.effect, discounted);
      } else if (discount.effect.kind === 'bxgy') {
        bxgy(store, basket, code, discount.effect, discounted);
      }
    }
  }
}

function basic(
  store: Store,
  basket: Basket,
  code: string,
  effect: Basic,
  discounted: Set<PricedLine>,
): void {
  const { value, items } = effect;
  const whole = items.kind === 'all';
  const fitting = basket.lines.filter(
    (line) => includes(items, line) && (line.sellingPlan ? effect.subscription : effect.oneTime),
  );
  if (fitting.length === 0) refuse(`The code ${code} fits none of these products.`);
  checkMinimum(code, effect.minimum, fitting);
  const entitled = whole ? fitting : fitting.filter((line) => !discounted.has(line));
  const each = 'amountMinor' in value && value.eachItem;
  const application: DiscountApplication = {
    ...applicationOf(store, value, basket.currency, {
      title: code,
      allocation: each ? 'each' : 'across',
      selection: whole ? 'all' : 'entitled',
    }),
    kind: 'discount_code',
    code,
  };
  if (each) {
    const unit = pairOf(store, value.amountMinor, basket.currency);
    put(basket, application, (line) =>
      entitled.includes(line) && !line.product.giftCard
        ? atMost(times(unit, line.quantity), line.net)
        : nothing,
    );
  } else apply(store, basket, application, value, entitled);
  if (!whole) for (const line of entitled) discounted.add(line);
}

type Unit = { line: PricedLine; taken: boolean };

/** Units that are bought pay for others: the dearest are bought, the cheapest are given. */
function bxgy(
  store: Store,
  basket: Basket,
  code: string,
  { buys, gets, perOrder }: Bxgy,
  discounted: Set<PricedLine>,
): void {
  const units: Unit[] = basket.lines
    .filter((line) => !line.product.giftCard && !line.sellingPlan)
    .flatMap((line) => Array.from({ length: line.quantity }, () => ({ line, taken: false })))
    .sort((a, b) => b.line.unitPrice.shop - a.line.unitPrice.shop);
  const given = new Map<PricedLine, number>();
  for (let turn = 0; perOrder === null || turn < perOrder; turn += 1) {
    const bought = unitsBought(units, buys, gets.items);
    if (!bought) break;
    for (const unit of bought) unit.taken = true;
    const free = units
      .filter((one) => !one.taken && includes(gets.items, one.line) && !discounted.has(one.line))
      .slice(-gets.quantity);
    if (free.length === 0) break;
    for (const unit of free) {
      unit.taken = true;
      given.set(unit.line, (given.get(unit.line) ?? 0) + 1);
    }
  }
  if (given.size === 0) refuse(`The code ${code} needs more, or other, products in the cart.`);
  const application: DiscountApplication = {
    ...applicationOf(store, { percent: gets.percent }, basket.currency, {
      title: code,
      allocation: 'each',
      selection: 'entitled',
    }),
    kind: 'discount_code',
    code,
  };
  const points = basisPointsOf(gets.percent);
  put(basket, application, (line) => {
    const price = times(line.unitPrice, given.get(line) ?? 0);
    const off = { shop: share(price.shop, points), presentment: share(price.presentment, points) };
    return atMost(off, line.net);
  });
  for (const line of given.keys()) discounted.add(line);
}

/** Null when there are not enough of them. What could be given is bought only if nothing else is left. */
function unitsBought(
  units: readonly Unit[],
  { items, atLeast }: Bxgy['buys'],
  gets: DiscountItems,
): Unit[] | null {
  const open = units.filter((one) => !one.taken && includes(items, one.line));
  const inTurn = [
    ...open.filter((one) => !includes(gets, one.line)),
    ...open.filter((one) => includes(gets, one.line)),
  ];
  if ('quantity' in atLeast) {
    return inTurn.length < atLeast.quantity ? null : inTurn.slice(0, atLeast.quantity);
  }
  const bought: Unit[] = [];
  for (const unit of inTurn) {
    bought.push(unit);
    const paid = bought.reduce((sum, one) => sum + one.line.unitPrice.shop, 0);
    if (paid >= atLeast.amountMinor) return bought;
  }
  return null;
}

/** @returns what each code takes off the shipping, as allocations of its application */
export function applyToShipping(
  basket: Basket,
  price: MinorPair,
  countryCode: string,
  codes: readonly AppliedCode[],
): MinorPair {
  let off = nothing;
  for (const { code, discount } of codes) {
    const { effect } = discount;
    if (effect.kind !== 'free-shipping') continue;
    checkMinimum(code, effect.minimum, basket.lines);
    const { countries, restOfWorld, ceilingMinor } = effect;
    if (countries !== null && !countries.includes(countryCode) && !restOfWorld) {
      refuse(`The code ${code} is not for deliveries to ${countryCode}.`);
    }
    if (ceilingMinor !== null && price.shop > ceilingMinor) {
      refuse(`The code ${code} is not for this way of shipping.`);
    }
    basket.discounts.push({
      kind: 'discount_code',
      title: code,
      code,
      valueType: 'percentage',
      value: '100',
      target: 'shipping_line',
      allocation: 'each',
      selection: 'all',
    });
    off = plus(off, minus(price, off));
  }
  return off;
}

function includes(items: DiscountItems, { product, variant }: PricedLine): boolean {
  switch (items.kind) {
    case 'all':
      return true;
    case 'products':
      return items.productIds.includes(product.id) || items.variantIds.includes(variant.id);
    case 'collections':
      return product.collectionIds.some((id) => items.collectionIds.includes(id));
  }
}

function checkMinimum(
  code: string,
  minimum: DiscountMinimum | null,
  lines: readonly PricedLine[],
): void {
  if (minimum === null) return;
  const counted = lines.filter((line) => !line.product.giftCard);
  const enough =
    'quantity' in minimum
      ? counted.reduce((sum, line) => sum + line.quantity, 0) >= minimum.quantity
      : total(counted.map((line) => line.net)).shop >= minimum.subtotalMinor;
  if (!enough) refuse(`The code ${code} asks for a larger order.`);
}

function put(
  basket: Basket,
  application: DiscountApplication,
  amountFor: (line: PricedLine) => MinorPair,
): void {
  const applicationIndex = basket.discounts.push(application) - 1;
  for (const line of basket.lines) {
    const amount = amountFor(line);
    if (amount.shop === 0 && amount.presentment === 0) continue;
    line.allocations.push({ applicationIndex, amount });
    line.net = minus(line.net, amount);
  }
}

function atMost(amount: MinorPair, most: MinorPair): MinorPair {
  return {
    shop: Math.min(amount.shop, most.shop),
    presentment: Math.min(amount.presentment, most.presentment),
  };
}
