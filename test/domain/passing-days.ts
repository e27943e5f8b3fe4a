/** A shop whose points expire, small orders in it, and a member's ledger as a story. */
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { day, line, order, programme, refund, shopWith } from './fixtures.ts';
import type { Member } from './fixtures.ts';

export const expiring = (over: ProgrammeInput['expiry'] = {}): ProgrammeInput['expiry'] => ({
  ...{ kind: 'lot', length: 10, unit: 'days' },
  ...{ reminderDays: [], noticeDays: 0 },
  ...over,
});

export function shopThat(over: Partial<ProgrammeInput>, zone = 'UTC') {
  return shopWith([[day(1), programme(over)]], { timeZone: zone });
}

/** An order of so many dollars that earns as many points, placed and paid at once. */
export const bought = (orderId: string, dollars: number, placedAt: number) =>
  order({ placedAt, lines: [line({ priceMinor: dollars * 100 })] }, { orderId });

export const refunded = (orderId: string, dollars: number, placedAt: number, at: number) => ({
  ...bought(orderId, dollars, placedAt),
  refunds: [refund({ id: `9${orderId}`, createdAt: at, lines: [{ lineId: '1', quantity: 1 }] })],
});

export const story = (member: Member): string[] =>
  member.books.entries.map(
    ({ kind, points, from, to, occurredAt }) =>
      `${new Date(occurredAt).toISOString().slice(5, 10)} ${kind} ${points} ${from}→${to}`,
  );
