/** Games of chance on the whole road: played for nothing, for points, with tickets; refused; all at once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gameList } from '../../app/domain/games/settings.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { playGame } from '../../app/operations/play-game.ts';
import type { PlayAnswer } from '../../app/operations/play-game.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { orderFlags } from '../../app/queries/order-flags.ts';
import { action as confirm } from '../../app/routes/proxy.games_.age.ts';
import { loader as draws } from '../../app/routes/proxy.games_.draws.ts';
import { gameInput, prizeInput } from '../domain/games/game-settings.ts';
import type { GameInput } from '../domain/games/game-settings.ts';
import { contextOf } from '../support/admin-request.ts';
import { chosen, playersOf } from '../support/game-players.ts';
import type { Players } from '../support/game-players.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const free = { free: { times: 1, per: 'day' as const } };
const points = { points: 100, free: { times: 0 } };

const GAMES: readonly GameInput[] = [
  gameInput({ entry: { ...free, points: 100 } }),
  gameInput({
    ...{ key: 'scarce', name: 'Scarce', entry: { free: { times: 100 } }, budgetPoints: 55 },
    prizes: [
      prizeInput('tea', 500_000, 0, { stock: 7, instead: 'ten', prize: { reward: 'tea' } }),
      prizeInput('ten', 500_000, 10),
    ],
  }),
  gameInput({ key: 'ticketed', entry: { perOrder: { tickets: 1 } } }),
  gameInput({ key: 'poor', entry: points, prizes: [prizeInput('rich', 1_000_000, 1_000)] }),
  gameInput({
    ...{ key: 'lawful', entry: { ...free, points: 1 } },
    otherwise: { mode: 'age-gate', age: 18 },
    countries: [
      { country: 'BE', mode: 'off' },
      { country: 'CA', mode: 'free-only' },
    ],
  }),
];

interface Drawn {
  readonly draws: readonly object[];
}

let road: Road;
let front: Storefront;
let players: Players;
beforeAll(async () => {
  road = await openRoad();
  front = storefrontOf(road, contextOf(road));
  players = playersOf(road);
  await road.publish({
    ...{ earning: [], badges: [], challenges: [], games: gameList.parse(GAMES) },
    rewards: writtenRewards({ key: 'tea', kind: 'perk', points: 100, stock: 6 }),
  });
  await road.settle();
});
afterAll(() => road.close());

const play: Players['play'] = (...about) => players.play(...about);
const gameOf: Players['gameOf'] = (...about) => players.gameOf(...about);

it('a free play draws by the seed that was committed to, and is the same when it is sent again (law 10.5)', async () => {
  const mina = await front.shopper(150);
  const before = await gameOf(mina, 'wheel');
  expect(before.game).toMatchObject({
    ...{ key: 'wheel', free: 1, cost: 100, tickets: 0, epoch: '2026-11-20' },
    next: { route: 'free', points: 0 },
  });
  const key = randomUUID();
  const { status, body } = await play(mina, 'wheel', { key, commit: before.game['commit'] });
  expect([status, body.already, body.says]).toEqual([200, false, 'You have won: ten.']);
  expect(body.draw?.proof).toMatchObject({ commit: before.game['commit'], seed: null, serial: 1 });
  expect(await front.available(mina)).toBe(160);
  const again = await play(mina, 'wheel', { key });
  expect([again.body.already, again.body.draw?.id]).toEqual([true, body.draw?.id]);
  expect(await front.available(mina)).toBe(160);
  expect((await play(mina, 'scarce', { key })).status).toBe(422);
  // The second costs points: 160 - 100 + 10. For a third there are too few.
  expect((await play(mina, 'wheel')).body.draw?.proof.route).toBe('points');
  expect(await front.available(mina)).toBe(70);
  const third = await play(mina, 'wheel');
  expect([third.status, third.body.refusal]).toEqual([
    ...[409, { kind: 'not-enough', available: 70, wanted: 100 }],
  ]);
  expect(third.body.says).toBe('30 points to go.');
  const own = (await (await players.read(draws, '/proxy/games/draws', mina)).json()) as {
    draws: object[];
  };
  expect(own.draws).toHaveLength(2);
  const odd = await play(mina, 'wheel', { customer: '1' });
  expect(odd.status).toBe(400);
  expect((await play(mina, 'wheel', { chosen: 'with space!' })).status).toBe(400);
  const stale = await play(mina, 'wheel', { commit: 'a'.repeat(64) });
  expect([stale.status, stale.body.refusal?.kind]).toEqual([409, 'commit-changed']);
});

it('a play that costs points is never paid by its own prize (law 10.5)', async () => {
  const poor = await front.shopper(99);
  const refused = await play(poor, 'poor');
  expect([refused.status, refused.body.refusal?.kind]).toEqual([409, 'not-enough']);
  expect(await front.available(poor)).toBe(99);
  await front.give(poor, 1);
  expect((await play(poor, 'poor')).status).toBe(200);
  // 100 - 100 + 1,000
  expect(await front.available(poor)).toBe(1_000);
});

it('a hundred plays at once never exceed stock and budget, and what was drawn is proved (law 10.5)', async () => {
  const shoppers: Shopper[] = [];
  for (let one = 0; one < 10; one += 1) shoppers.push(await front.shopper(0));
  const answers: PlayAnswer[] = await Promise.all(
    Array.from({ length: 100 }, (_, at) =>
      playGame(
        road.world,
        { shopId: road.shopId, customerId: shoppers[at % 10]?.customerId ?? '' },
        {
          ...{ game: 'scarce', key: `at-once-${String(at).padStart(10, '0')}`, chosen: chosen() },
          ...{ route: null, commit: null, country: null },
        },
      ),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(100);
  const rows = await road.query<{ serial: number; drawn: string; given: string; because: string }>(
    `SELECT serial, drawn, given, because FROM draws WHERE game_key = 'scarce' ORDER BY serial`,
  );
  expect(rows.map(({ serial }) => serial)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  const given = (prize: string | null): number => rows.filter((row) => row.given === prize).length;
  // The game has 7 of the tea, the shop 6; 5 × 10 points fit into 55, and the rest is nothing.
  expect([given('tea'), given('ten'), given(null)]).toEqual([6, 5, 89]);
  for (const row of rows.filter(({ drawn, given: got }) => drawn !== got))
    expect(row.because).toMatch(/^(stock|budget)$/);
  const [had] = await road.query<{ perks: string }>(
    `SELECT count(*) AS perks FROM redemptions WHERE purpose = 'tea' AND state = 'captured'`,
  );
  const [paid] = await road.query<{ sum: string }>(
    `SELECT sum(available) FROM members WHERE id = ANY($1::uuid[])`,
    [shoppers.map(({ memberId }) => memberId)],
  );
  expect([Number(had?.perks), Number(paid?.sum)]).toEqual([6, 50]);
  expect(await proof(road)).toEqual([]);
}, 120_000);

it('a play that breaks off leaves nothing: no points spent, no serial, no prize', async () => {
  const noor = await front.shopper(500);
  await road.query(
    `CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$`,
  );
  await road.query(
    `CREATE TRIGGER break_off BEFORE INSERT ON draws FOR EACH ROW EXECUTE FUNCTION break_off()`,
  );
  const state = () =>
    road.query(
      `SELECT (SELECT draws FROM game_epochs WHERE game_key = 'poor' AND state = 'open'), (SELECT points FROM game_pots WHERE game_key = 'poor'),
        (SELECT count(*) FROM redemptions), (SELECT count(*) FROM activities), (SELECT count(*) FROM entries)`,
    );
  const before = await state();
  await expect(play(noor, 'poor')).rejects.toThrow('broken off');
  expect(await state()).toEqual(before);
  expect(await front.available(noor)).toBe(500);
  await road.query(`DROP TRIGGER break_off ON draws`);
  expect((await play(noor, 'poor')).status).toBe(200);
  expect(await front.available(noor)).toBe(1_400);
});

it('where it is not allowed it is refused, each known country binds, and age is said once (law 10.5)', async () => {
  const kim = await front.shopper(10);
  const at = (country: string, over: object = {}) => play(kim, 'lawful', over, { country });
  // Nobody knows where they are: the strictest of all rules.
  expect((await play(kim, 'lawful')).body.refusal).toEqual({ kind: 'not-here' });
  const off = await at('BE');
  expect([off.status, off.body.says]).toEqual([403, 'Not offered where you are.']);
  expect((await at('DE')).body.refusal).toEqual({ kind: 'age-needed', age: 18 });
  expect((await gameOf(kim, 'lawful', { country: 'DE' })).game['legal']).toEqual({
    ...{ off: false, freeOnly: false, age: 18 },
  });
  const age = (wish: object) => players.post(confirm, '/proxy/games/age', kim, wish);
  expect((await age({ age: 18, confirmed: false })).status).toBe(400);
  expect((await age({ age: 18, confirmed: true })).body).toEqual({ ok: true });
  expect((await at('CA', { entry: 'points' })).body.refusal).toEqual({ kind: 'free-only' });
  expect((await at('CA')).body.draw?.proof.route).toBe('free');
  expect((await at('CA')).body.refusal).toEqual({ kind: 'free-only' });
  expect((await at('DE')).body.draw?.proof.route).toBe('points');
  // 10 + 10 - 1 + 10, and no country of the page can undo what an order says.
  expect(await front.available(kim)).toBe(29);
  await players.buys(kim);
  await road.query(`UPDATE orders SET facts = jsonb_set(facts::jsonb, '{snapshot,countryCode}', '"BE"')::json
    WHERE member_id = '${kim.memberId}'`);
  expect((await at('DE')).body.refusal).toEqual({ kind: 'not-here' });
});

it('a ticket of an order goes with its refund, and a prize that was won with it too, flagged (law 10.5)', async () => {
  const [lin, ole] = [await front.shopper(0), await front.shopper(0)];
  const unused = await players.buys(ole);
  expect((await gameOf(ole, 'ticketed')).game).toMatchObject({ tickets: 1, free: 0, cost: null });
  await players.givesBack(unused);
  expect((await play(ole, 'ticketed')).body.refusal).toEqual({ kind: 'no-ticket' });
  const used = await players.buys(lin);
  expect((await play(lin, 'ticketed')).body.draw?.proof.route).toBe('order');
  expect(await front.available(lin)).toBe(10);
  await players.givesBack(used);
  expect(await front.available(lin)).toBe(0);
  const { flags } = await orderFlags(road.world, road.shopId);
  expect(flags).toMatchObject([{ kind: 'game-played', told: '1', limit: '1', of: 'Wheel' }]);
  expect(await proof(road)).toEqual([]);
});

it('a merge takes plays and tickets along, undone it gives them back, and a rebuild finds the same', async () => {
  const [ana, bo] = [await front.shopper(0), await front.shopper(0)];
  await play(ana, 'wheel');
  const key = randomUUID();
  await play(bo, 'wheel', { key });
  await players.buys(bo);
  const { shopId } = road;
  const told = { reason: 'the same person', actor: 'staff:7' };
  const pair = { keptId: ana.memberId, goneId: bo.memberId };
  expect(await mergeByHand(road.world, { shopId, ...pair, ...told })).toMatchObject({ ok: true });
  await road.settle();
  expect(await front.available(ana)).toBe(20);
  expect((await gameOf(ana, 'ticketed')).game).toMatchObject({ tickets: 1 });
  const own = (await (await players.read(draws, '/proxy/games/draws', ana)).json()) as Drawn;
  expect(own.draws).toHaveLength(2);
  // Bo's own page, which did not hear of the merge: the same press of the button is the same play.
  expect((await play(bo, 'wheel', { key })).body.already).toBe(true);
  // Both had their free play of the day, so the next is not free.
  expect((await play(ana, 'wheel')).body.refusal?.kind).toBe('not-enough');
  expect(await proof(road)).toEqual([]);
  await road.query(`UPDATE progress SET have = 9 WHERE kind = 'game'`);
  expect((await proof(road)).map(({ figure }) => figure)).toContain('progress game:ticketed');
  await rebuildMembers(road.world, shopId, { told: () => undefined });
  expect(await proof(road)).toEqual([]);
  const [merge] = await road.query<{ id: string }>(
    `SELECT id FROM merges ORDER BY id DESC LIMIT 1`,
  );
  await undoMerge(road.world, { shopId, mergeId: merge?.id ?? '', actor: 'staff:7' });
  await road.settle();
  expect([await front.available(ana), await front.available(bo)]).toEqual([10, 10]);
  expect((await gameOf(bo, 'ticketed')).game).toMatchObject({ tickets: 1 });
  expect((await gameOf(ana, 'ticketed')).game).toMatchObject({ tickets: 0 });
  expect(await proof(road)).toEqual([]);
});
