import type { z } from 'zod';
import type { Field, Words } from '../fields.ts';
import type { MemberFacts, Reach } from '../members/member-facts.ts';

/** A challenge has a window and a goal; `facts` holds only what falls into the window. */
export interface ChallengeDefinition<Settings = unknown> {
  readonly kind: string;
  readonly words: Words;
  readonly settings: z.ZodType<Settings>;
  readonly defaults: Settings;
  readonly fields: readonly Field[];
  readonly reach: (settings: Settings, facts: MemberFacts) => Reach;
}
