/** Quizzes and votes of the programme: what is asked, what may be chosen, what answering brings. */
import { z } from 'zod';
import { audience, instant, key, name, prize, settings } from '../programme/document-parts.ts';

export const MOST_QUESTIONS = 20;
export const MOST_CHOICES = 12;
/** Answers are kept as keys: their length bounds what a member's answers take. */
export const LONGEST_KEY = 20;

/** When members see how everybody answered. */
export const RESULTS_SHOWN = ['never', 'answered', 'ended'] as const;

const words = z.string().trim().max(300);
const shortText = z.string().trim().min(1, { error: 'Write what members read.' }).max(200);

const shortKey = key.max(LONGEST_KEY);

const question = z.strictObject({
  key: shortKey,
  text: shortText,
  choices: z
    .array(z.strictObject({ key: shortKey, text: shortText }))
    .min(2, { error: 'Give at least two answers to choose from.' })
    .max(MOST_CHOICES),
  /** Whether several answers may be chosen. */
  several: z.boolean().default(false),
  required: z.boolean().default(true),
  /** Keys of the right answers; empty where none is right or wrong. */
  right: z.array(shortKey).max(MOST_CHOICES).default([]),
});

export const quizList = z
  .array(
    z.strictObject({
      key,
      kind: z.string().min(1).max(60),
      name,
      enabled: z.boolean(),
      words: words.default(''),
      questions: z
        .array(question)
        .min(1, { error: 'Ask at least one question.' })
        .max(MOST_QUESTIONS),
      prize: z.strictObject(prize).prefault({}),
      startsAt: instant.nullable().default(null),
      endsAt: instant.nullable().default(null),
      audience,
      /** Whether answers can be changed for as long as it runs. */
      changeable: z.boolean().default(false),
      resultsShown: z.enum(RESULTS_SHOWN).default('never'),
      settings,
    }),
  )
  .max(50)
  .default([]);

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const texts = z.array(text).max(250);

/** The same half typed. */
export const quizDrafts = z
  .array(
    z.object({
      key: text,
      kind: text,
      name: text,
      enabled: z.boolean(),
      words: text.default(''),
      questions: z
        .array(
          z.object({
            key: text,
            text,
            choices: z.array(z.object({ key: text, text })).max(100),
            several: z.boolean().default(false),
            required: z.boolean().default(true),
            right: texts.default([]),
          }),
        )
        .max(100),
      prize: z
        .object({
          points: figure.default(0),
          reward: text.nullable().default(null),
          badge: text.nullable().default(null),
        })
        .prefault({}),
      startsAt: text.nullable().default(null),
      endsAt: text.nullable().default(null),
      audience: z
        .object({
          tiers: texts.default([]),
          tags: texts.default([]),
          withoutTags: texts.default([]),
        })
        .prefault({}),
      changeable: z.boolean().default(false),
      resultsShown: text.default('never'),
      settings: z.record(z.string(), z.unknown()),
    }),
  )
  .max(200)
  .default([]);
