/** The rewards of a programme, as the merchant writes them. */
import { z } from 'zod';
import {
  audience,
  definition,
  instant,
  LIMIT_PERIODS,
  settings,
} from '../programme/document-parts.ts';
import { EVERYBODY, segmentShape } from '../segments/segment.ts';

/** Members may have to meet conditions besides: they are asked when points are spent, by what is known then. */
const rewardAudience = audience
  .unwrap()
  .extend({ segment: segmentShape.default(EVERYBODY) })
  .prefault({});

export const rewardList = z
  .array(
    z.strictObject({
      ...definition,
      /** What it costs; of a reward with steps, one step. */
      points: z.int().min(1).max(1_000_000_000),
      /** Whether members can spend points on it; it is a prize or a gift otherwise. */
      forPoints: z.boolean().default(true),
      description: z.string().trim().max(300).default(''),
      image: z
        .string()
        .max(1000)
        .regex(/^(https:\/\/\S+)?$/, { error: 'Write an https address.' })
        .default(''),
      audience: rewardAudience,
      startsAt: instant.nullable().default(null),
      endsAt: instant.nullable().default(null),
      /** Days for which it can be used; null for good. */
      validDays: z.int().min(1).max(3660).nullable().default(90),
      /** How many there are for everybody together. */
      stock: z.int().min(0).max(1_000_000_000).nullable().default(null),
      perMember: z
        .array(
          z.strictObject({
            most: z.int().min(1).max(1_000_000),
            of: z.literal('times'),
            per: z.enum(LIMIT_PERIODS),
          }),
        )
        .max(5)
        .default([]),
      settings,
    }),
  )
  .max(100)
  .default([]);
