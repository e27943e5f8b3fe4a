/** The parts of a quiz as lines that can be compared, such as "Which tea?* (Green ✓ / Black)". */
import { z } from 'zod';
import { answerRefs } from './answer-ref.ts';
import type { DraftDocument } from '../programme/draft.ts';

const questions = z
  .array(
    z.object({
      text: z.string(),
      choices: z.array(z.object({ key: z.string(), text: z.string() })),
      several: z.boolean().default(false),
      required: z.boolean().default(true),
      right: z.array(z.string()).default([]),
    }),
  )
  .catch([]);

/** A star says that it must be answered, a box that several answers may be chosen. */
export function questionsShown(value: unknown): readonly string[] {
  return questions.parse(value).map(({ text, choices, several, required, right }) => {
    const written = choices.map((one) => (right.includes(one.key) ? `${one.text} ✓` : one.text));
    return `${text}${required ? '*' : ''} (${several ? '☐ ' : ''}${written.join(' / ')})`;
  });
}

const weights = z
  .array(z.object({ tier: z.string(), weight: z.union([z.number(), z.string()]) }))
  .catch([]);

export function weightsShown(value: unknown, document?: DraftDocument): readonly string[] {
  const names = new Map(document?.tiers.levels.map(({ key, name }) => [key, name]));
  return weights.parse(value).map(({ tier, weight }) => `${names.get(tier) ?? tier} × ${weight}`);
}

export function answerShown(value: unknown, document?: DraftDocument): string {
  const asked = answerRefs(document?.quizzes ?? []).find(({ ref }) => ref === value);
  return asked?.words.join(': ') ?? String(value);
}
