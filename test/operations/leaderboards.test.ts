/** Leaderboards on the whole road: taking part, standing, the end of a season, and who is gone (law 10.4). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldBoards } from '../../app/jobs/fold-boards.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { settleSeason } from '../../app/operations/settle-season.ts';
import { leaveBoards } from '../../app/operations/take-part.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { leaderboardPage } from '../../app/queries/leaderboard-page.ts';
import { memberBoards } from '../../app/queries/member-boards.ts';
import { claimSeason } from '../../app/storage/leaderboards/seasons.ts';
import { termsMemoryOf } from '../../app/storage/programme/shop-terms.ts';
import { board, linesOf, openBoards, player, who, worksOff } from '../support/board-players.ts';
import { balance, buys, passes, refunds, road, someone, webhook } from '../support/friends.ts';
import type { Person } from '../support/friends.ts';
import { memberOf, proof } from '../support/road.ts';

beforeAll(openBoards);
afterAll(() => road.close());

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
    expect(body.own).toMatchObject({ rank: 1, score: 150 });
    expect(JSON.stringify(body)).not.toMatch(/10000|@/);
  });

  it('counts the same before and after its counts are folded, and the proof finds nothing', async () => {
    const before = await board(people.dot);
    expect(await foldBoards(road.world)).toBeGreaterThan(0);
    expect(await foldBoards(road.world)).toBe(0);
    expect((await board(people.dot)).body.own).toEqual(before.body.own);
    expect(await proof(road)).toEqual([]);
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
    road.clock.advance(300_000);
    await road.settle();
    expect((await state())?.state).toBe('done');
    await buys(people.ann);
    await foldBoards(road.world);
    expect(await state()).toMatchObject({ state: 'ready', wait: 300 });
  });

  it('is shown by the proof to be wrong, and mended by a rebuild, when counts and scores are lost', async () => {
    await road.query(`UPDATE leaderboard_scores SET score = 9, listed = false WHERE score = 4`);
    await road.query(`DELETE FROM leaderboard_counts WHERE bucket = 2`);
    await road.query(`DELETE FROM leaderboard_seasons WHERE board = 'spenders'`);
    road.clock.advance(2 * 3_600_000);
    const figures = (await proof(road)).map(({ figure }) => figure);
    expect(figures).toContain('score in top@2026-11');
    expect(figures).toContain('members ranked in top@2026-11, bucket 2');
    expect(figures).toContain('season spenders@2026-11');
    await rebuildMembers(road.world, road.shopId, { told: () => undefined });
    expect(await proof(road)).toEqual([]);
    expect((await board(people.ann)).body.own).toMatchObject({ rank: 1, score: 4 });
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
    // Whatever else is under way in this PostgreSQL is waited for, a second by the shop's clock each time.
    const settled = async (): Promise<boolean> => {
      for (let season = await claim(); season; season = await claim()) {
        await settleSeason(road.world, season, memory, { ranked: 2, given: 1 });
        await settleSeason(road.world, season, memory, { ranked: 2, given: 1 });
        if (season.state === 'giving') given += 1;
      }
      road.clock.advance(1_000);
      const waiting = await road.query(
        `SELECT board FROM leaderboard_seasons WHERE shop_id = $1 AND season = '2026-11' AND state <> 'settled'`,
        [road.shopId],
      );
      return waiting.length === 0;
    };
    await expect.poll(settled).toBe(true);
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

  it('is shown to staff with what it gave: 5,000 + 2,000 + 2,000 points, and where each stood', async () => {
    const asked = { board: 'top', season: '2026-11', query: null, after: null };
    const page = await leaderboardPage(road.world, road.shopId, asked);
    expect(page.figures).toMatchObject({
      ranked: 3,
      best: 4,
      prizes: 3,
      points: 9_000,
      rewards: 0,
    });
    // At €1 for 100 points.
    expect(page.figures.costMinor).toBe(9_000);
    expect(page.lines.map(({ rank, nickname, given }) => [rank, nickname, given])).toEqual([
      [1, 'Ann', 5_000],
      [2, 'Bea', 2_000],
      [3, 'Dot', 2_000],
    ]);
    const found = await leaderboardPage(road.world, road.shopId, { ...asked, query: 'b3a' });
    expect(found.lines.map(({ rank, nickname }) => [rank, nickname])).toEqual([[2, 'Bea']]);
    const { id } = await memberOf(road, people.bea.id);
    const own = await memberBoards(road.world, road.shopId, id);
    expect(own).toMatchObject({ nickname: 'Bea', state: 'listed' });
    expect(own.ranks).toContainEqual(
      expect.objectContaining({ board: 'top', season: '2026-11', rank: 2, fixed: true }),
    );
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
