/** Games of chance whose time is over: seeds are shown, winners drawn, and every draw is done again. */
import { createHash, randomUUID, webcrypto } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gameList } from '../../app/domain/games/settings.ts';
import { loader as log } from '../../app/routes/app.games_.log.ts';
import { VERIFY_SCRIPT } from '../../app/routes/proxy/verify-script.ts';
import { loader as verify } from '../../app/routes/proxy.verify.ts';
import { loader as list } from '../../app/routes/proxy.verify_.list.ts';
import { forgetMember } from '../../app/operations/forget-member.ts';
import { forgetShop } from '../../app/operations/forget-shop.ts';
import { gameViews } from '../../app/queries/games.ts';
import { memberDrawLines } from '../../app/queries/member-draws.ts';
import { makeTermsMemory } from '../../app/storage/programme/shop-terms.ts';
import { inTransaction } from '../../app/storage/transaction.ts';
import { gameInput, prizeInput } from '../domain/games/game-settings.ts';
import type { GameInput } from '../domain/games/game-settings.ts';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { playersOf } from '../support/game-players.ts';
import type { Players } from '../support/game-players.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';

const DAY = 86_400_000;

const GAMES: readonly GameInput[] = [
  gameInput({
    ...{ key: 'scarce', name: '=Scarce', entry: { free: { times: 100 } } },
    prizes: [
      prizeInput('tea', 990_000, 5, { stock: 0, instead: 'ten' }),
      prizeInput('ten', 10_000, 10),
    ],
  }),
  gameInput({
    ...{ key: 'yacht', kind: 'giveaway', name: 'Yacht', settings: { once: true } },
    ...{ startsAt: '2026-11-20T00:00:00+01:00', endsAt: '2026-11-25T00:00:00+01:00' },
    entry: { points: 5, perOrder: { tickets: 3 }, free: { times: 1, per: 'month' } },
    prizes: [prizeInput('big', 0, 5_000, { stock: 1 }), prizeInput('small', 0, 50, { stock: 2 })],
  }),
];

let road: Road;
let front: Storefront;
let players: Players;
let mina: Shopper;
beforeAll(async () => {
  road = await openRoad();
  front = storefrontOf(road, contextOf(road));
  players = playersOf(road);
  await road.publish({
    ...{ earning: [], badges: [], challenges: [], games: gameList.parse(GAMES) },
  });
  await road.settle();
  mina = await front.shopper(0);
  for (let one = 0; one < 5; one += 1) await players.play(mina, 'scarce');
});
afterAll(() => road.close());

const read: Players['read'] = (...about) => players.read(...about);

/** The steps of the page, as a browser does them. */
async function checked(page: string): Promise<readonly { name: string; ok: boolean }[]> {
  const island = /<script type="application\/json" id="proof">(.*?)<\/script>/s.exec(page)?.[1];
  const world = { crypto: webcrypto, TextEncoder, Uint8Array, Number, JSON, String, told: island };
  const steps: unknown = await runInNewContext(
    `${VERIFY_SCRIPT}; check(JSON.parse(told)).then((steps) => JSON.stringify(steps))`,
    world,
  );
  return JSON.parse(String(steps)) as { name: string; ok: boolean }[];
}

it('when the day is over its seed is shown, and a browser finds every draw right (law 10.5)', async () => {
  const [row] = await road.query<{ id: string }>(
    `SELECT id FROM draws WHERE game_key = 'scarce' AND because = 'stock' ORDER BY serial LIMIT 1`,
  );
  const id = row?.id ?? '';
  const early = await (await read(verify, '/proxy/verify', null, { draw: id })).text();
  expect(early).toContain('This draw can be checked from');
  expect(early).not.toContain('<script');
  road.clock.advance(DAY);
  await players.everythingDue();
  const answer = await read(verify, '/proxy/verify', null, { draw: id });
  const page = await answer.text();
  const policy = answer.headers.get('Content-Security-Policy') ?? '';
  const hash = createHash('sha256').update(VERIFY_SCRIPT).digest('base64');
  expect(policy).toContain(`default-src 'none'; script-src 'sha256-${hash}'`);
  const steps = await checked(page);
  expect(steps.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
    ...['commit true', 'text true', 'signed true', 'number true', 'odds true'],
    ...['drawn true', 'given true'],
  ]);
  // A control: another seed, another prize and other odds are all found out.
  const wrong = [
    page.replace(
      /("seed":")./,
      (_, start: string) => `${start}${page.includes('"seed":"0') ? '1' : '0'}`,
    ),
    page.replace(/"drawn":"tea"/, '"drawn":"ten"'),
    page.replace(String.raw`chance\":990000`, String.raw`chance\":890000`),
  ];
  for (const other of wrong) {
    expect(other).not.toBe(page);
    expect((await checked(other)).every(({ ok }) => ok)).toBe(false);
  }
  expect((await read(verify, '/proxy/verify', null, { draw: randomUUID() })).status).toBe(404);
  expect((await players.gameOf(mina, 'scarce')).game).toMatchObject({ epoch: '2026-11-21' });
});

