/** Rewards at the storefront: what a shopper sees, redeems and gives back, and what nobody else may. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAtOnce } from '../../app/jobs/make-at-once.ts';
import { giveReward } from '../../app/operations/redeem-reward.ts';
import { partnerCodePlace } from '../../app/storage/sealing.ts';
import { storePartnerCodes } from '../../app/storage/rewards/partner-codes.ts';
import { contextOf } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const CODE = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;

let road: Road;
let front: Storefront;
beforeAll(async () => {
  road = await openRoad();
  front = storefrontOf(road, contextOf(road));
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      { key: 'five-off', kind: 'amount-off', name: '€5 off', points: 500, description: 'Nice.' },
      { key: 'choose', kind: 'variable-amount-off', points: 100 },
      { key: 'gold-only', kind: 'percent-off', points: 10, audience: { tiers: ['gold'] } },
      { key: 'later', kind: 'perk', points: 10, startsAt: '2027-01-01T00:00:00Z' },
      { key: 'once', kind: 'perk', points: 10, perMember: [{ most: 1, of: 'times', per: 'day' }] },
      { key: 'none-left', kind: 'amount-off', points: 10, stock: 0 },
      { key: 'cinema', kind: 'partner-code', points: 50 },
      { key: 'call', kind: 'by-hand', points: 20 },
      { key: 'prize', kind: 'amount-off', points: 1, forPoints: false },
    ),
  });
  const codes = ['CINE-1', 'CINE-2'].map((code) => ({
    hash: code,
    sealed: road.world.sealer.seal(code, partnerCodePlace(road.shopId, 'cinema')),
  }));
  await storePartnerCodes(road.world.db(road.shopId), road.shopId, 'cinema', codes, new Date());
  await road.settle();
});
afterAll(() => road.close());

let mina: Shopper;
let noor: Shopper;
beforeEach(async () => {
  road.devstore.faults.clear();
  mina = await shopper(600);
  noor = await shopper(600);
});

const shopper: Storefront['shopper'] = (points) => front.shopper(points);
const see: Storefront['see'] = (...asked) => front.see(...asked);
const post: Storefront['post'] = (...asked) => front.post(...asked);
const get: Storefront['get'] = (...asked) => front.get(...asked);
const available: Storefront['available'] = (who) => front.available(who);
const effectOf: Storefront['effectOf'] = (id) => front.effectOf(id);

describe('what a shopper sees', () => {
  it('is each reward with its cost, and why they cannot have it yet', async () => {
    const { body, headers } = await see(mina);
    expect(headers.get('Cache-Control')).toBe('private, no-store');
    expect(body).toMatchObject({ points: 600, balance: '600 points', held: [] });
    const told = body.rewards?.map(({ key, can, says }) => [key, can, says]);
    expect(told).toEqual([
      ['five-off', true, undefined],
      ['choose', true, undefined],
      ['gold-only', false, 'For members of another tier.'],
      ['later', false, 'From January 1, 2027.'],
      ['once', true, undefined],
      ['none-left', false, 'All gone for now.'],
      ['cinema', true, undefined],
      ['call', true, undefined],
    ]);
    expect(body.rewards?.[0]).toMatchObject({
      ...{ name: '€5 off', words: 'Nice.', cost: 500, steps: null, worth: { cents: 500 } },
    });
    expect(body.rewards?.[1]).toMatchObject({ steps: { least: 1, most: 20 }, most: 6 });
  });

  it('says how many points are missing, in their language: 500 less 120 are 380', async () => {
    const poor = await shopper(120);
    const { body } = await see(poor, { lang: 'de-AT' });
    expect(body.rewards?.[0]).toMatchObject({
      can: false,
      why: { kind: 'not-enough', available: 120, wanted: 500 },
      says: 'Noch 380 Punkte.',
    });
  });

  it('is nothing of anybody for a guest', async () => {
    expect((await see(null)).body).toMatchObject({ token: null, points: null, held: [] });
  });
});

describe('redeeming', () => {
  it('answers a code that works, and the outbox has nothing more to do (law 5.1)', async () => {
    const { status, body } = await get(mina, 'five-off');
    expect(status).toBe(200);
    expect(body).toMatchObject({ ok: true, already: false, reward: { state: 'usable' } });
    const { id, code } = body.reward ?? { id: '', code: '' };
    expect(code).toMatch(CODE);
    expect(road.store.discounts.find(code ?? '')).toBeDefined();
    expect(await available(mina)).toBe(100);
    expect(await effectOf(id)).toEqual({ state: 'done', attempts: 0, wanted: 1 });
    expect((await see(mina)).body.held).toMatchObject([
      { id, code, state: 'usable', says: 'To be used by February 18, 2027.', returnable: true },
    ]);
    expect((await see(noor)).body.held).toEqual([]);
    expect(await proof(road)).toEqual([]);
  });

  it('once for a key, though it is sent ten times at once (law 5.1)', async () => {
    const { token = '' } = (await see(mina)).body;
    const key = randomUUID();
    const told = await Promise.all(
      Array.from({ length: 10 }, () => get(mina, 'choose', { steps: 2 }, { token, key })),
    );
    expect(told.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
    expect(new Set(told.map(({ body }) => body.reward?.id)).size).toBe(1);
    expect(await available(mina)).toBe(400);
    expect((await get(mina, 'five-off', {}, { token, key })).body).toMatchObject({
      refusal: { kind: 'key-used-otherwise' },
    });
    expect(await available(mina)).toBe(400);
  });

  it('says no with a reason, and takes nothing', async () => {
    const no = async (reward: string, more: object = {}) => {
      const { status, body } = await get(mina, reward, more);
      return [status, (body['refusal'] as { kind: string }).kind, body['says']];
    };
    expect(await no('gold-only')).toEqual([409, 'not-for-you', 'For members of another tier.']);
    expect(await no('later')).toEqual([409, 'not-now', 'From January 1, 2027.']);
    expect(await no('none-left')).toEqual([409, 'out-of-stock', 'All gone for now.']);
    expect(await no('prize')).toEqual([422, 'not-for-points', expect.any(String)]);
    expect(await no('nothing')).toEqual([422, 'unknown-reward', expect.any(String)]);
    expect(await no('choose', { steps: 21 })).toEqual([422, 'bad-steps', 'Choose from 1 to 20.']);
    expect(await no('choose', { steps: 7 })).toEqual([409, 'not-enough', '100 points to go.']);
    expect(await no('choose', { steps: 1.5 })).toEqual([400, 'bad-form', expect.any(String)]);
    expect(await no('choose', { customer_id: noor.customerId })).toEqual([
      400,
      'bad-form',
      expect.any(String),
    ]);
    expect(await available(mina)).toBe(600);
    expect(await available(noor)).toBe(600);
  });

  it('only with the token of their own page, and as JSON', async () => {
    const { token = '' } = (await see(noor)).body;
    const wish = { reward: 'once', key: randomUUID() };
    expect((await post('redeem', mina, wish, { token })).status).toBe(403);
    expect((await post('redeem', mina, wish, { type: 'text/plain' })).status).toBe(415);
    expect(await available(mina)).toBe(600);
  });

  it('what has a limit says so the second time, and a thirty-first call waits', async () => {
    const { token = '' } = (await see(mina)).body;
    expect((await get(mina, 'once', {}, { token })).body).toMatchObject({
      reward: { state: 'had', says: expect.stringContaining('It is yours.') as string },
    });
    expect((await get(mina, 'once', {}, { token, lang: 'de' })).body).toMatchObject({
      refusal: { kind: 'limit-reached', most: 1, per: 'day' },
      says: 'Nur einmal am Tag.',
    });
    for (let call = 2; call < 30; call += 1) await get(mina, 'once', {}, { token });
    const late = await get(mina, 'five-off', {}, { token });
    expect([late.status, late.headers.get('Retry-After')]).toEqual([429, '60']);
    expect(await available(mina)).toBe(590);
  });

  it('a code of a partner is opened for its owner alone', async () => {
    const { body } = await get(mina, 'cinema');
    expect(body.reward).toMatchObject({ state: 'had', code: null, secret: 'CINE-1' });
    expect((await see(mina)).body.held).toMatchObject([{ code: 'CINE-1', apply: null }]);
    expect(JSON.stringify((await see(noor)).body)).not.toContain('CINE-1');
    const [row] = await road.query<{ text: string }>(`SELECT code AS text FROM partner_codes`);
    expect(row?.text).toMatch(/^laurel1\./);
  });

  it('what a person does waits for them, and is not given back', async () => {
    const { body } = await get(mina, 'call');
    expect(body.reward).toMatchObject({ state: 'waiting', says: 'We are taking care of it.' });
    const wish = { redemption: body.reward?.id };
    expect((await post('redemptions/cancel', mina, wish)).status).toBe(409);
    expect(await available(mina)).toBe(580);
  });
});

describe('when Shopify does not answer as it should', () => {
  const order = (kind: 'error' | 'throttled' | 'user-error', code?: string): void =>
    road.devstore.faults.order(kind, 1, null, { field: 'discountCodeBasicCreate', code });

  it('the reward is being made, and the outbox makes it', async () => {
    order('error');
    const { body } = await get(mina, 'five-off');
    expect(body.reward).toMatchObject({ state: 'making', code: null });
    expect((await see(mina)).body.held).toMatchObject([{ state: 'making', code: null }]);
    road.clock.advance(2_000);
    await road.settle();
    expect((await see(mina)).body.held).toMatchObject([{ state: 'usable' }]);
    expect(await available(mina)).toBe(100);
    expect(await effectOf(body.reward?.id)).toMatchObject({ state: 'done' });
  });

  it('in time, it is told as being made, and no second one is made for it', async () => {
    const makeReward = makeAtOnce(road.world, road.access, 0);
    const hasty = storefrontOf(road, { ...contextOf(road), makeReward });
    road.devstore.faults.setPace(road.store.domain, 50);
    const { body } = await hasty.get(mina, 'five-off');
    road.devstore.faults.setPace(road.store.domain, 0);
    expect(body.reward).toMatchObject({ state: 'making', code: null });
    await expect.poll(() => effectOf(body.reward?.id)).toMatchObject({ state: 'done' });
    await road.settle();
    const { held } = (await see(mina)).body;
    expect(held).toMatchObject([{ state: 'usable', code: expect.stringMatching(CODE) as string }]);
    const theirs = road.store.discounts.all().filter((one) => one.title.includes(mina.customerId));
    expect(theirs).toHaveLength(1);
  });

  it('and refuses, the points are back and the shopper reads so (law 5.2)', async () => {
    order('user-error', 'INVALID');
    const { body } = await get(mina, 'five-off');
    expect(body.reward).toMatchObject({
      ...{ state: 'ended', because: 'refused', code: null, back: 500 },
      says: 'It could not be made. 500 points came back.',
    });
    expect(await available(mina)).toBe(600);
    expect(await proof(road)).toEqual([]);
  });
});

describe('giving back', () => {
  it('ends the code in Shopify, and then the points are back', async () => {
    const { id = '', code } = (await get(mina, 'five-off')).body.reward ?? {};
    const { body } = await post('redemptions/cancel', mina, { redemption: id });
    expect(body).toMatchObject({ ok: true, reward: { state: 'ending', code: null } });
    expect(await available(mina)).toBe(100);
    await road.settle();
    expect(await available(mina)).toBe(600);
    expect((await see(mina)).body.held).toMatchObject([
      { state: 'ended', because: 'cancelled', says: 'Given back. 500 points came back.' },
    ]);
    expect(code).toMatch(CODE);
    expect((await post('redemptions/cancel', mina, { redemption: id })).body).toMatchObject({
      ok: true,
    });
    await road.settle();
    expect(await available(mina)).toBe(600);
    expect(await proof(road)).toEqual([]);
  });

  it('somebody else’s is as unknown as none', async () => {
    const { id = '' } = (await get(noor, 'five-off')).body.reward ?? {};
    const theirs = await post('redemptions/cancel', mina, { redemption: id });
    const none = await post('redemptions/cancel', mina, { redemption: randomUUID() });
    expect([theirs.status, theirs.body]).toEqual([none.status, none.body]);
    expect(theirs.status).toBe(404);
    expect((await see(noor)).body.held).toMatchObject([{ state: 'usable' }]);
  });

  it('a present cannot be given back, for there are no points to come back', async () => {
    const { shopId } = road;
    const given = await giveReward(road.world, {
      ...{ shopId, memberId: mina.memberId, rewardKey: 'prize', requestKey: 'p', origin: 'agent' },
    });
    const redemption = given.ok ? given.redemption.id : '';
    await road.settle();
    expect((await post('redemptions/cancel', mina, { redemption })).body).toMatchObject({
      refusal: { kind: 'not-returnable' },
    });
    expect((await see(mina)).body.held).toMatchObject([{ state: 'usable', returnable: false }]);
  });
});
