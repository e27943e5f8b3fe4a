/** A friend's way from the link to the prizes, through the whole road (law 9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReferral } from '../../app/operations/open-referral.ts';
import { ruleReferral } from '../../app/operations/rule-referral.ts';
import { storefrontReferrals } from '../../app/queries/storefront-referrals.ts';
import { waitingForStaff } from '../../app/queries/waiting-for-staff.ts';
import { forgetOldTraces } from '../../app/storage/referrals/referral-traces.ts';
import { orderBody } from '../support/order-body.ts';
import {
  DAY,
  balance,
  buys,
  claim,
  codeOf,
  device,
  iso,
  openFriends,
  passes,
  refunds,
  road,
  rowsOf,
  someone,
  webhook,
  withCode,
} from '../support/friends.ts';
import type { Person } from '../support/friends.ts';
import { memberOf, proof } from '../support/road.ts';

beforeAll(() => openFriends());
afterAll(() => road.close());

describe('a friend who comes by a link (law 9.1)', () => {
  it('has 100 at once, and who referred them 200 after fourteen days', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const code = await codeOf(mina);
    expect(await openReferral(road.world, road.shopId, { code, to: '/products/tea' })).toBe(
      `/products/tea?ref=${code}`,
    );
    expect(await claim(kim, code.toLowerCase())).toEqual({ ok: true, already: false });
    expect([await balance(mina), await balance(kim)]).toEqual([0, 100]);
    await buys(kim);
    await passes(13);
    expect(await balance(mina)).toBe(0);
    expect((await rowsOf(kim))[0]).toMatchObject({ state: 'ordered', score: 0 });
    await passes(1);
    expect(await balance(mina)).toBe(200);
    const { id } = await memberOf(road, mina.id);
    expect(await storefrontReferrals(road.world, road.shopId, id)).toMatchObject([
      { state: 'rewarded', name: 'K…' },
    ]);
    const told = `SELECT kind FROM member_events WHERE member_id = $1 ORDER BY occurred_at`;
    expect(await road.query(told, [id])).toEqual([
      { kind: 'friend-joined' },
      { kind: 'referral-rewarded' },
    ]);
    expect(await proof(road)).toEqual([]);
  });

  it('counts by the order alone, where they bought without signing in, and is paid at the sign-in', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await buys(kim, withCode(await codeOf(mina)));
    await passes(14);
    expect([await balance(mina), await balance(kim)]).toEqual([200, 0]);
    await claim(kim, await codeOf(mina));
    // The code was theirs before: it is no second claim, and they were seen signed in now.
    expect(await rowsOf(kim)).toHaveLength(1);
    expect(await proof(road)).toEqual([]);
  });

  it('comes by the first code only, though 100 are claimed and again', async () => {
    const [mina, noor, kim] = [await someone(), await someone(), await someone()];
    const [first, second] = [await codeOf(mina), await codeOf(noor)];
    await claim(kim, first);
    expect(await claim(kim, second)).toMatchObject({ refusal: { kind: 'came-before' } });
    const again = await Promise.all(Array.from({ length: 20 }, () => claim(kim, first)));
    expect(again.every((one) => one.ok && one.already)).toBe(true);
    await passes(1);
    await buys(kim, withCode(second));
    await passes(20);
    expect([await balance(mina), await balance(noor), await balance(kim)]).toEqual([200, 0, 100]);
    expect(await rowsOf(kim)).toMatchObject([
      { state: 'rewarded' },
      { state: 'refused', because: 'came-before' },
    ]);
  });

  it('is no friend of their own, nor new when they ordered before', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const code = await codeOf(mina);
    expect(await claim(mina, code)).toMatchObject({ refusal: { kind: 'own-code' } });
    await buys(mina, withCode(code));
    expect(await rowsOf(mina)).toEqual([]);
    await buys(kim);
    expect(await claim(kim, code)).toMatchObject({ refusal: { kind: 'not-new' } });
    expect(await claim(kim, 'NOBODY-HAS-IT')).toMatchObject({ refusal: { kind: 'unknown-code' } });
    expect(await balance(mina)).toBe(0);
  });
});

describe('an order that goes back (law 9.3)', () => {
  it('within the window makes the next one count; after it the points go back', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await claim(kim, await codeOf(mina));
    const first = await buys(kim);
    await passes(5);
    await refunds(first);
    expect((await rowsOf(kim))[0]).toMatchObject({ state: 'returned' });
    const second = await buys(kim);
    await passes(13);
    expect(await balance(mina)).toBe(0);
    await passes(1);
    expect(await balance(mina)).toBe(200);
    await refunds(second);
    expect(await balance(mina)).toBe(0);
    expect((await rowsOf(kim))[0]).toMatchObject({ state: 'returned' });
    expect(await proof(road)).toEqual([]);
  });

  it('ends in the same books when its refund is told first, twice, and the claim last', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const code = await codeOf(mina);
    const id = 77_000;
    const lines = [{ id: id + 1, price: '50.00', quantity: 1 }];
    const body = {
      ...orderBody({ id, customerId: Number(kim.id), placedAt: iso(), lines }),
      ...{ email: kim.email, phone: null, shipping_address: null, billing_address: null },
      ...withCode(code),
    };
    await refunds({ id, body });
    await webhook('orders/paid', body);
    await webhook('orders/paid', body);
    await refunds({ id, body });
    await passes(20);
    expect(await balance(mina)).toBe(0);
    expect(await rowsOf(kim)).toMatchObject([{ state: 'returned' }]);
    expect(await proof(road)).toEqual([]);
  });
});

describe('people who refer themselves (law 9.4)', () => {
  it('by another spelling of their mailbox are refused and lose what was given', async () => {
    const mina = await someone('mina.kay@gmail.com');
    const other = await someone('MinaKay+shop@googlemail.com');
    await claim(other, await codeOf(mina));
    expect((await rowsOf(other))[0]).toMatchObject({
      ...{ state: 'refused', because: 'score', score: 100, signals: ['same-email'] },
    });
    await buys(other);
    await passes(30);
    expect([await balance(mina), await balance(other)]).toEqual([0, 0]);
    expect(await proof(road)).toEqual([]);
  });

  it('in one browser, one after another, wait for a person who refuses or approves', async () => {
    const mina = await someone();
    const ring = [await someone(), await someone(), await someone()];
    const one = device();
    for (const friend of ring) await claim(friend, await codeOf(mina), { device: one });
    for (const friend of ring) await buys(friend);
    await passes(15);
    // The first is above suspicion; the others came in the browser of the first.
    expect(await balance(mina)).toBe(200);
    const [second, third] = [(await rowsOf(ring[1]!))[0], (await rowsOf(ring[2]!))[0]];
    expect(second).toMatchObject({ state: 'flagged', score: 50, signals: ['shared-device'] });
    expect(third).toMatchObject({ state: 'flagged' });
    expect(await waitingForStaff(road.world, road.shopId)).toMatchObject({ referrals: 2 });
    const about = { shopId: road.shopId, actor: 'Ada' };
    const no = { ...about, id: third?.id ?? '', approve: false };
    expect(await ruleReferral(road.world, { ...no, reason: ' ' })).toMatchObject({ ok: false });
    await ruleReferral(road.world, { ...no, reason: 'One person' });
    await ruleReferral(road.world, { ...no, id: second?.id ?? '', approve: true, reason: 'Twins' });
    await road.settle();
    expect(await balance(mina)).toBe(400);
    expect([await balance(ring[1]!), await balance(ring[2]!)]).toEqual([100, 0]);
    const audit = await road.query(
      `SELECT action FROM audit WHERE action LIKE 'referral%' ORDER BY seq`,
    );
    expect(audit).toHaveLength(4);
    expect(await proof(road)).toEqual([]);
  });

  it('are found by the address and the phone of an order that comes later', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const home = { address1: 'Grüne Str. 5', zip: '10115', country_code: 'DE', city: 'Berlin' };
    await buys(mina, { shipping_address: { ...home, phone: '+49 170 1234567' } });
    await claim(kim, await codeOf(mina));
    expect(await balance(kim)).toBe(100);
    const there = { ...home, address1: 'GRÜNE STRASSE 5', phone: '0170 1234567' };
    await buys(kim, { shipping_address: there });
    expect((await rowsOf(kim))[0]).toMatchObject({
      ...{ state: 'refused', score: 110, signals: ['same-phone', 'same-address'] },
    });
    await passes(20);
    expect([await balance(mina), await balance(kim)]).toEqual([0, 0]);
  });

  it('are found a minute later, where both told the same at the same moment', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const phone = '+49 30 999 000 1';
    await claim(kim, await codeOf(mina));
    await buys(mina, { phone });
    await buys(kim, { phone });
    expect((await rowsOf(kim))[0]).toMatchObject({ state: 'flagged', score: 60 });
    // As if neither had seen what the other was writing.
    const [row] = await rowsOf(kim);
    await road.query(`UPDATE referrals SET findings = '{}' WHERE id = $1`, [row?.id]);
    road.clock.advance(60_000);
    await road.settle();
    const [after] = await road.query(`SELECT findings FROM referrals WHERE id = $1`, [row?.id]);
    expect(after).toEqual({ findings: { 'same-phone': expect.any(Number) as number } });
  });

  it('of eight who come at once are all counted, whoever was first', async () => {
    const mina = await someone();
    const code = await codeOf(mina);
    const friends: Person[] = [];
    for (let number = 0; number < 8; number += 1) friends.push(await someone());
    await Promise.all(friends.map((friend) => claim(friend, code)));
    const rows = await Promise.all(friends.map(rowsOf));
    // More than five within a day are suspicious, and these are of one moment.
    expect(rows.map(([one]) => [one?.state, one?.signals])).toEqual(
      friends.map(() => ['flagged', ['many-claims']]),
    );
    expect(await proof(road)).toEqual([]);
  });

  it('leave only keyed hashes, which are gone when nobody saw them for 90 days', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await claim(kim, await codeOf(mina), { ip: '203.0.113.77' });
    const { id } = await memberOf(road, kim.id);
    const mine = (): Promise<Record<string, unknown>[]> =>
      road.query(`SELECT kind, hash FROM referral_traces WHERE member_id = $1 ORDER BY kind`, [id]);
    expect((await mine()).map(({ kind }) => kind)).toEqual(['device', 'email', 'ip']);
    expect(JSON.stringify(await mine())).not.toMatch(/203\.0|person|browser/);
    await forgetOldTraces(
      road.world.db(road.shopId),
      road.shopId,
      Number(road.clock.now()) + 89 * DAY,
    );
    expect(await mine()).toHaveLength(3);
    await forgetOldTraces(
      road.world.db(road.shopId),
      road.shopId,
      Number(road.clock.now()) + 91 * DAY,
    );
    expect(await mine()).toEqual([]);
  });
});
