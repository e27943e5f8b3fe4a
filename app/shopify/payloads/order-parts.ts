/** Parts of an order's body beside its lines and amounts. */
import { z } from 'zod';
import { id, moment, nullable, plainAmount } from './parts.ts';
import { readKindly } from './read-kindly.ts';
import type { MoneySet } from './parts.ts';
import { MoneyFault, parseMoney } from '../../domain/money/money.ts';
import type { DiscountCodeUse, OrderSnapshot } from '../../domain/orders/order-facts.ts';
import type { EditFacts } from '../../domain/orders/edits.ts';

const address = z.object({ country_code: nullable(z.string()) });

export const oddsAndEnds = z.object({
  financial_status: nullable(z.string()),
  total_outstanding: nullable(plainAmount),
  current_total_price: nullable(plainAmount),
  payment_gateway_names: nullable(z.array(z.string())),
  shipping_address: nullable(address),
  billing_address: nullable(address),
  fulfillment_status: nullable(z.string()),
  fulfillments: nullable(z.array(z.object({ created_at: moment, status: nullable(z.string()) }))),
  discount_applications: nullable(
    z.array(z.object({ type: nullable(z.string()), code: nullable(z.string()) })),
  ),
  discount_codes: nullable(z.array(z.object({ code: nullable(z.string()) }))),
  returns: nullable(z.array(z.unknown())),
});

type OddsAndEnds = z.infer<typeof oddsAndEnds>;

export function countryCode({ shipping_address, billing_address }: OddsAndEnds): string | null {
  const codes = [shipping_address?.country_code, billing_address?.country_code];
  return codes.find((code) => code && /^[A-Z]{2}$/.test(code)) ?? null;
}

/** When the last of the fulfilments was made that left nothing to fulfil; where none is told, by when it is so. */
export function fulfilledAt(
  { fulfillment_status, fulfillments }: OddsAndEnds,
  updatedAt: number,
): number | null {
  if (fulfillment_status !== 'fulfilled') return null;
  if (!fulfillments || fulfillments.length === 0) return updatedAt;
  const moments = (fulfillments ?? [])
    .filter(({ status }) => !['cancelled', 'error', 'failure'].includes(status ?? ''))
    .map(({ created_at }) => created_at);
  return moments.length === 0 ? null : Math.max(...moments);
}

/** What the shopper saw. It explains a rate and is never earned on, so it refuses nothing. */
export function presentmentMinor(
  set: MoneySet | null | undefined,
  currency: string | null | undefined,
): number | null {
  const told = set?.presentment_money;
  if (!told || told.currency_code !== currency) return null;
  return minorOrNull(told.amount, told.currency_code);
}

/**
 * What was paid in part and given back in part is told as refunded in part, though the rest is still
 * owed. In two currencies the rates of several days leave something, to one side or the other.
 */
export function isOwed(
  { total_outstanding: owed, current_total_price: now, financial_status: status }: OddsAndEnds,
  { totalMinor, currency, presentmentCurrency }: Omit<OrderSnapshot, 'knownRefundIds'>,
): boolean {
  if (status === 'paid' || !owed || (presentmentCurrency ?? currency) !== currency) return false;
  const minor = minorOrNull(owed, currency) ?? 0;
  // Where as much is owed as it comes to, nothing was paid that could have been given back.
  const comesTo = now ? (minorOrNull(now, currency) ?? totalMinor) : totalMinor;
  return minor > 0 && minor < Math.min(totalMinor, comesTo);
}

function minorOrNull(written: string, currency: string): number | null {
  try {
    return parseMoney(written, currency);
  } catch (fault) {
    if (fault instanceof MoneyFault) return null;
    throw fault;
  }
}

/** A body that does not speak of selling plans says nothing about them: null. */
export function hasSellingPlan(told: unknown): boolean | null {
  return told === undefined ? null : told !== null;
}

interface CodesInOrder {
  /** In the order of their application, null for what is no code. */
  readonly byIndex: readonly (string | null)[];
  readonly all: readonly string[];
}

export function codesIn({ discount_applications, discount_codes }: OddsAndEnds): CodesInOrder {
  const byIndex = (discount_applications ?? []).map(({ type, code }) =>
    type === 'discount_code' ? (code ?? null) : null,
  );
  const others = (discount_codes ?? []).map(({ code }) => code ?? null);
  const all = [...byIndex, ...others].filter((code) => code !== null && code !== '');
  return { byIndex, all: [...new Set(all.filter((code) => code !== null))].sort() };
}

interface DiscountedLine {
  readonly id: string;
  readonly discount_allocations?:
    | readonly {
        readonly amount: string;
        readonly amount_set?: MoneySet | null | undefined;
        readonly discount_application_index?: number | null | undefined;
      }[]
    | null
    | undefined;
}

/** What each code took off which line; a code that takes nothing off lines is named all the same. */
export function codeUses(
  { byIndex, all }: CodesInOrder,
  lines: readonly DiscountedLine[],
  money: (set: MoneySet | null | undefined, plain: string) => number,
): readonly DiscountCodeUse[] {
  return all.map((code) => ({
    code,
    lines: lines.flatMap((line) => {
      const minor = (line.discount_allocations ?? [])
        .filter((part) => byIndex[part.discount_application_index ?? -1] === code)
        .reduce((sum, part) => sum + money(part.amount_set, part.amount), 0);
      return minor === 0 ? [] : [{ lineId: line.id, minor }];
    }),
  }));
}

const delta = z.object({ id, delta: z.int() });

const edited = z.object({
  order_edit: z.object({
    id,
    order_id: id,
    committed_at: nullable(moment),
    created_at: nullable(moment),
    line_items: nullable(z.object({ additions: nullable(z.array(delta)) })),
  }),
});

/** Of which order it is; what it says besides is read from Shopify all the same. */
const EDIT_OF = /^(|order_edit|order_edit\.(id|order_id))$/;

/** @returns the edit without its additions where the body does not say when it was made */
export function readOrderEdited(body: unknown): {
  readonly orderId: string;
  readonly edit: EditFacts | null;
} {
  const { order_edit: told } = readKindly(edited, body, (place) => EDIT_OF.test(place)).told;
  const at = told.committed_at ?? told.created_at ?? null;
  const added = (told.line_items?.additions ?? []).map((part) => ({
    lineId: part.id,
    quantity: part.delta,
  }));
  return { orderId: told.order_id, edit: at === null ? null : { id: told.id, at, added } };
}
