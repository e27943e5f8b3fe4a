/** The goals that another is made of, as they are while somebody types. */
import { z } from 'zod';

const step = z.object({
  kind: z.string(),
  name: z.string().default(''),
  settings: z.record(z.string(), z.unknown()),
});
export type DraftStep = z.infer<typeof step>;

export function draftSteps(value: unknown): readonly DraftStep[] {
  return z.array(step).catch([]).parse(value);
}
