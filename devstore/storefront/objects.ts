/** Liquid's objects, made of the shop's state. Prices are in the shopper's currency, in hundredths. */
import type { Collection, Product } from '../state/product.ts';
import type { Customer } from '../state/customer.ts';
import type { Order } from '../state/order.ts';
import type { CartLine, Session } from './sessions.ts';
import type { PricedOrder } from '../state/orders/price-order.ts';
import type { Store } from '../state/store.ts';
import { formatMoney, hundredths, moneyFormatOf } from './money-format.ts';
import { afterDiscounts } from '../state/orders/price-order.ts';
import { findGiftCard, giftCardFault } from '../state/credit/gift-card.ts';
import { lineFigures, orderFigures } from '../state/orders/order-figures.ts';
import { total } from '../state/money.ts';
import { Refusal } from '../state/refusal.ts';

export type LiquidObject = Record<string, unknown>;

export function shopObject(store: Store, origin: string): LiquidObject {
  return {
    name: store.shop.name,
    currency: store.shop.currency,
    money_format: store.shop.moneyFormat,
    permanent_domain: store.domain,
    domain: new URL(origin).host,
    url: origin,
    email: store.shop.email,
    customer_accounts_enabled: true,
    locale: store.shop.primaryLocale,
  };
}

export function customerObject(
  store: Store,
  customer: Customer,
  metafields: unknown,
): LiquidObject {
  return {
    id: customer.id,
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    name: [customer.firstName, customer.lastName].filter((part) => part !== null).join(' '),
    has_account: customer.state === 'enabled',
    orders_count: store.ordersOf(customer.id).length,
    tags: customer.tags,
    metafields,
  };
}

export function isSold(product: Product): boolean {
  return product.status === 'ACTIVE' && product.publishedAt !== null;
}

export function productObject(store: Store, product: Product, currency: string): LiquidObject {
  const price = (minor: number) => hundredths(store.inCurrency(minor, currency), currency);
  const variants = product.variants.map((variant) => ({
    id: variant.id,
    title: variant.title,
    price: price(variant.priceMinor),
    available: variant.inventory > 0,
  }));
  const prices = variants.map((variant) => variant.price);
  return {
    id: product.id,
    title: product.title,
    handle: product.handle,
    url: `/products/${product.handle}`,
    description: product.descriptionHtml,
    vendor: product.vendor,
    type: product.productType,
    featured_image: `/cdn/products/${product.id}.svg`,
    price: Math.min(...prices),
    price_varies: new Set(prices).size > 1,
    available: variants.some((variant) => variant.available),
    gift_card: product.giftCard,
    has_only_default_variant: variants.length === 1,
    option_name: product.optionName,
    variants,
  };
}

export function collectionObject(store: Store, collection: Collection): LiquidObject {
  const products = store.productsIn(collection.id).filter(isSold);
  return {
    title: collection.title,
    handle: collection.handle,
    url: `/collections/${collection.handle}`,
    description: collection.descriptionHtml,
    products_count: products.length,
    image: products[0] ? `/cdn/products/${products[0].id}.svg` : null,
  };
}

/** Lines of what is still sold; the others fell out of the shop since they were put in. */
export function sellableLines(store: Store, session: Session): CartLine[] {
  return session.lines.filter((line) => {
    const found = store.variant(line.variantId);
    return found !== undefined && isSold(found.product);
  });
}

export type Quote = {
  priced: PricedOrder | null;
  /** The codes that count, in the order in which they were given. */
  codes: string[];
  /** Why the others do not. */
  problems: string[];
  giftCards: { code: string; problem: string | null; balanceMinor: number }[];
};

