/** What one order would earn by a document, tier by tier: the form's sample, by the real rules. */
import { programmeDocument } from './document.ts';
import type { DraftDocument } from './draft.ts';
import type { EarningRuleTerms } from './terms.ts';
import { alwaysFirst } from '../campaigns/turns.ts';
import { noBudgets } from '../earning/budgets.ts';
import { targetsBy } from '../earning/earn.ts';
import type { EarningProgramme, HeldRung } from '../earning/earn.ts';
import { earningDefinitions } from '../earning/registry.ts';
import { MoneyFault } from '../money/money.ts';
import { unknownOrder } from '../orders/order-facts.ts';
import type { OrderFacts, OrderSnapshot } from '../orders/order-facts.ts';
import type { Target } from '../points/awards.ts';

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
  const rules = rulesOf(document);
  const pays = (rung: HeldRung | null): number | null =>
    pointsFor(rules, currency, amountMinor, rung);
  const withoutTier = pays(null);
  if (withoutTier === null) return null;
  const byTier = document.tiers.levels.flatMap(({ key, name, multiplier }) =>
    /^\d{1,2}(\.\d{1,3})?$/.test(multiplier)
      ? [{ name, points: pays({ key, name, multiplier }) ?? 0 }]
      : [],
  );
  return { withoutTier, byTier };
}

/** No campaign runs, and the order is from nowhere in particular. */
const PLAIN: EarningProgramme['version']['document'] = {
  markets: [],
  multipliers: 'highest',
  testOrdersEarn: true,
  clawback: 'unlimited',
};

const { audience: anyone, limits: unlimited } = programmeDocument.shape.earning.element.shape;

/** Rules that are switched on and hold; what is still being typed limits nothing yet. */
function rulesOf({ earning }: Pick<DraftDocument, 'earning'>): readonly EarningRuleTerms[] {
  return earning.flatMap(({ key, kind, name, enabled, settings: typed, ...rule }) => {
    const definition = enabled ? earningDefinitions.find(kind) : null;
    const settings = definition?.settings.safeParse(typed);
    if (!definition || !settings?.success) return [];
    const audience = anyone.safeParse(rule.audience);
    const limits = unlimited.safeParse(rule.limits);
    return [
      {
        ...{ key, name, definition, settings: settings.data },
        audience: audience.success ? audience.data : anyone.parse(undefined),
        limits: limits.success ? limits.data : unlimited.parse(undefined),
      },
    ];
  });
}

function pointsFor(
  rules: readonly EarningRuleTerms[],
  currency: string,
  amountMinor: number,
  rung: HeldRung | null,
): number | null {
  const sound = rules.filter((rule) => targetsOf([rule], currency, amountMinor, rung) !== null);
  const found = targetsOf(sound, currency, amountMinor, rung) ?? [];
  if (found.length === 0) return null;
  return found.reduce((sum, { steps }) => sum + (steps.at(-1)?.total ?? 0), 0);
}

/** @returns null where a rule's amount is none of the currency: validation says so at its field */
function targetsOf(
  earning: readonly EarningRuleTerms[],
  currency: string,
  amountMinor: number,
  rung: HeldRung | null,
): readonly Target[] | null {
  const snapshot = oneLine(currency, amountMinor);
  const facts: OrderFacts = { ...unknownOrder('1'), snapshot, paidAt: 0 };
  const programme = { version: { version: 0, document: PLAIN }, earning, campaigns: [] };
  const occasion = {
    ...{ sourceKind: 'order', sourceId: '1', occurredAt: 0, availableAt: 0 },
    rung: () => rung,
    hasTag: () => false,
  };
  const context = {
    ...{ currency, timeZone: 'UTC', awards: new Map(), budgets: noBudgets() },
    turnOf: alwaysFirst,
  };
  try {
    return [...targetsBy(programme, { kind: 'order', facts, snapshot }, occasion, context)];
  } catch (fault) {
    if (fault instanceof MoneyFault) return null;
    throw fault;
  }
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
