/** Members of a shop with three tiers, and the small orders that move them. */
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { day, line, Member, order, programme, refund, shopWith, tiers } from '../fixtures.ts';

export type Tiers = Partial<ProgrammeInput['tiers']>;
export type Level = ProgrammeInput['tiers']['levels'][number];

export const zone = 'Europe/Berlin';

export const level = (key: string, need: string, over: Partial<Level> = {}): Level => ({
  ...{ key, name: key, need, multiplier: '1' },
  ...over,
});

/** Bronze 10, silver 50 and gold 200 points for entering; at 0, 200 and 500 dollars. */
export const paying = [
  level('bronze', '0', { entryPoints: 10 }),
  level('silver', '200', { entryPoints: 50 }),
  level('gold', '500', { entryPoints: 200 }),
];

/** The same, paying nothing. */
export const plain = paying.map((one) => ({ ...one, entryPoints: 0 }));

/** No order earns, so that every entry is a tier's. */
export const ladder = (levels: readonly Level[], over: Tiers = {}): ProgrammeDocument =>
  programme({ earning: [], tiers: tiers([], { ...over, levels: [...levels] }) });

/** Of a programme from day 5 on. */
export function joined(at: number, levels: readonly Level[] = paying, over: Tiers = {}): Member {
  const member = new Member(shopWith([[day(5), ladder(levels, over)]]));
  member.createdAt = at;
  member.enrolledAt = at;
  return member;
}

export const bought = (id: string, at: number, dollars: number, productId = '1'): OrderTidings =>
  order({ placedAt: at, lines: [line({ productId, priceMinor: dollars * 100 })] }, { orderId: id });

/** Money back without naming a line. */
export const paidBack = (id: string, at: number, dollars: number): OrderTidings => ({
  orderId: id,
  snapshot: null,
  refunds: [refund({ id: `r${id}${at}`, createdAt: at, extraMinor: dollars * 100 })],
  paidAt: null,
});

export const kinds = (member: Member): string[] =>
  [...member.told.values()].map(({ kind }) => kind);
