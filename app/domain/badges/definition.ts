import type { z } from 'zod';
import type { Field, Words } from '../fields.ts';
import type { MemberFacts, Reach } from '../members/member-facts.ts';

/** A badge is earned once, on a condition over the member's facts. */
export interface BadgeDefinition<Settings = unknown> {
  readonly kind: string;
  readonly words: Words;
  readonly settings: z.ZodType<Settings>;
  readonly defaults: Settings;
  readonly fields: readonly Field[];
  readonly reach: (settings: Settings, facts: MemberFacts) => Reach;
}
