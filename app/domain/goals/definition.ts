import type { z } from 'zod';
import type { Field, Words } from '../fields.ts';
import type { GoalFacts, Reach, Topic } from './goal-facts.ts';

/**
 * What a member can reach: the condition of a badge, what a challenge asks for, a step of several. A pure
 * reducer over the facts that it is given, so that edits, refunds and late facts move it both ways.
 */
export interface GoalDefinition<Settings = unknown> {
  readonly kind: string;
  readonly words: Words;
  readonly settings: z.ZodType<Settings>;
  readonly defaults: Settings;
  readonly fields: readonly Field[];
  /** What it looks at: of whom none of these is known, it is not asked, and nothing of it is reached. */
  readonly listens: (settings: Settings) => readonly Topic[];
  /**
   * Of one that looks at orders alone, and only at some of them: traits of which a kept line has at least
   * one, e.g. "product:77". Whoever bought nothing of the kind is not asked about it.
   */
  readonly traits?: (settings: Settings) => readonly string[];
  /** The setting that says how much is asked for; levels of a badge put their own in its place. */
  readonly measure?: { readonly setting: string; readonly of: 'count' | 'money' };
  readonly reach: (settings: Settings, facts: GoalFacts) => Reach;
}
