/**
 * The programme: everything a merchant configures, as one typed document. A draft is edited;
 * publishing makes an immutable version; the engine decides by the version in force.
 */
import { z } from 'zod';
import { badgeDefinitions } from '../badges/registry.ts';
import { challengeDefinitions } from '../challenges/registry.ts';
import { earningDefinitions } from '../earning/registry.ts';
import type { Moment } from '../time/shop-time.ts';

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'Use small letters, digits and dashes.' });
const name = z.string().trim().min(1, { error: 'Give it a name.' }).max(60);
const pointsGiven = z.int().min(0).max(1_000_000);
/** An instant in ISO 8601, e.g. "2026-11-22T00:00:00Z". */
const instant = z.iso.datetime({ offset: true });

/** Settings stay unknown here: the definition of the kind knows them (see validate-programme.ts). */
const definition = { key, kind: z.string().min(1).max(60), name, enabled: z.boolean() };

export const programmeDocument = z.strictObject({
  schema: z.literal(1),
  name,
  word: z.strictObject({ one: name, other: name }),
  earning: z.array(z.strictObject({ ...definition, settings: z.unknown() })).max(50),
  tiers: z.strictObject({
    metric: z.string(),
    window: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('lifetime') }),
      z.strictObject({ kind: z.literal('rolling'), days: z.int().min(1).max(1830) }),
      z.strictObject({ kind: z.literal('calendar-year') }),
    ]),
    /** Days a tier is kept after its term when the member did not requalify. */
    graceDays: z.int().min(0).max(365),
    levels: z
      .array(
        z.strictObject({
          key,
          name,
          /** In the metric's unit, written by a person: "200" or "200.00". */
          need: z.string(),
          multiplier: z
            .string()
            .regex(/^\d{1,2}(\.\d{1,3})?$/, { error: 'Write a number like 1.5.' }),
        }),
      )
      .max(20),
  }),
  badges: z
    .array(z.strictObject({ ...definition, bonusPoints: pointsGiven, settings: z.unknown() }))
    .max(100),
  challenges: z
    .array(
      z.strictObject({
        ...definition,
        prizePoints: pointsGiven,
        startsAt: instant.nullable(),
        endsAt: instant.nullable(),
        settings: z.unknown(),
      }),
    )
    .max(100),
  /** Points become available this many days after the order was paid. */
  maturityDays: z.int().min(0).max(365),
  /** What a clawback may take when the points were spent. */
  clawback: z.enum(['unlimited', 'within-balance', 'only-pending']),
  /** Whether orders from before the first version earn by the first version. */
  pastOrdersEarn: z.boolean(),
  testOrdersEarn: z.boolean(),
});

export type ProgrammeDocument = z.infer<typeof programmeDocument>;

export interface ProgrammeVersion {
  readonly version: number;
  readonly effectiveAt: Moment;
  readonly document: ProgrammeDocument;
}

/** The first draft of a new shop: sensible, small, and not published. */
export function firstDraft(shopName: string): ProgrammeDocument {
  const settingsOf = (
    registry: { find: (kind: string) => { defaults: unknown } | null },
    kind: string,
  ): unknown => registry.find(kind)?.defaults;
  return {
    schema: 1,
    name: `${writable(shopName).slice(0, 52).trim() || 'Our'} rewards`.toWellFormed(),
    word: { one: 'point', other: 'points' },
    earning: [
      {
        key: 'order',
        kind: 'order',
        name: 'Buying',
        enabled: true,
        settings: settingsOf(earningDefinitions, 'order'),
      },
      {
        key: 'join',
        kind: 'join',
        name: 'Joining',
        enabled: true,
        settings: settingsOf(earningDefinitions, 'join'),
      },
      {
        key: 'review',
        kind: 'review',
        name: 'Reviewing',
        enabled: true,
        settings: settingsOf(earningDefinitions, 'review'),
      },
    ],
    tiers: {
      metric: 'spend',
      window: { kind: 'lifetime' },
      graceDays: 30,
      levels: [
        { key: 'bronze', name: 'Bronze', need: '0', multiplier: '1' },
        { key: 'silver', name: 'Silver', need: '200', multiplier: '1.25' },
        { key: 'gold', name: 'Gold', need: '500', multiplier: '1.5' },
      ],
    },
    badges: [
      {
        key: 'super-fan',
        kind: 'reviews-published',
        name: 'Super Fan',
        enabled: true,
        bonusPoints: 100,
        settings: settingsOf(badgeDefinitions, 'reviews-published'),
      },
    ],
    challenges: [
      {
        key: 'explorer',
        kind: 'distinct-purchases',
        name: 'Explorer',
        enabled: true,
        prizePoints: 150,
        startsAt: null,
        endsAt: null,
        settings: settingsOf(challengeDefinitions, 'distinct-purchases'),
      },
    ],
    maturityDays: 0,
    clawback: 'unlimited',
    pastOrdersEarn: false,
    testOrdersEarn: false,
  };
}

/** Without the NUL and the half characters that no database keeps. */
function writable(name: string): string {
  return name.replaceAll('\0', '').toWellFormed().trim();
}
