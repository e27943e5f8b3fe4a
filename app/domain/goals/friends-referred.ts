/** "Three friends": who came by the member's code and brought a prize. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';

const settings = z.strictObject({ count: z.int().min(1).max(1000) });

export const friendsReferred: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'referrals',
  words: {
    label: 'Refer friends',
    help: 'Reached with a number of friends whose orders have passed the return window. Needs referrals to be on.',
  },
  settings,
  defaults: { count: 3 },
  fields: [{ name: 'count', input: 'integer', label: 'How many friends', unit: 'friends' }],
  measure: { setting: 'count', of: 'count' },
  listens: () => ['referral'],
  reach: ({ count }, { referrals }) => ({
    have: Math.min(referrals.length, count),
    need: count,
    counted: [],
    completedAt: referrals[count - 1]?.at ?? null,
  }),
};
