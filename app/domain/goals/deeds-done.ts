/** "Visit on ten days", "share three times": what members do besides buying and reviewing. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';

const DEEDS = ['visit', 'social-follow', 'social-share', 'survey', 'receipt', 'custom'] as const;

const settings = z.strictObject({
  deed: z.enum(DEEDS),
  count: z.int().min(1).max(10_000),
  /** A network, a survey, an action; empty for any. */
  only: z.string().regex(/^[A-Za-z0-9._-]{0,60}$/, {
    error: 'Use letters, digits, dots and dashes.',
  }),
});

export const deedsDone: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'deeds',
  words: {
    label: 'Visit, share, follow, answer',
    help: 'Reached with a number of things that members did. The programme needs a way to earn for them.',
  },
  settings,
  defaults: { deed: 'visit', count: 10, only: '' },
  fields: [
    {
      name: 'deed',
      input: 'choice',
      label: 'What is done',
      choices: [
        { value: 'visit', label: 'days with a visit' },
        { value: 'social-follow', label: 'networks followed' },
        { value: 'social-share', label: 'days shared on a network' },
        { value: 'survey', label: 'surveys answered' },
        { value: 'receipt', label: 'receipts approved' },
        { value: 'custom', label: 'custom actions' },
      ],
    },
    { name: 'count', input: 'integer', label: 'How many' },
    {
      name: 'only',
      input: 'text',
      label: 'Only this one',
      help: 'The network, survey or action by its key. Leave empty for any.',
      more: true,
    },
  ],
  measure: { setting: 'count', of: 'count' },
  listens: ({ deed }) => [`activity:${deed}`],
  reach: ({ deed, count, only }, { deeds }) => {
    const done = deeds.filter(
      ({ kind, id, content }) =>
        kind === deed &&
        (only === '' || [id, content['network'], content['action']].includes(only)),
    );
    return {
      have: Math.min(done.length, count),
      need: count,
      counted: [],
      completedAt: done[count - 1]?.at ?? null,
    };
  },
};
