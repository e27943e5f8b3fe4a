import type { z } from 'zod';
import type { Field, Words } from '../fields.ts';

/** A kind of game: what it is called, what it asks besides, and when it draws. */
export interface GameDefinition<S = unknown> {
  readonly kind: string;
  readonly words: Words;
  readonly fields: readonly Field[];
  readonly settings: z.ZodType<S>;
  readonly defaults: S;
  /** `at-once`: each play by chances. `at-the-end`: plays are tickets, of which prizes are drawn. */
  readonly draws: 'at-once' | 'at-the-end';
}
