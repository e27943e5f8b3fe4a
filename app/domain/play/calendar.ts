/** What runs when: rounds of challenges, seasons of badges and leaderboards, each as a time of its own. */
import type { CalendarSpan } from '../campaigns/calendar-span.ts';
import type { CampaignState, Window } from '../campaigns/campaign-state.ts';
import { roundAt } from '../time/rounds.ts';
import type { Every } from '../time/rounds.ts';
import type { KnownPart, PlayList } from './known-parts.ts';

export interface CalendarLine {
  readonly list: PlayList;
  readonly key: string;
  readonly name: string;
  readonly state: CampaignState;
  /** Within the span, as far as it reaches a little beyond it. */
  readonly windows: readonly Window[];
}

/** Parts that lie in the span at all; a draft without a first day stands nowhere yet. */
export function calendarLines(
  parts: readonly KnownPart[],
  span: CalendarSpan,
  zone: string,
): readonly CalendarLine[] {
  return parts.flatMap((part): CalendarLine[] => {
    const whole = wholeOf(part);
    const startsAt = Math.max(whole.startsAt, span.startsAt - 1);
    const endsAt = Math.min(whole.endsAt, span.endsAt + 1);
    if (startsAt >= endsAt || startsAt >= span.endsAt || endsAt <= span.startsAt) return [];
    const { list, key, name, state } = part;
    const every = everyOf(part);
    const windows = every ? roundsIn({ startsAt, endsAt }, every, zone) : [{ startsAt, endsAt }];
    return [{ list, key, name, state, windows }];
  });
}

function wholeOf({ startsAt, endsAt, since, goneAt, state }: KnownPart): Window {
  const begins = state === 'draft' ? Infinity : (since ?? -Infinity);
  return {
    startsAt: startsAt === null ? begins : Math.max(startsAt, since ?? -Infinity),
    endsAt: Math.min(endsAt ?? Infinity, goneAt ?? Infinity),
  };
}

const ROUNDS: readonly string[] = ['week', 'month', 'quarter', 'year'];

/** Null for what does not come again. */
function everyOf(part: KnownPart): Every | null {
  const every = rhythmOf(part);
  return ROUNDS.includes(every) ? (every as Every) : null;
}

function rhythmOf(part: KnownPart): string {
  const { list, item } = part as AnyPart;
  switch (list) {
    case 'challenges':
      return item.window.kind === 'recurring' ? item.window.every : '';
    case 'badges':
    case 'leaderboards':
      return item.season;
    case 'streaks':
    case 'games':
    case 'quizzes':
      return '';
  }
}

type AnyPart = { [List in PlayList]: Pick<KnownPart<List>, 'list' | 'item'> }[PlayList];

function roundsIn({ startsAt, endsAt }: Window, every: Every, zone: string): readonly Window[] {
  const rounds: Window[] = [];
  for (let at = startsAt; at < endsAt;) {
    const round = roundAt(at, every, zone);
    rounds.push({
      startsAt: Math.max(round.from, startsAt),
      endsAt: Math.min(round.until, endsAt),
    });
    at = round.until;
  }
  return rounds;
}
