import type { z } from 'zod';
import type { Field, Words } from '../fields.ts';

/**
 * A condition that members meet or not, by what is kept of them. What it asks of the database stands in
 * storage/segments, under the same kind.
 */
export interface ConditionDefinition<Settings = unknown> {
  readonly kind: string;
  readonly words: Words;
  readonly settings: z.ZodType<Settings>;
  readonly defaults: Settings;
  readonly fields: readonly Field[];
}
