/** How two tellings of one thing become one: the same whichever comes first, and however often. */
import type { Moment } from '../time/shop-time.ts';

/** Parts of a line that are kept from whoever told them first. */
const PINNED: ReadonlySet<string> = new Set(['product', 'sellingPlan', 'subscription']);

/** The same text for the same content, whatever order a database gave its keys; what we pin is ours. */
export function inOneOrder(told: unknown): string {
  return JSON.stringify(told, (key, value: unknown) => {
    if (PINNED.has(key)) return null;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function laterOf<T extends { readonly asOf: Moment }>(a: T | null, b: T | null): T | null {
  if (!a || !b) return a ?? b;
  if (a.asOf !== b.asOf) return a.asOf > b.asOf ? a : b;
  return inOneOrder(a) >= inOneOrder(b) ? a : b;
}

export function earliest(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}

export function oldest<T extends { readonly asOf: Moment }>(
  known: T | null,
  told: T | null,
): T | null {
  if (!known || !told) return known ?? told;
  if (known.asOf !== told.asOf) return known.asOf < told.asOf ? known : told;
  return inOneOrder(known) <= inOneOrder(told) ? known : told;
}
