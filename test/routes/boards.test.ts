/** What a shopper’s page may ask of leaderboards, and what nobody may (law 10.4). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleName } from '../../app/operations/rule-name.ts';
import { leaveBoards } from '../../app/operations/take-part.ts';
import { leaderboardPage } from '../../app/queries/leaderboard-page.ts';
import { board, joins, linesOf, openBoards, player, post, who } from '../support/board-players.ts';
import { road, someone } from '../support/friends.ts';
import type { Person } from '../support/friends.ts';
import { memberOf, proof } from '../support/road.ts';

beforeAll(openBoards);
afterAll(() => road.close());

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
    const asked = { board: null, season: null, query: null, after: null };
    const { reported, names: queue } = await leaderboardPage(road.world, road.shopId, asked);
    expect(reported).toBe(5);
    expect(queue[0]).toMatchObject({ nickname: 'Odd A', state: 'reported', reports: 1 });

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
