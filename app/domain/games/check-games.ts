/** Whether games can be played, won and paid for. */
import { gameDefinitions } from './registry.ts';
import { WHOLE } from './draw.ts';
import type { DraftDocument, GameDraft } from '../programme/draft.ts';
import { twice } from '../programme/known-keys.ts';
import type { Fault } from '../programme/validate-programme.ts';

/** What cannot be published. */
export function gameFaults(document: DraftDocument): Fault[] {
  return document.games.flatMap((game, index) => {
    const place = `games.${index}`;
    const atTheEnd = drawsAtTheEnd(game);
    return [
      ...twice(`${place}.prizes`, game.prizes),
      ...prizeFaults(place, game, document),
      ...(atTheEnd ? giveawayFaults(place, game) : chanceFaults(place, game)),
      ...entryFaults(place, game, document),
      ...windowFaults(place, game),
      ...countryFaults(place, game),
    ];
  });
}

/** What can be published, and is hardly meant. */
export function gameWarnings({ games }: DraftDocument): Fault[] {
  return games.flatMap((game, index) => {
    const place = `games.${index}`;
    const warnings: Fault[] = [];
    const { points, perOrder, tiers, free } = game.entry;
    const costs = points !== null || Number(perOrder.tickets) > 0 || tiers.length > 0;
    const freeOnly = [game.otherwise, ...game.countries].some(({ mode }) => mode === 'free-only');
    if (costs && Number(free.times) === 0) {
      const message =
        'There is no free way in. Many countries allow a game of chance only with one: ask a lawyer.';
      warnings.push({ place: `${place}.entry.free.times`, message });
    }
    if (freeOnly && Number(free.times) === 0) {
      const message = 'Where only the free way in is open, nobody can play: there is none.';
      warnings.push({ place: `${place}.countries`, message });
    }
    if (
      game.budgetPoints === null &&
      game.mostPerDay === null &&
      game.mostInAll === null &&
      game.prizes.some(({ prize, stock }) => Number(prize.points) > 0 && stock === null)
    ) {
      const message = 'Nothing limits what this gives: set a budget, a stock, or most plays.';
      warnings.push({ place: `${place}.budgetPoints`, message });
    }
    return warnings;
  });
}

/** Wherever a game gives a reward: the place, and the reward's key. */
export function gameRewards({ games }: DraftDocument): [string, string | null][] {
  return games.flatMap(({ prizes }, index) =>
    prizes.map(({ prize }, at): [string, string | null] => [
      `games.${index}.prizes.${at}.prize.reward`,
      prize.reward,
    ]),
  );
}

function drawsAtTheEnd({ kind }: GameDraft): boolean {
  return gameDefinitions.find(kind)?.draws === 'at-the-end';
}

function prizeFaults(place: string, { prizes }: GameDraft, { badges }: DraftDocument): Fault[] {
  return prizes.flatMap(({ prize, instead, key }, index) => {
    const at = `${place}.prizes.${index}`;
    const faults: Fault[] = [];
    if (Number(prize.points) === 0 && prize.reward === null && prize.badge === null) {
      faults.push({
        place: `${at}.prize.points`,
        message:
          'It gives nothing: points, a reward or a badge. What no prize has is nothing already.',
      });
    }
    if (prize.badge !== null && !badges.some((badge) => badge.key === prize.badge)) {
      faults.push({
        place: `${at}.prize.badge`,
        message: 'No badge is known by this name any more.',
      });
    }
    if (instead !== null && !prizes.some((other) => other.key === instead)) {
      faults.push({ place: `${at}.instead`, message: 'No prize is known by this name any more.' });
    }
    if (instead !== null && comesBack(key, prizes)) {
      const message = 'It stands in for itself in the end: choose another, or nothing.';
      faults.push({ place: `${at}.instead`, message });
    }
    return faults;
  });
}

