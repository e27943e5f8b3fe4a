/** Gift cards and store credit, redeemed at the storefront: once each, or with the points back. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { planGift } from '../../app/operations/plan-gift.ts';
import { giveByHand } from '../../app/operations/staff-rewards.ts';
import { rewardsPage } from '../../app/queries/rewards.ts';
import { shopByDomain } from '../../app/queries/shop-by-domain.ts';
import { creditAccountsOf } from '../../devstore/state/credit/store-credit.ts';
import { grantScopes } from '../../devstore/state/shops/install-app.ts';
import type { FaultKind } from '../../devstore/admin-api/faults.ts';
import { contextOf } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

let road: Road;
let front: Storefront;
let mina: Shopper;
beforeAll(async () => {
  road = await openRoad({ elapsedMs: () => performance.now() * 1000 });
  front = storefrontOf(road, contextOf(road));
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      { key: 'card', kind: 'gift-card', points: 300, settings: { amount: '10' } },
      { key: 'credit', kind: 'store-credit', points: 200, settings: { amount: '5' } },
      {
        ...{ key: 'for-a-month', kind: 'store-credit', points: 100 },
        settings: { amount: '5', expiresInDays: 30 },
      },
    ),
  });
  await road.settle();
});
afterAll(() => road.close());
beforeEach(async () => {
  road.devstore.faults.clear();
  road.store.shop.classicCustomerAccounts = false;
  mina = await front.shopper(1_000);
});

const credits = ({ customerId }: Shopper) =>
  creditAccountsOf(road.store, customerId).flatMap(({ transactions }) =>
    transactions.map(({ amountMinor }) => amountMinor),
  );
const cards = ({ customerId }: Shopper) =>
  [...road.store.purses.cards.values()].filter((card) => card.customerId === customerId);
const held = async (who: Shopper) => (await front.see(who)).body['held'];

async function refused(reward: string, points: number): Promise<void> {
  const { status, body } = await front.get(mina, reward);
  expect([status, body.reward]).toMatchObject([
    200,
    {
      ...{ state: 'ended', because: 'refused', code: null, secret: null, back: points },
      says: `It could not be made. ${points} points came back.`,
    },
  ]);
  expect(await front.available(mina)).toBe(1_000);
  expect([credits(mina), cards(mina)]).toEqual([[], []]);
}

async function why(): Promise<unknown> {
  const [row] = await road.query<{ refusal: object }>(
    `SELECT i.refusal FROM issued_rewards i JOIN redemptions r ON r.id = i.id WHERE r.member_id = $1`,
    [mina.memberId],
  );
  return row?.refusal;
}

/** On the app's installation, where Liquid reads it. */
async function mirrored(): Promise<string> {
  const [shop] = await road.query<{ gid: string }>(
    `SELECT installation_gid AS gid FROM shops WHERE id = $1`,
    [road.shopId],
  );
  return road.store.metafields(shop?.gid ?? '').find(({ key }) => key === 'programme')?.value ?? '';
}

describe('before the merchant allowed it (law 5.2)', () => {
  it.each(['card', 'credit'])(
    'a %s is offered to nobody, and refused before any points are reserved',
    async (reward) => {
      const offered = (await front.see(mina)).body.rewards?.map(({ key }) => key);
      expect(offered).not.toContain(reward);
      expect(await mirrored()).toContain('"live":true');
      expect(await mirrored()).not.toContain(`"key":"${reward}"`);
      const { status, body } = await front.get(mina, reward);
      expect([status, body['refusal'], body['says']]).toEqual([
        409,
        { kind: 'needs-permission' },
        'This reward cannot be had at the moment. You keep your points.',
      ]);
      const { shopId } = road;
      const byHand = await giveByHand(road.world, {
        ...{ shopId, actor: 'staff:1', memberId: mina.memberId, rewardKey: reward },
        ...{ requestKey: randomUUID(), reason: 'goodwill', note: '' },
      });
      expect(byHand).toMatchObject({ ok: false, refusal: { kind: 'needs-permission' } });
      const wish = {
        ...{ reason: 'Thanks', content: { kind: 'reward', reward } },
        audience: { kind: 'segment', segment: { match: 'all', conditions: [] } },
      };
      expect(
        await planGift(road.world, { shopId, actor: 'staff:1', wish, file: null }),
      ).toMatchObject({ ok: false, refusal: { kind: 'needs-permission' } });
      expect(await road.query(`SELECT id FROM redemptions`)).toEqual([]);
      expect(await front.available(mina)).toBe(1_000);
      expect(await proof(road)).toEqual([]);
    },
  );

  it('staff see on the page of rewards which permissions are missing', async () => {
    const shop = await shopByDomain(road.world, road.store.domain);
    if (!shop) throw new Error('There is no such shop.');
    const { rewards } = await rewardsPage(road.world, shop);
    expect(rewards.map(({ key, offer }) => [key, offer?.missing])).toEqual([
      ['card', ['write_gift_cards']],
      ['credit', ['read_store_credit_accounts', 'write_store_credit_account_transactions']],
      ['for-a-month', ['read_store_credit_accounts', 'write_store_credit_account_transactions']],
    ]);
  });
});

