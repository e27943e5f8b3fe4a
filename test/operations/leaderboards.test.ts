/** Leaderboards on the whole road: taking part, standing, the end of a season, and who is gone (law 10.4). */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldBoards } from '../../app/jobs/fold-boards.ts';
import { runSeasons } from '../../app/jobs/run-seasons.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { ruleName } from '../../app/operations/rule-name.ts';
import { settleSeason } from '../../app/operations/settle-season.ts';
import { leaveBoards, takePart } from '../../app/operations/take-part.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { loader } from '../../app/routes/proxy.boards.ts';
import { action as joinAction } from '../../app/routes/proxy.boards_.join.ts';
import { action as leaveAction } from '../../app/routes/proxy.boards_.leave.ts';
import { action as reportAction } from '../../app/routes/proxy.boards_.report.ts';
import { claimSeason } from '../../app/storage/leaderboards/seasons.ts';
import { termsMemoryOf } from '../../app/storage/programme/shop-terms.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import {
  balance,
  buys,
  openFriends,
  passes,
  refunds,
  road,
  someone,
  webhook,
} from '../support/friends.ts';
import type { Person } from '../support/friends.ts';
import { memberOf, proof } from '../support/road.ts';

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
beforeAll(async () => {
  await openFriends();
  const leaderboards = [BOARD, { ...BOARD, key: 'spenders', kind: 'spend', prizes: [] }] as never;
  await road.publish({ leaderboards, nicknames: { refused: ['Rivalbrand'] }, earning: [] });
  await road.settle();
  context = contextOf(road);
});
afterAll(() => road.close());

const who = ({ id }: Person) => ({ shopId: road.shopId, customerId: id });
const joins = (person: Person, name: string) => takePart(road.world, who(person), name);

