/** Shopify Flow's action "award points": values may be texts, whatever their field's type. */
import { z } from 'zod';
import { gid, id } from './parts.ts';
import { deed } from '../../domain/activities/activity.ts';
import type { FactTidings } from '../../domain/tidings.ts';

const whole = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^\d{1,9}(\.0+)?$/),
  ])
  .transform(Number)
  .pipe(z.int().min(1).max(1_000_000));

const flow = z.object({
  action_run_id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  properties: z.object({
    customer_id: z.union([id, gid]),
    action: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    /** Left empty, it is what the rule says. */
    points: z
      .union([z.literal(''), whole])
      .nullable()
      .optional(),
  }),
});

export function readFlowAward(body: unknown, { toldAt }: { readonly toldAt: number }): FactTidings {
  const { action_run_id: run, properties } = flow.parse(body);
  const { customer_id: customerId, action, points } = properties;
  const said = typeof points === 'number' ? { points } : {};
  return {
    kind: 'activity',
    whose: { customerId },
    activity: deed('custom', `flow:${run}`, toldAt, { action, ...said }),
  };
}