describe('where it is allowed', () => {
  beforeAll(() => {
    const { app } = road.devstore.world;
    grantScopes(road.store, app, app.optionalScopes);
  });
  beforeEach(() => road.settle());

  it('both are offered from that moment on', async () => {
    const offered = (await front.see(mina)).body.rewards?.map(({ key }) => key);
    expect(offered).toEqual(['card', 'credit', 'for-a-month']);
    expect(await mirrored()).toContain('"key":"card"');
  });

  it('a permission that was taken away unheard of gives the points back at once (law 5.2)', async () => {
    const tokens = [...road.store.accessTokens];
    const before = tokens.map(({ scopes }) => scopes);
    for (const token of tokens) token.scopes = [];
    await refused('card', 300);
    expect(await why()).toMatchObject({ reason: 'needs-scope', scope: 'write_gift_cards' });
    tokens.forEach((token, index) => (token.scopes = before[index] ?? []));
  });

  it('300 points are a card of 10, whose code its owner alone is told', async () => {
    const { body } = await front.get(mina, 'card');
    const { secret } = body.reward as unknown as { readonly secret: string };
    expect(body.reward).toMatchObject({ state: 'had', code: null, says: 'It is yours.' });
    const [card, other] = cards(mina);
    expect([card?.initialMinor, other]).toEqual([1_000, undefined]);
    expect(secret.replaceAll('-', '').toLowerCase()).toBe(card?.code.toLowerCase());
    expect(await held(mina)).toMatchObject([{ state: 'had', code: secret, returnable: false }]);
    const noor = await front.shopper(0);
    expect(JSON.stringify((await front.see(noor)).body)).not.toContain(secret);
    await road.settle();
    const mirrored = road.store.metafields(`gid://shopify/Customer/${mina.customerId}`);
    const told = mirrored.map(({ value }) => value).join();
    expect(told).toContain('"state":"had"');
    expect(told.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(await front.available(mina)).toBe(700);
  });

  it('200 points are 5 of store credit, which is spent by having it and not given back (law 5.4)', async () => {
    const { body } = await front.get(mina, 'credit');
    expect(body.reward).toMatchObject({ state: 'had', says: 'Added to your store credit.' });
    expect(credits(mina)).toEqual([500]);
    const back = { redemption: body.reward?.id };
    expect((await front.post('redemptions/cancel', mina, back)).status).toBe(409);
    await road.settle();
    expect([await front.available(mina), credits(mina)]).toEqual([800, [500]]);
  });

  it('credit for a month says its last day, in their language', async () => {
    const { body } = await front.get(mina, 'for-a-month', {}, { lang: 'de' });
    expect(body.reward?.state).toBe('had');
    expect(body.reward).toMatchObject({ until: '2026-12-20' });
    expect(JSON.stringify(body.reward)).toContain('20. Dezember 2026');
  });

  it('a shop without new customer accounts gives no credit, and the points are back (law 5.2)', async () => {
    road.store.shop.classicCustomerAccounts = true;
    await refused('credit', 200);
    expect(await why()).toMatchObject({ reason: 'needs-new-customer-accounts' });
    road.store.shop.classicCustomerAccounts = false;
    expect((await front.get(mina, 'credit')).body.reward).toMatchObject({ state: 'had' });
    expect(credits(mina)).toEqual([500]);
  });

  const fields = { card: 'giftCardCreate', credit: 'storeCreditAccountCredit' } as const;
  it.each([
    ['card', 'hang-up', 300],
    ['credit', 'hang-up', 200],
    ['card', 'internal-error', 300],
    ['credit', 'internal-error', 200],
    ['card', 'error', 300],
    ['credit', 'throttled', 200],
  ] as const)(
    'a %s of which the answer is lost (%s) is there once, and told when that is known (law 5.2)',
    async (reward, kind: FaultKind, points) => {
      road.devstore.faults.order(kind, 1, null, { field: fields[reward] });
      const { body } = await front.get(mina, reward);
      expect(body.reward).toMatchObject({ state: 'making', code: null });
      expect(await front.available(mina)).toBe(1_000 - points);
      road.clock.advance(120_000);
      await road.settle();
      expect(await held(mina)).toMatchObject([{ state: 'had' }]);
      expect([credits(mina).length + cards(mina).length]).toEqual([1]);
      expect(await front.available(mina)).toBe(1_000 - points);
      expect(await proof(road)).toEqual([]);
    },
  );

  it.each([
    ['card', 'INVALID', 300],
    ['credit', 'CREDIT_LIMIT_EXCEEDED', 200],
  ] as const)(
    'a %s that Shopify refuses gives the points back (law 5.2)',
    async (reward, code, points) => {
      road.devstore.faults.order('user-error', 1, null, { field: fields[reward], code });
      await refused(reward, points);
    },
  );

  it('two credits asked for in one moment are two, each known from the other', async () => {
    const { token = '' } = (await front.see(mina)).body;
    const wishes = [randomUUID(), randomUUID()].map((key) =>
      front.get(mina, 'credit', {}, { token, key }),
    );
    const told = await Promise.all(wishes);
    expect(told.map(({ body }) => body.ok)).toEqual([true, true]);
    road.clock.advance(120_000);
    await road.settle();
    expect(await held(mina)).toMatchObject([{ state: 'had' }, { state: 'had' }]);
    expect(credits(mina)).toEqual([500, 500]);
    expect(await front.available(mina)).toBe(600);
    expect(await proof(road)).toEqual([]);
  });
});
