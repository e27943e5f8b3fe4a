/**
 * Trial R10, in memory: a thousand shops live thirty days each over the change to summer time. Messages
 * are dropped (5 %, and found the next night), doubled (20 %) and up to a day late; a seeded scheduler
 * decides what comes when. Every night the books are proved; in the end they are those of a shop that
 * was told everything in time.
 */
import { expect, it } from 'vitest';
import { EngineShop } from './engine-shop.ts';
import { shopHistory } from './shop-history.ts';
import type { Telling } from './shop-history.ts';
import { programmesOf } from './storm-programmes.ts';
import { chanceOf, SEED, size, trial } from './trial.ts';
import type { Chance } from './trial.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import type { ShopTerms } from '../../app/domain/programme/terms.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { shopWith } from '../domain/fixtures.ts';

const SHOPS = size(5, 1_000);
const DAYS = 30;
const HOUR = 3_600_000;
/** Berlin's clocks go forward on 28 March. */
const FROM = Date.parse('2027-03-10T00:00:00Z');
const HALF = FROM + 15 * DAY;
const END = FROM + DAYS * DAY;

const EXPIRIES: readonly ProgrammeInput['expiry'][] = [
  { kind: 'never', length: 1, unit: 'days', reminderDays: [] },
  { kind: 'lot', length: 12, unit: 'days', reminderDays: [3], noticeDays: 0 },
  { kind: 'inactivity', length: 6, unit: 'days', reminderDays: [2], noticeDays: 0 },
];

function termsOf(seed: number): ShopTerms {
  const { first, second } = programmesOf(seed);
  const expiry = EXPIRIES[seed % EXPIRIES.length];
  const documents = [first, second].map((one) =>
    programmeDocument.parse({ ...one, ...(expiry && { expiry }) }),
  );
  const [from, then] = documents;
  if (!from || !then) throw new Error('there are two programmes');
  const versions = [
    [FROM - 10 * DAY, from],
    [HALF, then],
  ] as const;
  return shopWith(versions, { currency: 'EUR' });
}

interface Coming {
  readonly at: number;
  readonly telling: Telling;
}

interface Road {
  readonly comings: readonly Coming[];
  readonly dropped: number;
  readonly doubled: number;
}

/** When each message comes, if it comes: what is dropped is found on the night after. */
function badRoad(tellings: readonly Telling[], chance: Chance): Road {
  let [dropped, doubled] = [0, 0];
  const comings = tellings.flatMap((telling): Coming[] => {
    const late = (): number => chance.below(chance.happens(0.3) ? DAY : 60_000);
    const night = Math.ceil((telling.at + 2 * HOUR) / DAY) * DAY + 2 * HOUR;
    const isDropped = telling.topic.startsWith('orders/') && chance.happens(0.05);
    const first = { at: isDropped ? night : telling.at + late(), telling };
    if (isDropped) dropped += 1;
    if (!chance.happens(0.2)) return [first];
    doubled += 1;
    return [first, { at: telling.at + late() + chance.below(DAY), telling }];
  });
  return { comings, dropped, doubled };
}

/** @returns what the proof found: each night, or, of a run to compare with, on the last */
function live(shop: EngineShop, comings: readonly Coming[], everyNight: boolean): string[] {
  const found: string[] = [];
  const queue = comings.toSorted((a, b) => a.at - b.at);
  let isHalf = false;
  const upTo = (now: number): void => {
    for (let next = queue[0]; next && next.at <= now; next = queue[0]) {
      queue.shift();
      if (!isHalf && next.at >= HALF) publish();
      shop.at(next.at);
      shop.tell(next.telling, next.at);
    }
    if (!isHalf && now >= HALF) publish();
    shop.at(now);
  };
  const publish = (): void => {
    isHalf = true;
    shop.lookAtEveryone(HALF);
  };
  for (let day = 1; day <= DAYS + 2; day += 1) {
    const night = FROM + day * DAY + 3 * HOUR;
    upTo(night);
    if (!everyNight && day < DAYS + 2) continue;
    found.push(...shop.proof(night).map((fault) => `day ${day}: ${fault}`));
  }
  return found;
}

/** A merge and an erasure are matters of the database. */
const TOLD = new Set(['customers/merge', 'customers/redact']);

it(
  'a thousand shops on bad roads are right every night of thirty days, and in the end as if all had come in time',
  { timeout: size(300_000, 7_200_000) },
  () =>
    trial('R10: thirty days of many shops, in memory', async () => {
      const all = { messages: 0, dropped: 0, doubled: 0, nights: 0 };
      for (let index = 0; index < SHOPS; index += 1) {
        const seed = SEED + index;
        const history = shopHistory({ shop: 1, seed, customers: 3, orders: 14, from: FROM });
        const tellings = history.tellings.filter(
          ({ topic, at }) => !TOLD.has(topic) && at < END - 2 * DAY,
        );
        const road = badRoad(tellings, chanceOf(seed));
        const [late, inTime] = [new EngineShop(termsOf(seed)), new EngineShop(termsOf(seed))];
        const punctual = tellings.map((telling) => ({ at: telling.at, telling }));
        expect(live(late, road.comings, true), `seed ${seed}`).toEqual([]);
        expect(live(inTime, punctual, false), `seed ${seed}`).toEqual([]);
        expect(late.books(), `seed ${seed}`).toEqual(inTime.books());
        all.messages += road.comings.length;
        all.dropped += road.dropped;
        all.doubled += road.doubled;
        all.nights += DAYS + 2;
        // So that others have their turn.
        if (index % 20 === 19) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(all.dropped).toBeGreaterThan(0);
      return { seeds: SHOPS, days: DAYS, ...all, differences: 0 };
    }),
);
