/** Streaks on the whole road: visits, freezes that are bought and given, and who may ask for what. */
import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { giveFreeze } from '../../app/operations/give-freeze.ts';
import { play } from '../../app/operations/play.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { tellActivity } from '../../app/operations/tell-activity.ts';
import { action as give } from '../../app/routes/app.members.$memberId_.freeze.ts';
import { loader } from '../../app/routes/proxy.activities.ts';
import { action as freeze } from '../../app/routes/proxy.streaks.freeze.ts';
import {
  adminRequest,
  answerOf,
  contextOf,
  idToken,
  proxyRequest,
} from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper } from '../support/storefront-shoppers.ts';

const DAY = 86_400_000;
/** Noon in the shop, on a Friday. */
const FRIDAY = Date.parse('2026-11-20T12:00:00Z');

let road: Road;
let context: AppLoadContext;
let mina: Shopper;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish({
    earning: [],
    badges: [],
    challenges: [],
    streaks: STREAKS,
  });
  await road.settle();
});
afterAll(() => road.close());
beforeEach(async () => {
  road.clock.set(new Date(FRIDAY));
  mina = await storefrontOf(road, context).shopper(100);
});

const freezes = { atStart: 0, earnEvery: null, most: 1, cost: 40 };
const milestone = {
  at: 3,
  points: 50,
  reward: null,
  badge: null,
  multiplier: '' as const,
  days: 7,
};
const about = { enabled: true, words: '', of: ['visit'], period: 'day' as const, again: false };
const always = { warnHours: 6, startsAt: null, endsAt: null };
const STREAKS = [
  { key: 'daily', name: 'Daily', ...about, freezes, milestones: [milestone], ...always },
  {
    ...{ key: 'unsold', name: 'Unsold', ...about, ...always },
    ...{ freezes: { ...freezes, cost: null }, milestones: [] },
  },
];

/** Days after that Friday. */
async function visitOn(day: number): Promise<void> {
  road.clock.set(new Date(FRIDAY + day * DAY));
  await road.settle();
  const { customerId } = mina;
  const told = await tellActivity(
    road.world,
    { shopId: road.shopId, customerId },
    { kind: 'visit' },
  );
  expect(told.ok).toBe(true);
}

async function streak(key = 'daily'): Promise<Record<string, unknown> | undefined> {
  const told = await play(road.world, { shopId: road.shopId, customerId: mina.customerId });
  const streaks = told['streaks'] as readonly Record<string, unknown>[];
  return streaks.find((one) => one['key'] === key);
}

async function token(): Promise<string> {
  const { url } = proxyRequest('/proxy/activities', {
    ...{ shop: road.store.domain, logged_in_customer_id: mina.customerId },
  });
  const request = new Request(url, { headers: { 'User-Agent': 'Mozilla/5.0' } });
  const answer = await answerOf(() => loader({ request, context, params: {} }));
  return ((await answer.json()) as { token: string }).token;
}

async function buy(
  wish: object,
  { customer = mina.customerId, lang = 'en' } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const query = { shop: road.store.domain, logged_in_customer_id: customer, lang };
  const request = new Request(proxyRequest('/proxy/streaks/freeze', query).url, {
    method: 'POST',
    headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: await token(), key: randomUUID(), streak: 'daily', ...wish }),
  });
  const answer = await answerOf(() => freeze({ request, context, params: {} }));
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const available = (): Promise<number> => storefrontOf(road, context).available(mina);

