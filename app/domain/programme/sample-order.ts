/** What one order would earn by a document, tier by tier: the form's sample, by the real rules. */
import type { DraftDocument } from './draft.ts';
import { earningDefinitions } from '../earning/registry.ts';
import { MoneyFault } from '../money/money.ts';
import { ONE, parseRational } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import { unknownOrder } from '../orders/order-facts.ts';
import type { OrderFacts, OrderSnapshot } from '../orders/order-facts.ts';

export interface SampleEarnings {
  readonly withoutTier: number;
  readonly byTier: readonly { readonly name: string; readonly points: number }[];
}

/** @returns null while no way to earn on orders is switched on, or its settings do not hold */
export function sampleOrder(
  document: Pick<DraftDocument, 'earning' | 'tiers'>,
  currency: string,
  amountMinor: number,
): SampleEarnings | null {
  const pays = (by: Rational): number | null => pointsFor(document, currency, amountMinor, by);
  const withoutTier = pays(ONE);
  if (withoutTier === null) return null;
  const byTier = document.tiers.levels.flatMap(({ name, multiplier }) =>
    /^\d{1,2}(\.\d{1,3})?$/.test(multiplier)
      ? [{ name, points: pays(parseRational(multiplier)) ?? 0 }]
      : [],
  );
  return { withoutTier, byTier };
}

function pointsFor(
  { earning }: Pick<DraftDocument, 'earning'>,
  currency: string,
  amountMinor: number,
  by: Rational,
): number | null {
  const snapshot = oneLine(currency, amountMinor);
  const facts: OrderFacts = { ...unknownOrder('1'), snapshot, paidAt: 0 };
  let points: number | null = null;
  for (const rule of earning) {
    const definition = rule.enabled ? earningDefinitions.find(rule.kind) : null;
    const settings = definition?.settings.safeParse(rule.settings);
    if (!definition || !settings?.success) continue;
    const terms = {
      programmeVersion: 0,
      ruleName: rule.name,
      currency,
      testOrdersCount: true,
      multiplier: { by, because: null },
    };
    try {
      const worth = definition.worth(settings.data, { kind: 'order', facts, snapshot }, terms);
      if (worth) points = (points ?? 0) + (worth.steps.at(-1)?.total ?? 0);
    } catch (fault) {
      // An amount with more decimals than the currency has: validation says so at its field.
      if (!(fault instanceof MoneyFault)) throw fault;
    }
  }
  return points;
}

function oneLine(currency: string, amountMinor: number): OrderSnapshot {
  return {
    updatedAt: 0,
    placedAt: 0,
    name: '',
    customerId: null,
    currency,
    presentmentCurrency: null,
    presentmentTotalMinor: null,
    totalMinor: amountMinor,
    shippingMinor: 0,
    shippingTaxMinor: 0,
    tipMinor: 0,
    dutiesMinor: 0,
    taxesIncluded: false,
    test: false,
    source: null,
    countryCode: null,
    gateways: [],
    discountCodes: [],
    cancelledAt: null,
    payment: 'paid',
    hasReturns: false,
    knownRefundIds: [],
    lines: [
      {
        id: '1',
        productId: null,
        variantId: null,
        title: '',
        vendor: null,
        giftCard: false,
        quantity: 1,
        currentQuantity: 1,
        priceMinor: amountMinor,
        discountMinor: 0,
        taxMinor: 0,
        product: null,
        sellingPlan: null,
        subscription: false,
      },
    ],
  };
}