function comesBack(key: string, prizes: GameDraft['prizes']): boolean {
  const seen = new Set<string>();
  for (let at: string | null = key; at !== null;) {
    if (seen.has(at)) return at === key;
    seen.add(at);
    at = prizes.find((prize) => prize.key === at)?.instead ?? null;
  }
  return false;
}

function chanceFaults(place: string, { prizes }: GameDraft): Fault[] {
  const sum = prizes.reduce((all, { chance }) => all + Number(chance), 0);
  const faults = prizes.flatMap(({ chance }, index) =>
    Number(chance) === 0 && !prizes.some(({ instead }) => instead === prizes[index]?.key)
      ? [
          {
            place: `${place}.prizes.${index}.chance`,
            message: 'Nobody can win it: give it a chance.',
          },
        ]
      : [],
  );
  if (sum <= WHOLE) return faults;
  const message = `The chances come to more than the whole of ${WHOLE}.`;
  return [...faults, { place: `${place}.prizes.0.chance`, message }];
}

function giveawayFaults(place: string, { prizes, startsAt, endsAt }: GameDraft): Fault[] {
  const faults = prizes.flatMap(({ stock, chance, instead }, index) => {
    const at = `${place}.prizes.${index}`;
    const found: Fault[] = [];
    if (stock === null || Number(stock) < 1) {
      found.push({ place: `${at}.stock`, message: 'Say how many of it are drawn.' });
    }
    if (Number(stock) > MOST_WINNERS) {
      found.push({ place: `${at}.stock`, message: `At most ${MOST_WINNERS} of one are drawn.` });
    }
    if (Number(chance) !== 0) {
      found.push({
        place: `${at}.chance`,
        message: 'A giveaway draws tickets: leave its chance at 0.',
      });
    }
    if (instead !== null) {
      found.push({
        place: `${at}.instead`,
        message: 'A giveaway draws what there is: choose nothing.',
      });
    }
    return found;
  });
  if (startsAt === null)
    faults.push({ place: `${place}.startsAt`, message: 'Say when it begins.' });
  if (endsAt === null) faults.push({ place: `${place}.endsAt`, message: 'Say when it ends.' });
  return faults;
}

const MOST_WINNERS = 10_000;

function entryFaults(
  place: string,
  { entry }: GameDraft,
  { tiers: { levels } }: DraftDocument,
): Fault[] {
  const { points, perOrder, tiers, free } = entry;
  const faults: Fault[] = [];
  const closed =
    points === null &&
    Number(perOrder.tickets) === 0 &&
    tiers.length === 0 &&
    Number(free.times) === 0;
  if (closed) {
    faults.push({ place: `${place}.entry.points`, message: 'Nobody can play: open a way in.' });
  }
  if (Number(perOrder.tickets) > 0 && perOrder.by === 'amount' && !(Number(perOrder.amount) > 0)) {
    faults.push({
      place: `${place}.entry.perOrder.amount`,
      message: 'Write the amount that gives tickets, more than nothing.',
    });
  }
  tiers.forEach(({ tier }, index) => {
    if (!levels.some(({ key }) => key === tier)) {
      const message = 'No tier is known by this name any more.';
      faults.push({ place: `${place}.entry.tiers.${index}.tier`, message });
    }
    if (tiers.findIndex((other) => other.tier === tier) !== index) {
      const message = 'This tier has its tickets already.';
      faults.push({ place: `${place}.entry.tiers.${index}.tier`, message });
    }
  });
  return faults;
}

function windowFaults(place: string, { startsAt, endsAt }: GameDraft): Fault[] {
  return startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt)
    ? [{ place: `${place}.endsAt`, message: 'Must end after it starts.' }]
    : [];
}

function countryFaults(place: string, { countries }: GameDraft): Fault[] {
  return countries.flatMap(({ country }, index) =>
    countries.findIndex((other) => other.country === country) === index
      ? []
      : [
          {
            place: `${place}.countries.${index}.country`,
            message: 'This country has its rule already.',
          },
        ],
  );
}
