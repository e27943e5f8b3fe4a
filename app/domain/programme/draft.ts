/**
 * A draft as it is while somebody types: the shape of a programme, with texts where a number is not
 * one yet. It can be drawn and kept; whether it can be published, validate-programme.ts says.
 */
import { z } from 'zod';

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const configured = {
  key: text,
  kind: text,
  name: text,
  enabled: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
};

export const draftDocument = z.object({
  schema: z.literal(1),
  name: text,
  word: z.object({ one: text, other: text }),
  earning: z.array(z.object(configured)).max(200),
  tiers: z.object({
    metric: text,
    window: z.object({ kind: text, days: figure.optional() }),
    graceDays: figure,
    levels: z.array(z.object({ key: text, name: text, need: text, multiplier: text })).max(200),
  }),
  badges: z.array(z.object({ ...configured, bonusPoints: figure })).max(200),
  challenges: z
    .array(
      z.object({
        ...configured,
        prizePoints: figure,
        startsAt: text.nullable(),
        endsAt: text.nullable(),
      }),
    )
    .max(200),
  maturityDays: figure,
  clawback: text,
  pastOrdersEarn: z.boolean(),
  testOrdersEarn: z.boolean(),
});

export type DraftDocument = z.infer<typeof draftDocument>;
export type ConfiguredDraft = DraftDocument['earning'][number];
export type TierDraft = DraftDocument['tiers']['levels'][number];

/** A key that none of these has: "order", then "order-2". Keys stay when names change. */
export function freeKey(wanted: string, taken: readonly { readonly key: string }[]): string {
  const base = wanted
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 34);
  const key = base === '' ? 'part' : base;
  const keys = new Set(taken.map((one) => one.key));
  if (!keys.has(key)) return key;
  for (let number = 2; ; number += 1) {
    if (!keys.has(`${key}-${number}`)) return `${key}-${number}`;
  }
}
