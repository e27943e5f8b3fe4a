/** What a member is told to be missing agrees with what happens: with so much the tier is there, with a cent less not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import type { TierWindow } from '../../../app/domain/tiers/climb.ts';
import { DAY, line, Member, order, shopWith } from '../fixtures.ts';
import { bought, ladder, paidBack, plain } from './tier-members.ts';

const BEGIN = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const keys: readonly (string | null)[] = [null, ...plain.map(({ key }) => key)];
const height = ({ tier }: Member): number => keys.indexOf(tier);

const life = fc.record({
  window: fc.constantFrom<TierWindow>(
    { kind: 'lifetime' },
    { kind: 'rolling', days: 60 },
    { kind: 'calendar-year' },
    { kind: 'anniversary' },
  ),
  zone: fc.constantFrom('Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Pacific/Apia'),
  downgrade: fc.constantFrom('recompute', 'one-down'),
  graceDays: fc.constantFrom(0, 10),
  now: fc.nat(1_000 * 24).map((hours) => BEGIN + hours * HOUR),
  orders: fc.array(
    fc.record({
      at: fc.nat(900 * 24).map((hours) => BEGIN + hours * HOUR),
      dollars: fc.integer({ min: 10, max: 400 }),
      back: fc.option(fc.integer({ min: 1, max: 3_000 })),
    }),
    { maxLength: 6 },
  ),
});
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

function lived({ window, zone, downgrade, graceDays, now, orders }: Life): Member {
  const document = ladder(plain, { window, graceDays, downgrade });
  const member = new Member(shopWith([[BEGIN - 100 * DAY, document]], { timeZone: zone }));
  member.createdAt = BEGIN - 50 * DAY;
  const told = orders.flatMap(({ at, dollars, back }, index): [number, OrderTidings][] => {
    const id = String(index + 1);
    const refundedAt = at + (back ?? 0) * HOUR;
    const bought1: [number, OrderTidings] = [at, bought(id, at, dollars)];
    return back === null
      ? [bought1]
      : [bought1, [refundedAt, paidBack(id, refundedAt, Math.ceil(dollars / 2))]];
  });
  for (const [at, tidings] of told.sort((a, b) => a[0] - b[0])) {
    if (at <= now) member.order(tidings, at);
  }
  return member.decide(now);
}

const buys = (member: Member, cents: number, placedAt: number): Member =>
  member.order(
    order({ placedAt, lines: [line({ priceMinor: cents })] }, { orderId: '99' }),
    placedAt,
  );

it('to the next tier, now and in the last moment in which it holds (law 6.2)', () => {
  fc.assert(
    fc.property(life, (one) => {
      const ladderNow = lived(one).decision?.ladder;
      if (!ladderNow?.next) return;
      const { next, have, nextBy } = ladderNow;
      const left = (next.need ?? 0) - have;
      expect(left).toBeGreaterThan(0);
      for (const at of [one.now + 1, (nextBy ?? one.now + 200 * DAY) - 1]) {
        if (at <= one.now) continue;
        expect(height(buys(lived(one), left, at))).toBeGreaterThanOrEqual(keys.indexOf(next.key));
        expect(height(buys(lived(one), left - 1, at))).toBeLessThan(keys.indexOf(next.key));
      }
    }),
    { numRuns: 60 },
  );
});

it('to keep the tier, and where the member goes without it (law 6.2)', () => {
  fc.assert(
    fc.property(life, (one) => {
      const member = lived(one);
      const keep = member.decision?.ladder?.keep;
      const stand = member.decision?.stand;
      if (!keep || keep.need === null || !stand?.termEnds) return;
      const left = keep.need - keep.have;
      expect(lived(one).decide(keep.ends).tier).toBe(keep.to?.key ?? null);
      if (left <= 0) expect(keep.to?.key).toBe(keep.rung.key);
      const at =
        stand.lapsesTo === undefined ? Math.min(one.now + 1, stand.termEnds - 1) : one.now + 1;
      if (left <= 0 || at <= one.now) return;
      const kept = buys(lived(one), left, at).decide(keep.ends);
      expect(height(kept)).toBeGreaterThanOrEqual(keys.indexOf(keep.rung.key));
    }),
    { numRuns: 60 },
  );
});