describe('a streak of visits', () => {
  it('goes on over a missed day by a freeze for 40 of 100 points, and pays 50 (law 10.3)', async () => {
    await visitOn(0);
    await visitOn(1);
    expect(await streak()).toMatchObject({
      ...{ now: 2, best: 2, freezes: 0, unit: 'day', safe: true, by: '2026-11-22', freezeCost: 40 },
      next: { at: 3, points: 50, reward: null, badge: null, multiplier: null },
    });
    const key = randomUUID();
    expect(await buy({ key })).toMatchObject({
      ...{ status: 200, body: { ok: true, already: false, freezes: 1 } },
    });
    // The same press of the button is the same freeze.
    expect(await buy({ key })).toMatchObject({ status: 200, body: { already: true, freezes: 1 } });
    expect(await available()).toBe(60);
    await visitOn(3);
    expect(await streak()).toMatchObject({ now: 3, freezes: 0, next: null });
    expect(await available()).toBe(110);
    expect(
      await road.query(
        `SELECT kind, content->>'streak' AS streak FROM activities
      WHERE member_id = $1 AND kind = 'freeze'`,
        [mina.memberId],
      ),
    ).toEqual([{ kind: 'freeze', streak: 'daily' }]);
    expect(await proof(road)).toEqual([]);
  });

  it('is over when nothing is done, by the calendar alone; staff can let it go on (law 10.3)', async () => {
    await visitOn(0);
    await visitOn(1);
    // Five hours before Sunday ends.
    road.clock.set(new Date(Date.parse('2026-11-22T18:00:00Z')));
    await road.settle();
    road.clock.set(new Date(FRIDAY + 3 * DAY));
    await road.settle();
    expect(await streak()).toMatchObject({ now: 0, best: 2, by: null, freezeCost: null });
    expect(
      await road.query(
        `SELECT kind FROM member_events WHERE member_id = $1 AND content->>'streak' = 'daily'
      ORDER BY kind`,
        [mina.memberId],
      ),
    ).toEqual([{ kind: 'streak-at-risk' }, { kind: 'streak-broken' }]);
    await visitOn(3);
    expect(await streak()).toMatchObject({ now: 1 });
    const wish = { streak: 'daily', from: 'its-end', note: '', requestKey: randomUUID() };
    const asked = async (more: object): Promise<unknown> => {
      const request = adminRequest('/app', idToken(road.store.domain), { ...wish, ...more });
      const { memberId } = mina;
      return (await answerOf(() => give({ request, context, params: { memberId } }))).json();
    };
    expect(await asked({ reason: '' })).toMatchObject({ refusal: { kind: 'no-reason' } });
    expect(await streak()).toMatchObject({ now: 1 });
    expect(await asked({ reason: 'goodwill' })).toEqual({ ok: true });
    expect(await asked({ reason: 'goodwill' })).toEqual({ ok: true });
    expect(await streak()).toMatchObject({ now: 3, freezes: 0 });
    const lines = await road.query(
      `SELECT action, content->>'streak' AS streak, content->>'reason' AS reason
      FROM audit WHERE subject = $1 AND action = 'freeze-given'`,
      [`member:${mina.memberId}`],
    );
    expect(lines).toEqual([{ action: 'freeze-given', streak: 'daily', reason: 'goodwill' }]);
    expect(await proof(road)).toEqual([]);
  });

  it('is the same after everything was worked out anew', async () => {
    await visitOn(0);
    await visitOn(1);
    await buy({});
    const rows = () =>
      road.query(
        `SELECT have, need, counted, completed_at, until FROM progress
        WHERE member_id = $1 AND kind = 'streak' ORDER BY key`,
        [mina.memberId],
      );
    const before = await rows();
    expect(before).toHaveLength(2);
    await road.query(`DELETE FROM progress WHERE member_id = $1 AND kind = 'streak'`, [
      mina.memberId,
    ]);
    await rebuildMembers(road.world, road.shopId, { told: () => undefined });
    expect(await rows()).toEqual(before);
  });
});

describe('a freeze', () => {
  it('is refused with a reason, and then nothing is taken', async () => {
    const no = async (wish: object = {}): Promise<unknown[]> => {
      const { status, body } = await buy(wish);
      return [status, (body['refusal'] as { kind: string }).kind, body['says']];
    };
    expect(await no()).toEqual([409, 'no-streak', 'Begin the streak first.']);
    await visitOn(0);
    expect(await no({ streak: 'other' })).toEqual([
      ...[422, 'unknown-streak', 'There is no such streak.'],
    ]);
    expect(await no({ streak: 'unsold' })).toEqual([
      ...[422, 'not-for-sale', 'Freezes of this streak cannot be bought.'],
    ]);
    expect(await no({ customer: '7' })).toEqual([400, 'bad-form', expect.any(String)]);
    expect(await available()).toBe(100);
    const key = randomUUID();
    expect((await buy({ key })).status).toBe(200);
    expect(await no()).toEqual([409, 'no-room', 'You can hold 1 freeze.']);
    expect(await no({ key, streak: 'unsold' })).toEqual([
      ...[422, 'key-used-otherwise', 'This was done already.'],
    ]);
    expect(await available()).toBe(60);
    // 60 and 50 for the milestone less 2 × 40.
    for (const day of [2, 4]) {
      await visitOn(day);
      await buy({});
    }
    await visitOn(6);
    expect((await buy({}, { lang: 'de' })).body).toMatchObject({
      refusal: { kind: 'not-enough', available: 30, wanted: 40 },
      says: 'Noch 10 Punkte.',
    });
    expect(await available()).toBe(30);
  });

  it('is one, and paid once, when ten presses come at once (law 10.3)', async () => {
    await visitOn(0);
    const told = await Promise.all(Array.from({ length: 10 }, () => buy({})));
    const ok = told.filter(({ status }) => status === 200);
    expect(ok).toHaveLength(1);
    expect(await available()).toBe(60);
    expect(await streak()).toMatchObject({ freezes: 1 });
  });

  it('is given by staff where there is something to keep', async () => {
    const wish = {
      ...{ shopId: road.shopId, memberId: mina.memberId, streak: 'daily', from: 'now' as const },
      ...{ reason: 'goodwill', note: '', actor: 'staff:1' },
    };
    const given = () => giveFreeze(road.world, { ...wish, requestKey: randomUUID() });
    expect(await given()).toEqual({ ok: false, refusal: { kind: 'no-streak' } });
    await visitOn(0);
    expect(await given()).toEqual({ ok: true });
    expect(await given()).toEqual({ ok: false, refusal: { kind: 'no-room', most: 1 } });
    expect(await streak()).toMatchObject({ freezes: 1 });
    expect(await available()).toBe(100);
    const over = { ...wish, from: 'its-end' as const, requestKey: randomUUID() };
    expect(await giveFreeze(road.world, over)).toMatchObject({ refusal: { kind: 'not-over' } });
  });

  it('is for members: who is signed out is told so', async () => {
    const query = { shop: road.store.domain, logged_in_customer_id: '' };
    const request = new Request(proxyRequest('/proxy/streaks/freeze', query).url, {
      ...{ method: 'POST', headers: { 'User-Agent': 'Mozilla/5.0' }, body: '{}' },
    });
    expect((await answerOf(() => freeze({ request, context, params: {} }))).status).toBe(401);
  });
});