it('what a merchant writes is never run on the page, and nothing of a person stands on it', async () => {
  const [before] = await road.query<{ id: string; odds_hash: string }>(
    `SELECT id, odds_hash FROM draws WHERE game_key = 'scarce' ORDER BY serial LIMIT 1`,
  );
  const odds = JSON.stringify({
    prizes: [{ key: 'x', name: '</script><script>alert(1)//', chance: 1 }],
  });
  await road.query(
    `INSERT INTO game_odds (shop_id, hash, odds) VALUES ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex'), $2)`,
    [road.shopId, odds],
  );
  await road.query(`ALTER TABLE draws DISABLE TRIGGER draws_append_only`);
  await road.query(
    `UPDATE draws SET odds_hash = encode(sha256(convert_to($2, 'UTF8')), 'hex') WHERE id = $1`,
    [before?.id, odds],
  );
  const draw = before?.id ?? '';
  const page = await (await read(verify, '/proxy/verify', null, { draw })).text();
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('\\u003c/script>');
  await road.query(`UPDATE draws SET odds_hash = $2 WHERE id = $1`, [draw, before?.odds_hash]);
  await road.query(`ALTER TABLE draws ENABLE TRIGGER draws_append_only`);
  expect(await proof(road)).toEqual([]);
  await road.query(`ALTER TABLE draws DISABLE TRIGGER draws_append_only`);
  await road.query(
    `UPDATE draws SET number = (number + 1) % number_of, given = NULL WHERE id = $1`,
    [draw],
  );
  // What is changed behind the triggers' back: another number, and a prize that nobody had.
  expect((await proof(road)).map(({ law, figure }) => `${law} ${figure}`).sort()).toEqual([
    ...['I11 trigger draws_append_only', `I13 draw ${draw}`, 'I13 pot of scarce'],
  ]);
  await road.query(
    `UPDATE draws SET number = (number + number_of - 1) % number_of, given = 'ten' WHERE id = $1`,
    [draw],
  );
  await road.query(`ALTER TABLE draws ENABLE TRIGGER draws_append_only`);
  expect(await proof(road)).toEqual([]);
  await expect(road.query(`UPDATE draws SET given = 'tea'`)).rejects.toThrow('append only');
  await expect(road.query(`UPDATE game_epochs SET commit = repeat('a', 64)`)).rejects.toThrow(
    'what was committed to stays',
  );
});

it('a giveaway draws as many winners as it has prizes, once, among all tickets (law 10.5)', async () => {
  const [uma, vic, wes] = [await front.shopper(20), await front.shopper(5), await front.shopper(0)];
  for (let one = 0; one < 3; one += 1)
    expect((await players.play(uma, 'yacht')).body.ticket).toBeTruthy();
  expect((await players.play(vic, 'yacht', { entry: 'points' })).status).toBe(200);
  await players.buys(wes);
  const returned = await players.buys(wes);
  // 1 free and 2 × 5 points; 5 points; two orders with three each, of which one is given back.
  expect([await front.available(uma), await front.available(vic)]).toEqual([10, 0]);
  expect((await players.gameOf(wes, 'yacht')).game).toMatchObject({ holding: 6 });
  await players.givesBack(returned);
  road.clock.advance(6 * DAY);
  expect((await players.play(vic, 'yacht')).body.refusal?.kind).toBe('not-now');
  // The second winner cannot be written at first: what was drawn before stays, and nothing is drawn twice.
  await road.query(
    `CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.game_key = 'yacht' AND NEW.serial = 2 THEN RAISE EXCEPTION 'broken off'; END IF; RETURN NEW; END $$`,
  );
  await road.query(
    `CREATE TRIGGER break_off BEFORE INSERT ON draws FOR EACH ROW EXECUTE FUNCTION break_off()`,
  );
  await players.everythingDue();
  const half = await road.query(
    `SELECT state, draws, attempts, seed, (SELECT count(*)::int FROM draws WHERE game_key = 'yacht') AS found
      FROM game_epochs WHERE game_key = 'yacht'`,
  );
  expect(half).toEqual([{ state: 'drawing', draws: 1, attempts: 1, seed: null, found: 1 }]);
  await road.query(`DROP TRIGGER break_off ON draws`);
  road.clock.advance(60_000);
  await players.everythingDue();
  await players.everythingDue();
  const [epoch] = await road.query<{ list_hash: string; tickets: string; state: string }>(
    `SELECT list_hash, tickets, state FROM game_epochs WHERE game_key = 'yacht'`,
  );
  const told = await read(list, '/proxy/verify/list', null, { game: 'yacht', epoch: '2026-11-20' });
  const text = await told.text();
  // 3 of Uma's, 1 of Vic's, 3 of Wes's; nobody is named.
  const many = text.split('\n').map((one) => Number(one.split(' ')[2]));
  expect(many.sort()).toEqual([1, 3, 3]);
  expect(text).not.toContain(uma.memberId);
  expect(epoch).toEqual({
    list_hash: createHash('sha256').update(text).digest('hex'),
    ...{ tickets: '7', state: 'revealed' },
  });
  const rows = await road.query<{ id: string; drawn: string; given: string; place: number }>(
    `SELECT id, drawn, given, place FROM draws WHERE game_key = 'yacht' ORDER BY serial`,
  );
  expect(rows.map(({ drawn, given }) => [drawn, given])).toEqual([
    ...[
      ['big', 'big'],
      ['small', 'small'],
      ['small', 'small'],
    ],
  ]);
  // Nobody wins twice.
  expect(new Set(rows.map(({ place }) => place)).size).toBe(3);
  const [paid] = await road.query<{ sum: string }>(
    `SELECT sum(posted) FROM awards WHERE source_kind = 'game' AND source_id = 'yacht'`,
  );
  expect(Number(paid?.sum)).toBe(5_100);
  for (const { id } of rows) {
    const page = await (await read(verify, '/proxy/verify', null, { draw: id })).text();
    const steps = await checked(page);
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps.map(({ name }) => name)).toContain('place');
  }
  expect(await proof(road)).toEqual([]);
});

