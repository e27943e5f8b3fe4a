/** Members who take part in leaderboards, and what their pages ask through Shopify's signed proxy. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppLoadContext } from '@remix-run/node';
import { expect } from 'vitest';
import { answerOf, contextOf, proxyRequest } from './admin-request.ts';
import { buys, openFriends, road, someone } from './friends.ts';
import type { Person } from './friends.ts';
import { runSeasons } from '../../app/jobs/run-seasons.ts';
import { takePart } from '../../app/operations/take-part.ts';
import { loader } from '../../app/routes/proxy.boards.ts';
import { action as joinAction } from '../../app/routes/proxy.boards_.join.ts';
import { action as leaveAction } from '../../app/routes/proxy.boards_.leave.ts';
import { action as reportAction } from '../../app/routes/proxy.boards_.report.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';

const prize = { percent: null, reward: null, badge: null };
const BOARD = {
  ...{ key: 'top', kind: 'orders', name: 'Top', enabled: true, season: 'month', settleDays: 3 },
  ...{ settings: { least: '' }, description: '', startsAt: null, endsAt: null, leastScore: 1 },
  ...{ audience: { tiers: [], tags: [], withoutTags: [] }, mostPerDay: null },
  prizes: [
    { ...prize, from: 1, to: 1, points: 5_000 },
    { ...prize, from: 2, to: 3, points: 2_000 },
  ],
} as const;

let context: AppLoadContext;

/** A shop in which the number of orders counts on one board, and the amount on another without prizes. */
export async function openBoards(): Promise<void> {
  await openFriends();
  const leaderboards = programmeDocument.shape.leaderboards.parse([
    BOARD,
    { ...BOARD, key: 'spenders', kind: 'spend', name: 'Spenders', prizes: [] },
  ]);
  await road.publish({ leaderboards, nicknames: { refused: ['Rivalbrand'] }, earning: [] });
  await road.settle();
  context = contextOf(road);
}

export const who = ({ id }: Person) => ({ shopId: road.shopId, customerId: id });
export const joins = (person: Person, name: string) => takePart(road.world, who(person), name);

export async function player(name: string, orders: number): Promise<Person> {
  const person = await someone();
  expect(await joins(person, name)).toMatchObject({ ok: true, nickname: name });
  for (let number = 0; number < orders; number += 1) await buys(person);
  road.clock.advance(60_000);
  return person;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    readonly token?: string;
    readonly top?: readonly Record<string, unknown>[];
    readonly own?: Record<string, unknown> | null;
  };
}

const signed = (path: string, id: string, more: Record<string, string> = {}): string =>
  proxyRequest(path, { shop: road.store.domain, logged_in_customer_id: id, ...more }).url;

async function answered(ask: () => Promise<unknown>): Promise<Answer> {
  const response = await answerOf(ask);
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

export const board = (person: Person, more: Record<string, string> = {}): Promise<Answer> => {
  const url = signed('/proxy/boards', person.id, { board: 'top', ...more });
  const request = new Request(url, { headers: { 'User-Agent': 'Mozilla/5.0' } });
  return answered(() => loader({ request, context, params: {} }));
};

const ACTIONS = { join: joinAction, leave: leaveAction, report: reportAction };

export async function post(
  what: keyof typeof ACTIONS,
  person: Person,
  wish: object,
  { token, lang = 'en' }: { token?: string; lang?: string } = {},
): Promise<Answer> {
  await road.query('DELETE FROM request_counts');
  const request = new Request(signed(`/proxy/boards/${what}`, person.id, { lang }), {
    method: 'POST',
    headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: token ?? (await board(person)).body.token, ...wish }),
  });
  return answered(() => ACTIONS[what]({ request, context, params: {} }));
}

/**
 * Everything that is due about seasons, by a worker of tiny batches. A season closes when every transaction has
 * ended that was under way, and those of tests beside this one count: PostgreSQL numbers them together.
 */
export async function worksOff(): Promise<void> {
  for (let waits = 0; waits < 1_200; waits += 1) {
    while (await runSeasons(road.world, { ranked: 2, given: 1 }));
    if (!(await someAreClosing())) return;
    await sleep(50);
    road.clock.advance(1_000);
  }
  throw new Error('The seasons do not come to an end.');
}

async function someAreClosing(): Promise<boolean> {
  const closing = await road.query("SELECT FROM leaderboard_seasons WHERE state = 'closing'");
  return closing.length > 0;
}

export const linesOf = ({ body }: Answer) =>
  body.top?.map(({ rank, name, score }) => [rank, name, score]);