/** What the cart costs with every code that may be used, and goes with those before it. */
export function quoteCart(
  store: Store,
  session: Session,
  currency: string,
  customer: Customer | null,
): Quote {
  const lines = sellableLines(store, session);
  const quote: Quote = { priced: null, codes: [], problems: [], giftCards: [] };
  if (lines.length === 0) return quote;
  const shopper = { customerId: customer?.id ?? null, email: customer?.email ?? null };
  quote.priced = store.quote({ lines, currency, shopper });
  for (const code of session.discountCodes) {
    const discountCodes = [...quote.codes, code];
    try {
      quote.priced = store.quote({ lines, currency, shopper, discountCodes });
      quote.codes = discountCodes;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      quote.problems.push(error.message);
    }
  }
  for (const code of session.giftCards) {
    const card = findGiftCard(store, code);
    const foreign = card && card.currency !== currency;
    const problem = foreign
      ? `This gift card pays in ${card.currency}.`
      : giftCardFault(store, card);
    quote.giftCards.push({ code, problem, balanceMinor: card?.balanceMinor ?? 0 });
  }
  return quote;
}

/** What of the total gift cards pay, one after the other, and what is left to pay. */
function paidByCards(quote: Quote): { code: string; minor: number }[] {
  let left = quote.priced?.total.presentment ?? 0;
  return quote.giftCards
    .filter((card) => card.problem === null)
    .map(({ code, balanceMinor }) => {
      const minor = Math.min(left, balanceMinor);
      left -= minor;
      return { code, minor };
    });
}

export function cartObject(quote: Quote, currency: string, creditMinor: number): LiquidObject {
  const { priced } = quote;
  const cents = (minor: number) => hundredths(minor, currency);
  const lines = priced?.lines ?? [];
  const cards = paidByCards(quote);
  const due = (priced?.total.presentment ?? 0) - cards.reduce((sum, one) => sum + one.minor, 0);
  return {
    currency: { iso_code: currency },
    item_count: lines.reduce((sum, line) => sum + line.quantity, 0),
    items: lines.map((line) => ({
      variant_id: line.variant.id,
      title: line.product.title,
      variant_title: line.product.variants.length > 1 ? line.variant.title : null,
      url: `/products/${line.product.handle}`,
      image: `/cdn/products/${line.product.id}.svg`,
      quantity: line.quantity,
      price: cents(line.unitPrice.presentment),
      original_line_price: cents(line.gross.presentment),
      final_line_price: cents(line.net.presentment),
    })),
    discount_code: quote.codes[0] ?? null,
    discount_codes: quote.codes,
    discount_problems: [
      ...quote.problems,
      ...quote.giftCards.flatMap(({ problem }) => problem ?? []),
    ],
    gift_cards: cards.map(({ code, minor }) => ({
      code,
      last_characters: code.slice(-4),
      amount: cents(minor),
    })),
    store_credit: cents(creditMinor),
    amount_due: cents(due),
    total_discount: cents(priced?.discountTotal.presentment ?? 0),
    subtotal_price: cents(priced?.subtotal.presentment ?? 0),
    shipping_price: cents(priced?.shipping ? afterDiscounts(priced.shipping).presentment : 0),
    has_shipping: priced?.shipping !== null && priced !== null,
    tax_price: cents(priced?.tax.presentment ?? 0),
    total_price: cents(priced?.total.presentment ?? 0),
  };
}

/** Its amounts are text in the currency it was paid in, which need not be the page's. */
export function orderObject(store: Store, order: Order): LiquidObject {
  const figures = orderFigures(order);
  const { presentmentCurrency } = order;
  const format = moneyFormatOf(store, presentmentCurrency);
  const money = (minor: number) => formatMoney(hundredths(minor, presentmentCurrency), format);
  return {
    id: order.id,
    name: order.name,
    url: `/account/orders/${order.token}`,
    created_at: order.createdAt,
    cancelled: order.cancelledAt !== null,
    financial_status: figures.financialStatus,
    confirmation_number: order.confirmationNumber,
    shipping: money(total(order.shipping.map(afterDiscounts)).presentment),
    total: money(figures.total.presentment),
    refunded: figures.refunded.presentment > 0 ? money(figures.refunded.presentment) : null,
    line_items: order.lines.map((line) => ({
      title: line.title,
      variant_title: line.variantTitle,
      quantity: line.quantity,
      current_quantity: line.currentQuantity,
      total: money(lineFigures(order, line).net.presentment),
    })),
  };
}