it('staff see what was played against the odds, and the log is a file that no sheet runs', async () => {
  const { games: views } = await gameViews(road.world, road.shopId);
  const scarce = views.find(({ key }) => key === 'scarce');
  // All five were drawn by 99 % and 1 %; none of the tea there is, so what stands in for it is given.
  expect(scarce).toMatchObject({
    ...{ plays: 5, routes: { free: 5, points: 0 }, pointsGiven: 50, pointsSpent: 0, flagged: 0 },
    seeds: expect.arrayContaining([expect.objectContaining({ state: 'revealed', draws: 5 })]) as [],
  });
  expect(scarce?.prizes.find(({ key }) => key === 'tea')).toMatchObject({
    due: 5,
    given: 0,
    left: 0,
  });
  expect(scarce?.prizes.find(({ key }) => key === 'ten')).toMatchObject({ given: 5, left: null });
  expect(views.find(({ key }) => key === 'yacht')).toMatchObject({
    ...{ plays: 4, routes: { free: 1, points: 3 }, pointsGiven: 5_100, pointsSpent: 15 },
  });
  expect(await memberDrawLines(road.world, road.shopId, mina.memberId)).toHaveLength(5);
  const context = contextOf(road);
  const token = idToken(road.store.domain);
  const file = (game: string): Promise<Response> => {
    const request = adminRequest(`/app/games/log?game=${game}`, token);
    return answerOf(() => log({ request, context, params: {} }));
  };
  // A text chosen by a shopper that a sheet would take for a formula.
  await players.play(mina, 'scarce', { chosen: '-1-2-3-4-5' });
  const lines = (await (await file('scarce')).text()).trim().split('\r\n');
  expect(lines).toHaveLength(7);
  expect(lines[6]).toContain("'-1-2-3-4-5");
  expect((await file('nothing')).status).toBe(404);
});

it('whoever is erased leaves the proof of their draws, and nothing of themselves', async () => {
  const rows = () => road.query(`SELECT * FROM draws ORDER BY game_key, epoch, serial`);
  const before = await rows();
  const told = { customerId: mina.customerId, email: null, orderIds: [] };
  const { newId, sealer } = road.world;
  const moment = { now: road.world.now(), newId, hashes: sealer.hashes };
  await inTransaction(road.world.db(road.shopId), (client) =>
    forgetMember(client, road.shopId, told, { ...moment, termsMemory: makeTermsMemory() }),
  );
  await road.settle();
  expect(await rows()).toEqual(before);
  const columns = await road.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns WHERE table_name IN ('draws', 'game_odds')`,
  );
  expect(
    columns.filter(({ column_name: name }) => /member|customer|email|name/.test(name)),
  ).toEqual([]);
  expect(await proof(road)).toEqual([]);
});

it('a shop that is forgotten leaves no row of its games', async () => {
  await road.query(`UPDATE shops SET state = 'uninstalled', uninstalled_at = now() WHERE id = $1`, [
    road.shopId,
  ]);
  await inTransaction(road.world.db(road.shopId), (client) => forgetShop(client, road.shopId));
  const tables = ['draws', 'game_odds', 'game_epochs', 'game_pots', 'giveaway_holders'];
  for (const table of tables) expect(await road.query(`SELECT 1 FROM ${table}`)).toEqual([]);
});
