/** Games of chance on the whole road: played, refused, drawn at once and at the end, shown and checked. */
import { createHash, randomUUID, webcrypto } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runGames } from '../../app/jobs/run-games.ts';
import { gameList } from '../../app/domain/games/settings.ts';
import { playGame } from '../../app/operations/play-game.ts';
import type { PlayAnswer } from '../../app/operations/play-game.ts';
import { orderFlags } from '../../app/queries/order-flags.ts';
import { loader as listed } from '../../app/routes/proxy.games.ts';
import { action as confirm } from '../../app/routes/proxy.games_.age.ts';
import { action as draw } from '../../app/routes/proxy.games_.draw.ts';
import { loader as draws } from '../../app/routes/proxy.games_.draws.ts';
import { VERIFY_SCRIPT } from '../../app/routes/proxy/verify-script.ts';
import { loader as verify } from '../../app/routes/proxy.verify.ts';
import { loader as list } from '../../app/routes/proxy.verify_.list.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import type { Order } from '../../devstore/state/order.ts';
import { gameInput, prizeInput } from '../domain/games/game-settings.ts';
import type { GameInput } from '../domain/games/game-settings.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const DAY = 86_400_000;
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
  gameInput({
    ...{ key: 'yacht', kind: 'giveaway', name: 'Yacht', settings: { once: true } },
    ...{ startsAt: '2026-11-20T00:00:00+01:00', endsAt: '2026-11-25T00:00:00+01:00' },
    entry: { points: 5, perOrder: { tickets: 3 }, free: { times: 1, per: 'month' } },
    prizes: [prizeInput('big', 0, 5_000, { stock: 1 }), prizeInput('small', 0, 50, { stock: 2 })],
  }),
];

let road: Road;
let front: Storefront;
let context: ReturnType<typeof contextOf>;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  front = storefrontOf(road, context);
  await road.publish({
    ...{ earning: [], badges: [], challenges: [], games: gameList.parse(GAMES) },
    rewards: writtenRewards({ key: 'tea', kind: 'perk', points: 100, stock: 6 }),
  });
  await road.settle();
});
afterAll(() => road.close());

const url = (path: string, who: Shopper | null, more: Record<string, string> = {}): string =>
  proxyRequest(path, {
    ...{ shop: road.store.domain, logged_in_customer_id: who?.customerId ?? '', ...more },
  }).url;

async function read(
  loader: typeof listed | typeof verify,
  path: string,
  who: Shopper | null,
  more: Record<string, string> = {},
): Promise<Response> {
  const request = new Request(url(path, who, more), { headers: { 'User-Agent': 'Mozilla/5.0' } });
  return answerOf(() => loader({ request, context, params: {} }));
}

async function gameOf(who: Shopper, game: string, more: Record<string, string> = {}) {
  const answer = await read(listed, '/proxy/games', who, { game, ...more });
  const body = (await answer.json()) as { token: string; game: Record<string, unknown> };
  return { ...body, status: answer.status };
}

async function post(
  action: typeof draw,
  path: string,
  who: Shopper,
  wish: object,
  more: Record<string, string> = {},
) {
  const { token } = (await (await read(listed, '/proxy/games', who)).json()) as { token: string };
  const request = new Request(url(path, who, more), {
    method: 'POST',
    headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, ...wish }),
  });
  const answer = await answerOf(() => action({ request, context, params: {} }));
  return { status: answer.status, body: (await answer.json()) as Body };
}

interface Body {
  readonly ok?: boolean;
  readonly already?: boolean;
  readonly says?: string;
  readonly refusal?: { readonly kind: string };
  readonly ticket?: object;
  readonly draw?: { readonly id: string; readonly proof: { readonly route: string } };
}

const chosen = (): string => randomUUID().replaceAll('-', '');
const play = (who: Shopper, game: string, over: object = {}, more: Record<string, string> = {}) =>
  post(
    draw,
    '/proxy/games/draw',
    who,
    { game, key: randomUUID(), chosen: chosen(), ...over },
    more,
  );

async function everythingDue(): Promise<void> {
  while (await runGames(road.world));
  await road.settle();
}

async function buys(who: Shopper): Promise<Order> {
  const [product] = [...road.store.products.values()].filter(({ giftCard }) => !giftCard);
  const order = road.store.placeOrder({
    buyer: { customerId: who.customerId },
    lines: [{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }],
  });
  await road.settle();
  return order;
}

