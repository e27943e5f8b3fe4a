/** "Member before 2027", "a member for a year", "told us their birthday". */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import type { Reach } from './goal-facts.ts';
import { instant } from '../programme/document-parts.ts';
import { addDays } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

const settings = z.strictObject({
  what: z.enum(['joined-before', 'member-for', 'birthday-known']),
  before: instant,
  days: z.int().min(1).max(36_600),
});

export const memberDates: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'member-dates',
  words: {
    label: 'Joined before a day, member for a time',
    help: 'Reached by when somebody became a member, or by having told the birthday.',
  },
  settings,
  defaults: { what: 'member-for', before: '2027-01-01T00:00:00Z', days: 365 },
  fields: [
    {
      name: 'what',
      input: 'choice',
      label: 'Reached by',
      choices: [
        { value: 'member-for', label: 'being a member for some days' },
        { value: 'joined-before', label: 'having joined before a day' },
        { value: 'birthday-known', label: 'having told the birthday' },
      ],
    },
    { name: 'days', input: 'integer', label: 'Member for', unit: 'days' },
    { name: 'before', input: 'first-day', label: 'Joined before' },
  ],
  listens: ({ what }) => [what === 'birthday-known' ? 'activity:birthday' : 'membership'],
  reach: ({ what, before, days }, { joinedAt, deeds, timeZone, now }) => {
    switch (what) {
      case 'birthday-known':
        return atMoment(deeds.find(({ kind }) => kind === 'birthday')?.at ?? null, now);
      case 'joined-before':
        return atMoment(joinedAt !== null && joinedAt < Date.parse(before) ? joinedAt : null, now);
      case 'member-for':
        return atMoment(joinedAt === null ? null : addDays(joinedAt, days, timeZone), now);
    }
  },
};

function atMoment(completedAt: Moment | null, now: Moment): Reach {
  const have = completedAt !== null && completedAt <= now ? 1 : 0;
  return { have, need: 1, counted: [], completedAt };
}
