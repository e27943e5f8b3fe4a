/** Memberships that are sold as products: each piece that is bought adds the term of its plan. */
import { z } from 'zod';

/** How the programme's document writes keys, names and lists of Shopify's ids. */
interface Shapes {
  readonly key: z.ZodString;
  readonly name: z.ZodString;
  readonly texts: z.ZodArray<z.ZodString>;
}

export function membershipList({ key, name, texts }: Shapes) {
  const plan = z.strictObject({
    products: texts.default([]),
    variants: texts.default([]),
    /** Null for good. */
    length: z.int().min(1).max(3660).nullable().default(12),
    unit: z.enum(['days', 'months']).default('months'),
  });
  return z
    .array(
      z.strictObject({
        key,
        name,
        enabled: z.boolean(),
        plans: z.array(plan).min(1, { error: 'Say what is sold, and for how long.' }).max(10),
        /** Key of the tier that it grants while it runs. */
        tier: key.nullable().default(null),
        /** Days for which it holds on when it is not renewed. */
        graceDays: z.int().min(0).max(365).default(0),
        /** Days before its end at which the member is told; 0 for never. */
        noticeDays: z.int().min(0).max(365).default(7),
        /** Most members who may have it at a time. */
        limit: z.int().min(1).max(100_000_000).nullable().default(null),
        /** Key of the reward that comes with each piece. */
        reward: key.nullable().default(null),
      }),
    )
    .max(50)
    .default([]);
}

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const texts = z.array(text).max(250);

/** The same half typed. */
export const membershipDrafts = z
  .array(
    z.object({
      key: text,
      name: text,
      enabled: z.boolean(),
      plans: z
        .array(
          z.object({
            products: texts.default([]),
            variants: texts.default([]),
            length: figure.nullable().default(12),
            unit: text.default('months'),
          }),
        )
        .max(50),
      tier: text.nullable().default(null),
      graceDays: figure.default(0),
      noticeDays: figure.default(7),
      limit: figure.nullable().default(null),
      reward: text.nullable().default(null),
    }),
  )
  .max(200)
  .default([]);
