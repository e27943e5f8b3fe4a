/** A segment: members who meet all of its conditions, or any; without conditions everybody. */
import { z } from 'zod';
import { conditionDefinitions } from './registry.ts';
import type { Fault } from '../programme/validate-programme.ts';

export const segmentShape = z.strictObject({
  match: z.enum(['all', 'any']),
  conditions: z
    .array(
      z.strictObject({
        kind: z.string().max(60),
        /** Members who do not meet it. */
        not: z.boolean(),
        settings: z.record(z.string(), z.unknown()),
      }),
    )
    .max(20),
});

/** As it is while somebody types. */
export const segmentDraft = z
  .object({
    match: z.string().max(60).default('all'),
    conditions: z
      .array(
        z.object({
          kind: z.string().max(60),
          not: z.boolean().default(false),
          settings: z.record(z.string(), z.unknown()).default({}),
        }),
      )
      .max(20)
      .default([]),
  })
  .prefault({});

export type Segment = z.infer<typeof segmentShape>;
export type SegmentDraft = z.infer<typeof segmentDraft>;
export type Condition = Segment['conditions'][number];

export const EVERYBODY: Segment = { match: 'all', conditions: [] };

/** @returns a fault for each place of a condition that cannot be asked, e.g. "conditions.0.settings.days" */
export function segmentFaults({ conditions }: Pick<Segment, 'conditions'>): readonly Fault[] {
  return conditions.flatMap(({ kind, settings }, index) => {
    const place = `conditions.${index}`;
    const definition = conditionDefinitions.find(kind);
    if (!definition) {
      return [{ place: `${place}.kind`, message: `This Laurel knows no condition "${kind}".` }];
    }
    const read = definition.settings.safeParse(settings);
    return (read.error?.issues ?? []).map((issue) => ({
      place: [`${place}.settings`, ...issue.path.map(String)].join('.'),
      message: issue.message,
    }));
  });
}