async function player(name: string, orders: number): Promise<Person> {
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

const board = (person: Person, more: Record<string, string> = {}): Promise<Answer> => {
  const url = signed('/proxy/boards', person.id, { board: 'top', ...more });
  const request = new Request(url, { headers: { 'User-Agent': 'Mozilla/5.0' } });
  return answered(() => loader({ request, context, params: {} }));
};

const ACTIONS = { join: joinAction, leave: leaveAction, report: reportAction };

async function post(
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

/** Everything that is due about seasons, by a worker of tiny batches. */
async function worksOff(): Promise<void> {
  for (let turns = 0; turns < 60; turns += 1) {
    if (!(await runSeasons(road.world, { ranked: 2, given: 1 }))) return;
  }
  throw new Error('The seasons do not come to an end.');
}

const linesOf = ({ body }: Answer) => body.top?.map(({ rank, name, score }) => [rank, name, score]);

describe('a season of four who take part and one who does not', () => {
  let people: Record<'ann' | 'bea' | 'cid' | 'dot' | 'eve', Person>;

  it('shows ranks 1, 2, 2, 4, and each among their neighbours (law 10.4)', async () => {
    people = {
      ann: await player('Ann', 3),
      bea: await player('Bea', 2),
      cid: await player('Cid', 2),
      dot: await player('Dot', 1),
      eve: await someone(),
    };
    for (let number = 0; number < 5; number += 1) await buys(people.eve);
    const seen = await board(people.dot);
    expect(linesOf(seen)).toEqual([
      [1, 'Ann', 3],
      [2, 'Bea', 2],
      [2, 'Cid', 2],
      [4, 'Dot', 1],
    ]);
    expect(seen.body).toMatchObject({ season: '2026-11', until: '2026-11-30', nickname: 'Dot' });
    expect(seen.body.own).toMatchObject({ rank: 4, score: 1, of: 4, percentile: 100 });
    const around = seen.body.own?.['neighbours'] as { rank: number; own: boolean }[];
    expect(around.map(({ rank, own }) => [rank, own])).toEqual([
      [2, false],
      [2, false],
      [4, true],
    ]);
    expect((await board(people.eve)).body).toMatchObject({ own: null, nickname: null });
  });

  it('hides what others spent, and tells each their own (law 10.4)', async () => {
    const { body } = await board(people.ann, { board: 'spenders' });
    expect(body.top?.map(({ rank, score }) => [rank, score])).toEqual([
      [1, null],
      [2, null],
      [2, null],
      [4, null],
    ]);
    expect(body.own).toMatchObject({ rank: 1, score: 15_000 });
    expect(JSON.stringify(body)).not.toMatch(/10000|@/);
  });

  it('counts the same before and after its counts are folded, and the proof finds nothing', async () => {
    const before = await board(people.dot);
    expect(await foldBoards(road.world)).toBeGreaterThan(0);
    expect(await foldBoards(road.world)).toBe(0);
    expect((await board(people.dot)).body.own).toEqual(before.body.own);
    expect(await proof(road)).toEqual([]);
  });

  it('is shown by the proof to be wrong, and mended by a rebuild, when counts and scores are lost', async () => {
    await road.query(`UPDATE leaderboard_scores SET score = 9, listed = false WHERE score = 3`);
    await road.query(`DELETE FROM leaderboard_counts WHERE bucket = 2`);
    const figures = (await proof(road)).map(({ figure }) => figure);
    expect(figures).toContain('score in top@2026-11');
    expect(figures).toContain('members ranked in top@2026-11, bucket 2');
    await rebuildMembers(road.world, road.shopId, { told: () => undefined });
    expect(await proof(road)).toEqual([]);
    expect((await board(people.ann)).body.own).toMatchObject({ rank: 1, score: 3 });
  });

  it('shows the storefront its first ten, and not more often than every five minutes', async () => {
    const state = async () =>
      (
        await road.query<{ state: string; wait: string }>(
          `SELECT state, extract(epoch FROM run_after - $1::timestamptz)::int AS wait FROM effects WHERE key = 'mirror-boards'`,
          [new Date(road.world.now())],
        )
      )[0];
    await foldBoards(road.world);
    await road.settle();
    expect((await state())?.state).toBe('done');
    await buys(people.ann);
    await foldBoards(road.world);
    expect(await state()).toMatchObject({ state: 'ready', wait: 300 });
    const [row] = await road.query<{ value: string }>(`SELECT 1 AS value`);
    expect(row).toBeDefined();
  });

  it('takes back what is refunded while it is settled, and gives each prize once (law 10.4)', async () => {
    const last = await buys(people.dot);
    road.clock.advance(60_000);
    const more = [await buys(people.dot), await buys(people.dot)];
    expect(linesOf(await board(people.dot))?.slice(0, 2)).toEqual([
      [1, 'Ann', 4],
      [1, 'Dot', 4],
    ]);
    const before = await Promise.all([people.ann, people.bea, people.cid, people.dot].map(balance));
    await passes(11.5);
    await worksOff();
    // It is December; refunds of November count until the third.
    expect((await board(people.dot)).body.season).toBe('2026-12');
    for (const one of [last, ...more]) await refunds(one);
    expect(linesOf(await board(people.dot, { season: '2026-11' }))?.at(-1)).toEqual([4, 'Dot', 1]);
    await leaveBoards(road.world, who(people.cid));
    await passes(3);

    const claim = () =>
      claimSeason(road.world.db('0'), {
        now: new Date(road.world.now()),
        leaseUntil: new Date(road.world.now()),
      });
    const memory = termsMemoryOf(road.world.db('0'));
    // A worker that slept takes the same step again: whoever was there first has done it.
    let given = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      const season = await claim();
      if (!season) break;
      await settleSeason(road.world, season, memory, { ranked: 2, given: 1 });
      await settleSeason(road.world, season, memory, { ranked: 2, given: 1 });
      if (season.state === 'giving') given += 1;
    }
    expect(given).toBeGreaterThan(2);
    await worksOff();
    const after = await Promise.all([people.ann, people.bea, people.cid, people.dot].map(balance));
    // Ann 1st, Bea 2nd, Cid left before the ranks were fixed, Dot 3rd.
    expect(after.map((points, index) => points - (before[index] ?? 0))).toEqual([
      5_000, 2_000, 0, 2_000,
    ]);
    expect(linesOf(await board(people.dot, { season: '2026-11' }))).toEqual([
      [1, 'Ann', 4],
      [2, 'Bea', 2],
      [3, 'Dot', 1],
    ]);
    expect(await proof(road)).toEqual([]);
  });

  it('keeps ranks and prizes when something of it is refunded later (law 10.4)', async () => {
    const held = await balance(people.ann);
    const [row] = await road.query<{ order_id: string }>(
      `SELECT order_id FROM orders WHERE member_id = $1 ORDER BY order_id LIMIT 1`,
      [(await memberOf(road, people.ann.id)).id],
    );
    await refunds({ id: Number(row?.order_id), body: {} });
    await worksOff();
    expect(await balance(people.ann)).toBe(held);
    const { body } = await board(people.ann, { season: '2026-11' });
    expect(body).toMatchObject({ settled: true, own: { rank: 1, of: 3 } });
  });

  it('goes with the survivor of a merge, under one nickname, and back when it is undone (law 7.2)', async () => {
    const [bea, ann] = [await memberOf(road, people.bea.id), await memberOf(road, people.ann.id)];
    await buys(people.ann);
    await buys(people.bea);
    const merged = await mergeByHand(road.world, {
      ...{ shopId: road.shopId, actor: 'staff:1', reason: 'one person' },
      ...{ keptId: bea.id, goneId: ann.id },
    });
    expect(merged).toMatchObject({ ok: true });
    expect(linesOf(await board(people.bea))).toEqual([[1, 'Bea', 2]]);
    expect(await proof(road)).toEqual([]);
    const [merge] = await road.query<{ id: string }>(`SELECT id FROM merges`);
    const undone = await undoMerge(road.world, {
      ...{ shopId: road.shopId, actor: 'staff:1', mergeId: merge?.id ?? '' },
    });
    expect(undone).toMatchObject({ ok: true });
    expect(linesOf(await board(people.bea))).toEqual([
      [1, expect.any(String), 1],
      [1, expect.any(String), 1],
    ]);
    expect(await proof(road)).toEqual([]);
  });

  it('knows nothing more of who was erased (law 7.3)', async () => {
    const { id } = await memberOf(road, people.dot.id);
    await webhook('customers/redact', {
      customer: { id: Number(people.dot.id), email: people.dot.email, phone: null },
      ...{ shop_domain: road.store.domain, orders_to_redact: [] },
    });
    for (const table of ['leaderboard_names', 'leaderboard_scores', 'leaderboard_reports']) {
      expect(await road.query(`SELECT * FROM ${table} WHERE member_id = $1`, [id])).toEqual([]);
    }
    expect(await proof(road)).toEqual([]);
  });
});

describe('a shopper’s page', () => {
  it('takes part, changes the name and leaves with the token of the board alone (law 10.4)', async () => {
    const mina = await someone();
    expect(await post('join', mina, { nickname: 'Mina' })).toMatchObject({
      status: 200,
      body: { ok: true, nickname: 'Mina' },
    });
    expect((await post('join', mina, { nickname: 'Minna' })).body).toMatchObject({
      nickname: 'Minna',
    });
    expect((await board(mina)).body.nickname).toBe('Minna');
    expect((await post('leave', mina, {})).status).toBe(200);
    expect((await board(mina)).body.nickname).toBeNull();
  });

  it.each([
    [{ nickname: 'fuck' }, 422, 'offensive'],
    [{ nickname: 'myRivalbrand' }, 422, 'offensive'],
    [{ nickname: 'a@b.example' }, 422, 'contact'],
    [{ nickname: '<script>alert(1)</script>' }, 422, 'bad-length'],
    [{ nickname: 'Kim', customerId: '1' }, 400, 'bad-form'],
    [{}, 400, 'bad-form'],
  ])('is refused %j with %i: %s', async (wish, status, kind) => {
    const kim = await someone();
    const answer = await post('join', kim, wish, { lang: 'de' });
    expect(answer).toMatchObject({ status, body: { ok: false, refusal: { kind } } });
    expect(String(answer.body['says'])).not.toBe('');
    expect((await board(kim)).body.nickname).toBeNull();
  });

  it('cannot speak for another: not with another’s token, nor signed out, nor of a board that is none', async () => {
    const [kim, lee] = [await someone(), await someone()];
    const { token } = (await board(lee)).body;
    expect((await post('join', kim, { nickname: 'Kim1' }, { token: token ?? '' })).status).toBe(
      403,
    );
    expect(
      (await post('join', { ...kim, id: '' }, { nickname: 'Kim1' }, { token: token ?? '' })).status,
    ).toBe(401);
    expect((await board(kim, { board: 'none' })).status).toBe(404);
    expect((await board({ ...kim, id: '' })).body).toEqual({ token: null, board: null });
  });

  it('has no name that another has, or one that looks like it; of two at once one has it (law 10.4)', async () => {
    const [kim, lee] = [await someone(), await someone()];
    const both = await Promise.all([joins(kim, 'Molly'), joins(lee, 'MoIly')]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { kind: 'taken' } });
  });

  it('reports a name once, five names a day at most, and a person decides (law 10.4)', async () => {
    const kim = await player('Kimble', 0);
    const others: Person[] = [];
    for (const name of ['Odd A', 'Odd B', 'Odd C', 'Odd D', 'Odd E', 'Odd F']) {
      others.push(await player(name, 1));
    }
    const report = (name: string) => post('report', kim, { board: 'top', name });
    expect((await report('Kimble')).body).toMatchObject({ refusal: { kind: 'own-name' } });
    expect((await report('Nobody here')).status).toBe(404);
    for (const name of ['Odd A', 'Odd B', 'Odd C', 'Odd D', 'Odd E']) {
      expect((await report(name)).status).toBe(200);
    }
    expect((await report('Odd F')).status).toBe(429);
    const stateOf = async (nickname: string) =>
      (
        await road.query<{ state: string }>(
          `SELECT state FROM leaderboard_names WHERE nickname = $1`,
          [nickname],
        )
      )[0]?.state;
    expect([await stateOf('Odd A'), await stateOf('Odd F')]).toEqual(['reported', 'listed']);

    const rule = async (index: number, ruling: 'approve' | 'hide' | 'refuse') => {
      const memberId = (await memberOf(road, others[index]?.id ?? '')).id;
      return ruleName(road.world, { shopId: road.shopId, actor: 'staff:1', memberId, ruling });
    };
    expect(await rule(0, 'approve')).toEqual({ ok: true, ruling: 'approve' });
    expect(await rule(1, 'hide')).toEqual({ ok: true, ruling: 'hide' });
    expect(await rule(2, 'refuse')).toEqual({ ok: true, ruling: 'refuse' });
    const names = linesOf(await board(kim))?.map(([, name]) => name);
    expect(names).toContain('Odd A');
    expect(names).not.toContain('Odd B');
    expect(names).not.toContain('Odd C');
    // What was approved is not asked about again; what was hidden needs another name; who was shut out has none.
    await road.query(`UPDATE leaderboard_reports SET at = at - interval '2 days'`);
    expect((await report('Odd A')).status).toBe(200);
    expect(await stateOf('Odd A')).toBe('listed');
    const [, second, third] = others;
    if (!second || !third) throw new Error('They are there.');
    expect(await joins(second, 'Odd B')).toMatchObject({ refusal: { kind: 'hidden' } });
    expect(await joins(second, 'Nice B')).toMatchObject({ ok: true });
    await leaveBoards(road.world, who(third));
    expect(await joins(third, 'Nice C')).toMatchObject({ refusal: { kind: 'shut-out' } });
    expect(
      await road.query(`SELECT action FROM audit WHERE action LIKE 'nickname-%' ORDER BY seq`),
    ).toEqual([
      { action: 'nickname-listed' },
      { action: 'nickname-hidden' },
      { action: 'nickname-refused' },
    ]);
    expect(await proof(road)).toEqual([]);
  });
});
