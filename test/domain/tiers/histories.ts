/** Histories of members on ladders, for the model to live through. */
import fc from 'fast-check';
import { ladderWith, rung } from './ladders.ts';
import type { Ladder, TierWindow } from '../../../app/domain/tiers/climb.ts';
import { day } from '../fixtures.ts';

export interface Purchase {
  readonly on: number;
  /** Below nothing for a deduction by hand. */
  readonly amount: number;
  /** Days later, and how much of it. */
  readonly refund: { readonly after: number; readonly amount: number } | null;
  /** The tier that the product grants, for how many days; gone with the refund. */
  readonly grants: { readonly tierKey: string; readonly days: number | null } | null;
}

export interface Grant {
  readonly tierKey: string;
  readonly on: number;
  readonly days: number | null;
  readonly revokedOn: number | null;
}

export interface History {
  readonly ladders: readonly Ladder[];
  readonly purchases: readonly Purchase[];
  readonly grants: readonly Grant[];
  /** A day's number: 1 is the first of January 2026. */
  readonly joined: number;
}

const someWindow: fc.Arbitrary<TierWindow> = fc.oneof(
  fc.constant<TierWindow>({ kind: 'lifetime' }),
  fc.constant<TierWindow>({ kind: 'calendar-year' }),
  fc.constant<TierWindow>({ kind: 'anniversary' }),
  fc.integer({ min: 20, max: 200 }).map((days): TierWindow => ({ kind: 'rolling', days })),
);

/** Every ladder lasts; a window of another kind would leave terms that neither side could name. */
const someLadders: fc.Arbitrary<Ladder[]> = fc
  .record({
    window: someWindow,
    changes: fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 2 }),
    graceDays: fc.constantFrom(0, 0, 10, 30),
    downgrade: fc.constantFrom('recompute', 'one-down'),
    lowersAtOnce: fc.boolean(),
    needs: fc.array(fc.uniqueArray(fc.constantFrom(0, 40, 80, 120, 160), { maxLength: 4 }), {
      minLength: 3,
      maxLength: 3,
    }),
    onlyGranted: fc.constantFrom(-1, -1, 1, 2),
  })
  .map(({ changes, needs, onlyGranted, ...settings }) =>
    [1, ...changes.filter((from) => from > 1)]
      .sort((a, b) => a - b)
      .map((from, version) =>
        ladderWith({
          ...settings,
          from: day(from),
          rungs: [...(needs[version] ?? [])]
            .sort((a, b) => a - b)
            .map((need, index) =>
              rung(`t${index}`, index === onlyGranted ? null : need, {
                multiplier: `1.${version}`,
              }),
            ),
        }),
      ),
  );

const someTier = fc.constantFrom('t0', 't1', 't2', 't3');
const someDays = fc.option(fc.integer({ min: 5, max: 250 }));

const purchase: fc.Arbitrary<Purchase> = fc
  .record({
    on: fc.integer({ min: 1, max: 900 }),
    amount: fc.integer({ min: -40, max: 200 }).filter((amount) => amount !== 0),
    refund: fc.option(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 100 }))),
    grants: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.record({ tierKey: someTier, days: someDays }) },
    ),
  })
  .map(({ on, amount, refund, grants }) => ({
    ...{ on, amount, grants },
    refund:
      refund && amount > 0
        ? { after: refund[0], amount: Math.ceil((amount * refund[1]) / 100) }
        : null,
  }));

export const someHistory: fc.Arbitrary<History> = fc.record({
  ladders: someLadders,
  purchases: fc.array(purchase, { maxLength: 8 }),
  grants: fc
    .array(
      fc.record({
        tierKey: someTier,
        on: fc.integer({ min: 1, max: 900 }),
        days: someDays,
        revokedAfter: fc.option(fc.integer({ min: 0, max: 200 })),
      }),
      { maxLength: 2 },
    )
    .map((grants) =>
      grants.map(({ revokedAfter, ...grant }) => ({
        ...grant,
        revokedOn: revokedAfter === null ? null : grant.on + revokedAfter,
      })),
    ),
  // The 29th of February 2024, and days before and after the programme began.
  joined: fc.oneof(fc.constant(-671), fc.integer({ min: -700, max: 400 })),
});
