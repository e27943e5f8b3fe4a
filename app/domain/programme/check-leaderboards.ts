/** Whether leaderboards have seasons that come to an end, and prizes that are there. */
import type { DraftDocument } from './draft.ts';
import { unknownKeys } from './known-keys.ts';
import type { Fault } from './validate-programme.ts';

const NO_CHALLENGE = 'No challenge is known by this name any more.';

type Board = DraftDocument['leaderboards'][number];

/** What cannot be published. */
export function leaderboardFaults(document: DraftDocument): Fault[] {
  return document.leaderboards.flatMap((board, index) => {
    const place = `leaderboards.${index}`;
    const { challenges, challenge } = board.settings;
    const chosen = Array.isArray(challenges) ? challenges.map(String) : [];
    return [
      ...windowFaults(place, board),
      ...(board.kind === 'progress' && board.mostPerDay !== null
        ? [{ place: `${place}.mostPerDay`, message: 'Progress cannot be limited by the day.' }]
        : []),
      ...board.prizes.flatMap((prize, at) => prizeFaults(`${place}.prizes.${at}`, prize, document)),
      ...unknownKeys(`${place}.settings.challenges`, chosen, document.challenges, NO_CHALLENGE),
      ...(typeof challenge === 'string' && !document.challenges.some(({ key }) => key === challenge)
        ? [{ place: `${place}.settings.challenge`, message: NO_CHALLENGE }]
        : []),
    ];
  });
}

function windowFaults(place: string, { season, startsAt, endsAt }: Board): Fault[] {
  if (season !== 'fixed') return [];
  const [from, until] = [Date.parse(startsAt ?? ''), Date.parse(endsAt ?? '')];
  if (Number.isNaN(from)) return [{ place: `${place}.startsAt`, message: 'Choose its first day.' }];
  if (Number.isNaN(until)) return [{ place: `${place}.endsAt`, message: 'Choose its last day.' }];
  return until > from ? [] : [{ place: `${place}.endsAt`, message: 'Must end after it starts.' }];
}

function prizeFaults(
  place: string,
  { from, to, percent, points, reward, badge }: Board['prizes'][number],
  document: DraftDocument,
): Fault[] {
  const faults: Fault[] = [];
  const fault = (name: string, message: string): void =>
    void faults.push({ place: `${place}.${name}`, message });
  const byRank = from !== null || to !== null;
  if (byRank === (percent !== null)) {
    fault('from', 'Choose ranks or a share of the members, not both.');
  } else if (byRank && (from === null || to === null || Number(to) < Number(from))) {
    fault('to', 'Write the first and the last rank.');
  }
  if (Number(points) === 0 && reward === null && badge === null) {
    fault('points', 'It gives nothing: choose points, a reward or a badge.');
  }
  if (badge !== null && !document.badges.some(({ key }) => key === badge)) {
    fault('badge', 'No badge is known by this name any more.');
  }
  return faults;
}

/** What can be published, and is hardly meant. */
export function leaderboardWarnings({ leaderboards, maturityDays }: DraftDocument): Fault[] {
  return leaderboards.flatMap(({ season, startsAt, endsAt, prizes, settleDays }, index) => {
    const warnings: Fault[] = [];
    const place = `leaderboards.${index}`;
    if (season !== 'fixed' && (startsAt !== null || endsAt !== null)) {
      const message = 'These days play no part: it begins anew by the calendar.';
      warnings.push({ place: `${place}.startsAt`, message });
    }
    if (prizes.length > 0 && Number(settleDays) < Number(maturityDays)) {
      const message = 'Prizes are given before orders can no longer be returned.';
      warnings.push({ place: `${place}.settleDays`, message });
    }
    return warnings;
  });
}
