/** Whether streaks can be kept, and give what is there; and whether multipliers that are prizes are any. */
import type { DraftDocument } from './draft.ts';
import { twice } from './known-keys.ts';
import type { Fault } from './validate-programme.ts';
import { valueAt } from './value-at.ts';
import { streakKept } from '../goals/streak.ts';

type StreakDraft = DraftDocument['streaks'][number];

const DAY_HOURS = 24;
const LONGEST_WARNING: Readonly<Record<string, number>> = {
  day: DAY_HOURS - 1,
  week: 7 * DAY_HOURS - 1,
};

/** What cannot be published. */
export function streakFaults(document: DraftDocument): Fault[] {
  return [
    ...twice('streaks', document.streaks),
    ...document.streaks.flatMap((streak, index) => {
      const place = `streaks.${index}`;
      return [
        ...freezeFaults(place, streak),
        ...milestoneFaults(place, streak, document),
        ...timeFaults(place, streak),
      ];
    }),
    ...goalsWithout(document),
    ...document.challenges.flatMap(({ prizeMultiplier }, index) =>
      multiplierFaults(`challenges.${index}.prizeMultiplier`, prizeMultiplier),
    ),
  ];
}

function freezeFaults(place: string, { freezes }: StreakDraft): Fault[] {
  const { atStart, cost, earnEvery } = freezes;
  const most = Number(freezes.most);
  if (Number(atStart) > most) {
    const message = 'These are more than the most that a member may hold.';
    return [{ place: `${place}.freezes.atStart`, message }];
  }
  if (most === 0 && (cost !== null || earnEvery !== null)) {
    const message = 'Nobody may hold a freeze: write at least 1.';
    return [{ place: `${place}.freezes.most`, message }];
  }
  return [];
}

function milestoneFaults(
  place: string,
  { milestones }: StreakDraft,
  { badges }: DraftDocument,
): Fault[] {
  return milestones.flatMap((milestone, index) => {
    const at = `${place}.milestones.${index}`;
    const faults: Fault[] = [];
    const { points, reward, badge, multiplier } = milestone;
    if (milestones.findIndex((other) => Number(other.at) === Number(milestone.at)) !== index) {
      faults.push({ place: `${at}.at`, message: 'There is one for this length already.' });
    }
    if (Number(points) === 0 && reward === null && badge === null && multiplier === '') {
      faults.push({ place: `${at}.points`, message: 'It gives nothing.' });
    }
    if (badge !== null && !badges.some(({ key }) => key === badge)) {
      faults.push({ place: `${at}.badge`, message: 'No badge is known by this name any more.' });
    }
    return [...faults, ...multiplierFaults(`${at}.multiplier`, multiplier)];
  });
}

/** What is no number at all the document's shape says. */
function multiplierFaults(place: string, text: string): Fault[] {
  const by = Number(text);
  return text !== '' && by <= 1 ? [{ place, message: 'A prize multiplies by more than 1.' }] : [];
}

function timeFaults(place: string, { period, warnHours, startsAt, endsAt }: StreakDraft): Fault[] {
  const faults: Fault[] = [];
  const longest = LONGEST_WARNING[period];
  if (longest !== undefined && Number(warnHours) > longest) {
    const message = `A ${period} is shorter: write ${longest} at most.`;
    faults.push({ place: `${place}.warnHours`, message });
  }
  if (startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt)) {
    faults.push({ place: `${place}.endsAt`, message: 'Must end after it starts.' });
  }
  return faults;
}

/** Badges and challenges that ask for a streak which is not there. */
function goalsWithout({ streaks, badges, challenges }: DraftDocument): Fault[] {
  const known = new Set(['', ...streaks.map(({ key }) => key)]);
  const message = 'No streak is known by this name any more.';
  return [...askedIn('badges', badges), ...askedIn('challenges', challenges)].flatMap(
    ([place, key]) => (known.has(key) ? [] : [{ place, message }]),
  );
}

/** However deep it stands: goals are made of others. */
function askedIn(place: string, value: unknown): (readonly [place: string, streak: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const asked = valueAt(value, 'settings.streak');
  const here = valueAt(value, 'kind') === streakKept.kind && typeof asked === 'string';
  return [
    ...(here ? [[`${place}.settings.streak`, asked] as const] : []),
    ...Object.entries(value).flatMap(([key, part]) => askedIn(`${place}.${key}`, part)),
  ];
}
