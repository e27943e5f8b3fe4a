import type { z } from 'zod';
import type { Field, Words } from '../fields.ts';
import type { Score } from './score.ts';

/** What members are asked for: what they like and know, or their voice. */
export interface QuizDefinition<Settings = unknown> {
  readonly kind: string;
  readonly words: Words;
  readonly settings: z.ZodType<Settings>;
  readonly defaults: Settings;
  readonly fields: readonly Field[];
  /** Whether answers can be right or wrong. */
  readonly hasRightAnswers: boolean;
  /** Right answers that the prize asks for; null where answering is enough. */
  readonly leastRight: (settings: Settings) => number | null;
  readonly isWon: (settings: Settings, score: Score) => boolean;
  /** What an answer of a member of this tier weighs; null where all weigh the same. */
  readonly weightOf: (settings: Settings, tierKey: string | null) => number | null;
}