async function givesBack(order: Order): Promise<void> {
  refundOrder(road.store, {
    orderId: order.id,
    lines: order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
  });
  await road.settle();
}

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
  const own = (await (await read(draws, '/proxy/games/draws', mina)).json()) as { draws: object[] };
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
  const players: Shopper[] = [];
  for (let one = 0; one < 10; one += 1) players.push(await front.shopper(0));
  const answers: PlayAnswer[] = await Promise.all(
    Array.from({ length: 100 }, (_, at) =>
      playGame(
        road.world,
        { shopId: road.shopId, customerId: players[at % 10]?.customerId ?? '' },
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
    [players.map(({ memberId }) => memberId)],
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
  const age = (wish: object) => post(confirm, '/proxy/games/age', kim, wish);
  expect((await age({ age: 18, confirmed: false })).status).toBe(400);
  expect((await age({ age: 18, confirmed: true })).body).toEqual({ ok: true });
  expect((await at('CA', { entry: 'points' })).body.refusal).toEqual({ kind: 'free-only' });
  expect((await at('CA')).body.draw?.proof.route).toBe('free');
  expect((await at('CA')).body.refusal).toEqual({ kind: 'free-only' });
  expect((await at('DE')).body.draw?.proof.route).toBe('points');
  // 10 + 10 - 1 + 10, and no country of the page can undo what an order says.
  expect(await front.available(kim)).toBe(29);
  await buys(kim);
  await road.query(`UPDATE orders SET facts = jsonb_set(facts::jsonb, '{snapshot,countryCode}', '"BE"')::json
    WHERE member_id = '${kim.memberId}'`);
  expect((await at('DE')).body.refusal).toEqual({ kind: 'not-here' });
});

it('a ticket of an order goes with its refund, and a prize that was won with it too, flagged (law 10.5)', async () => {
  const [lin, ole] = [await front.shopper(0), await front.shopper(0)];
  const unused = await buys(ole);
  expect((await gameOf(ole, 'ticketed')).game).toMatchObject({ tickets: 1, free: 0, cost: null });
  await givesBack(unused);
  expect((await play(ole, 'ticketed')).body.refusal).toEqual({ kind: 'no-ticket' });
  const used = await buys(lin);
  expect((await play(lin, 'ticketed')).body.draw?.proof.route).toBe('order');
  expect(await front.available(lin)).toBe(10);
  await givesBack(used);
  expect(await front.available(lin)).toBe(0);
  const { flags } = await orderFlags(road.world, road.shopId);
  expect(flags).toMatchObject([{ kind: 'game-played', told: '1', limit: '1', of: 'Wheel' }]);
  expect(await proof(road)).toEqual([]);
});

it('when the day is over its seed is shown, and a browser finds every draw right (law 10.5)', async () => {
  const [row] = await road.query<{ id: string }>(
    `SELECT id FROM draws WHERE game_key = 'scarce' AND because = 'stock' ORDER BY serial LIMIT 1`,
  );
  const id = row?.id ?? '';
  const early = await (await read(verify, '/proxy/verify', null, { draw: id })).text();
  expect(early).toContain('This draw can be checked from');
  expect(early).not.toContain('<script');
  road.clock.advance(DAY);
  await everythingDue();
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
    page.replace(String.raw`chance\":500000`, String.raw`chance\":400000`),
  ];
  for (const other of wrong) {
    expect(other).not.toBe(page);
    expect((await checked(other)).every(({ ok }) => ok)).toBe(false);
  }
  expect((await read(verify, '/proxy/verify', null, { draw: randomUUID() })).status).toBe(404);
  const mina = await front.shopper(0);
  expect((await gameOf(mina, 'wheel')).game).toMatchObject({ epoch: '2026-11-21' });
});

it('what a merchant writes is never run on the page, and nothing of a person stands on it', async () => {
  const [before] = await road.query<{ id: string; odds_hash: string }>(
    `SELECT id, odds_hash FROM draws WHERE game_key = 'wheel' ORDER BY serial LIMIT 1`,
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
  await expect(road.query(`UPDATE draws SET given = 'tea'`)).rejects.toThrow('append only');
  await expect(road.query(`UPDATE game_epochs SET commit = repeat('a', 64)`)).rejects.toThrow(
    'what was committed to stays',
  );
});

it('a giveaway draws as many winners as it has prizes, once, among all tickets (law 10.5)', async () => {
  const [uma, vic, wes] = [await front.shopper(20), await front.shopper(5), await front.shopper(0)];
  for (let one = 0; one < 3; one += 1) expect((await play(uma, 'yacht')).body.ticket).toBeTruthy();
  expect((await play(vic, 'yacht', { entry: 'points' })).status).toBe(200);
  await buys(wes);
  const returned = await buys(wes);
  // 1 free and 2 × 5 points; 5 points; two orders with three each, of which one is given back.
  expect([await front.available(uma), await front.available(vic)]).toEqual([10, 0]);
  expect((await gameOf(wes, 'yacht')).game).toMatchObject({ holding: 6 });
  await givesBack(returned);
  road.clock.advance(6 * DAY);
  expect((await play(vic, 'yacht')).body.refusal?.kind).toBe('not-now');
  await everythingDue();
  await everythingDue();
  const [epoch] = await road.query<{ list_hash: string; tickets: string; state: string }>(
    `SELECT list_hash, tickets, state FROM game_epochs WHERE game_key = 'yacht'`,
  );
  const told = await read(list, '/proxy/verify/list', null, { game: 'yacht', epoch: '2026-11-20' });
  const text = await told.text();
  // 3 of Uma's, 1 of Vic's, 3 of Wes's, and whoever else ordered in the meantime.
  const lines = text.split('\n').map((one) => Number(one.split(' ')[2]));
  expect(epoch).toEqual({
    list_hash: createHash('sha256').update(text).digest('hex'),
    ...{ tickets: String(lines.reduce((sum, many) => sum + many, 0)), state: 'revealed' },
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
