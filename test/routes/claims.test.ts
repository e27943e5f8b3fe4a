/** What staff does about claims, birthdays and keys. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tellActivity } from '../../app/operations/tell-activity.ts';
import { waitingForStaff } from '../../app/queries/waiting-for-staff.ts';
import { action as birthdayAction } from '../../app/routes/app.members.$memberId_.birthday.ts';
import { action as keysAction } from '../../app/routes/app.api-keys.ts';
import { action, loader } from '../../app/routes/app.claims/route.tsx';
import { loader as settings } from '../../app/routes/app.settings/route.tsx';
import { programmeOf, way } from '../domain/activities/ways.ts';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newMember, newShop } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
let customer = 500;
let memberId = '';
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish(
    programmeOf(
      way('receipt', { points: 1, per: '1' }),
      way('custom', { points: 50, action: 'photo', claimable: true }),
      way('birthday', { points: 200 }),
    ),
  );
});
afterAll(() => road.close());
beforeEach(async () => {
  await road.query(`DELETE FROM activities WHERE state = 'pending'`);
  customer += 1;
  memberId = await newMember(road.world, road.shopId, {
    customerId: BigInt(customer),
    name: `Customer ${customer}`,
  });
});

type Route = (args: {
  request: Request;
  context: AppLoadContext;
  params: Record<string, string>;
}) => Promise<unknown>;

async function ask<T>(
  route: Route,
  body?: unknown,
  params: Record<string, string> = {},
): Promise<{ status: number; body: T }> {
  const request = adminRequest('/app', idToken(road.store.domain), body);
  const response = await answerOf(() => route({ request, context, params }));
  return { status: response.status, body: (await response.json()) as T };
}

interface Page {
  readonly claims: readonly Record<string, unknown>[];
  readonly waiting: number;
  readonly next: string | null;
}

const claimed = (number: string, who = customer): Promise<unknown> =>
  tellActivity(
    road.world,
    { shopId: road.shopId, customerId: String(who) },
    { kind: 'receipt', number, amount: '49.95', purchasedOn: '2026-11-10' },
  );
const page = async (): Promise<Page> => (await ask<Page>(loader)).body;
const decide = async (approve: boolean, reason = '', over: object = {}): Promise<unknown> => {
  const [claim] = (await page()).claims;
  const { memberId: whose, kind, id, toldAt } = claim ?? {};
  const wish = { memberId: whose, kind, id, toldAt, approve, reason, ...over };
  return (await ask(action, wish)).body;
};
const available = async (): Promise<number> => (await memberOf(road, String(customer))).available;
const audited = (): Promise<Record<string, unknown>[]> =>
  road.query(`SELECT actor, action, content FROM audit WHERE subject = $1 ORDER BY at, action`, [
    `member:${memberId}`,
  ]);

describe('a claim (law 8)', () => {
  it('waits with what is needed to judge it, and pays 49 when it is approved', async () => {
    await claimed('A-1');
    expect(await waitingForStaff(road.world, road.shopId)).toMatchObject({ claims: 1 });
    expect(await page()).toMatchObject({
      waiting: 1,
      next: null,
      claims: [{ member: `Customer ${customer}`, title: 'A-1', amount: '49.95', kind: 'receipt' }],
    });
    expect(await available()).toBe(0);
    expect(await decide(true)).toEqual({ ok: true });
    expect([await available(), (await page()).waiting]).toEqual([49, 0]);
    expect(await audited()).toMatchObject([{ actor: 'staff:42', action: 'claim-approved' }]);
    expect(await proof(road)).toEqual([]);
  });

  it('is paid once though twenty of the staff approve it at once', async () => {
    await claimed('A-2');
    const [claim] = (await page()).claims;
    const { memberId: whose, kind, id, toldAt } = claim ?? {};
    const wish = { memberId: whose, kind, id, toldAt, approve: true, reason: '' };
    await Promise.all(Array.from({ length: 20 }, () => ask(action, wish)));
    expect(await available()).toBe(49);
    expect(await proof(road)).toEqual([]);
  });

  it('is refused with a reason only, pays nothing, and can be claimed by another then', async () => {
    await claimed('A-3');
    expect(await decide(false)).toMatchObject({ ok: false, refusal: { kind: 'no-reason' } });
    expect((await page()).waiting).toBe(1);
    expect(await decide(false, 'Not ours')).toEqual({ ok: true });
    expect(await audited()).toMatchObject([
      { action: 'claim-refused', content: { claim: 'receipt' } },
    ]);
    // In their own words, which go when the member is erased.
    expect(await road.query(`SELECT words FROM staff_words`)).toEqual([{ words: 'Not ours' }]);
    expect(await claimed('A-3')).toMatchObject({ ok: false, refusal: { kind: 'claimed-already' } });
    const other = (customer += 1);
    await newMember(road.world, road.shopId, { customerId: BigInt(other) });
    expect(await claimed('A-3', other)).toMatchObject({ ok: true, state: 'pending' });
  });

  it('that changed since somebody looked at it is not decided', async () => {
    await claimed('A-4');
    const stale = await decide(true, '', { toldAt: 1 });
    expect(stale).toMatchObject({ ok: false, refusal: { kind: 'changed' } });
    expect([await available(), (await page()).waiting]).toEqual([0, 1]);
  });

  it('of a member who has gone is not shown, and cannot be decided any more', async () => {
    await claimed('A-5');
    const [claim] = (await page()).claims;
    await road.query(`UPDATE members SET state = 'deleted' WHERE id = $1`, [memberId]);
    expect(await page()).toMatchObject({ claims: [], waiting: 0 });
    expect(await waitingForStaff(road.world, road.shopId)).toMatchObject({ claims: 0 });
    const { memberId: whose, kind, id, toldAt } = claim ?? {};
    const wish = { memberId: whose, kind, id, toldAt, approve: true, reason: '' };
    expect((await ask(action, wish)).body).toMatchObject({ refusal: { kind: 'unknown-claim' } });
    expect(await audited()).toEqual([]);
  });

  it('stands on the second page when thirty are before it', async () => {
    for (let number = 1; number <= 31; number += 1) await claimed(`P-${number}`);
    const first = await page();
    expect([first.claims.length, first.waiting]).toEqual([30, 31]);
    const request = adminRequest(
      `/app/claims?after=${encodeURIComponent(first.next ?? '')}`,
      idToken(road.store.domain),
    );
    const response = await answerOf(() => (loader as Route)({ request, context, params: {} }));
    const second = (await response.json()) as Page;
    const all = [...first.claims, ...second.claims].map(({ id }) => id);
    expect([second.claims.length, new Set(all).size]).toEqual([1, 31]);
  });

  it('of another shop is not seen, and cannot be decided', async () => {
    const { id: shopId } = await newShop(road.world);
    const stranger = await newMember(road.world, shopId, { customerId: 1n });
    await road.query(
      `INSERT INTO activities (shop_id, member_id, kind, activity_id, occurred_at, state, told_at)
        VALUES ($1, $2, 'custom', 'claim:x', now(), 'pending', now())`,
      [shopId, stranger],
    );
    expect(await page()).toMatchObject({ claims: [], waiting: 0 });
    const wish = {
      memberId: stranger,
      kind: 'custom',
      id: 'claim:x',
      toldAt: 1,
      approve: true,
      reason: '',
    };
    expect((await ask(action, wish)).body).toMatchObject({ refusal: { kind: 'unknown-claim' } });
  });

  it.each([
    null,
    {},
    { memberId: 'x', kind: 'visit', id: '1', toldAt: 1, approve: true, reason: '' },
  ])('is not decided by %j', async (body) => {
    expect((await ask(action, JSON.stringify(body))).status).toBe(400);
  });
});

describe('a birthday that staff enters', () => {
  it('is kept without its year, and its entering is audited without the day', async () => {
    const params = { memberId };
    expect((await ask(birthdayAction, { month: 2, day: 29 }, params)).body).toEqual({ ok: true });
    expect((await ask(birthdayAction, { month: 2, day: 30 }, params)).body).toMatchObject({
      refusal: { kind: 'bad-date' },
    });
    const { id: other } = await newShop(road.world);
    const stranger = await newMember(road.world, other);
    expect(
      (await ask(birthdayAction, { month: 1, day: 1 }, { memberId: stranger })).body,
    ).toMatchObject({ refusal: { kind: 'unknown-member' } });
    expect(await audited()).toEqual([
      { actor: 'staff:42', action: 'birthday-entered', content: {} },
    ]);
    const kept = `SELECT content FROM activities WHERE kind = 'birthday'`;
    expect(await road.query(kept)).toEqual([{ content: { month: 2, day: 29 } }]);
  });
});

describe('keys for programs', () => {
  it('are shown once when they are made, and listed by their last letters', async () => {
    const wish = { intent: 'make', name: 'Till', scopes: ['tell-activities'] };
    const made = (await ask<{ ok: boolean; key: string }>(keysAction, wish)).body;
    expect(made.key).toMatch(/^laurel_\d+_[0-9a-f-]{36}_[\w-]{43}$/);
    const { body } = await ask<{ keys: { id: string; hint: string; name: string }[] }>(settings);
    expect(body.keys).toMatchObject([{ name: 'Till', hint: made.key.slice(-4) }]);
    expect(JSON.stringify(body)).not.toContain(made.key.slice(-43));
    await ask(keysAction, { intent: 'revoke', id: body.keys[0]?.id });
    expect((await ask<{ keys: unknown[] }>(settings)).body.keys).toEqual([]);
  });

  it('need a name and something to do', async () => {
    const make = async (name: string, scopes: string[]): Promise<unknown> =>
      (await ask(keysAction, { intent: 'make', name, scopes })).body;
    expect(await make(' ', ['tell-activities'])).toMatchObject({ refusal: { kind: 'no-name' } });
    expect(await make('Till', [])).toMatchObject({ refusal: { kind: 'no-scope' } });
    expect((await ask(keysAction, { intent: 'make', name: 'x', scopes: ['all'] })).status).toBe(
      400,
    );
    expect(await road.query(`SELECT 1 FROM api_keys WHERE revoked_at IS NULL`)).toEqual([]);
  });
});
