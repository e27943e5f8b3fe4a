import { beforeAll, describe, expect, it } from 'vitest';
import { passTime } from '../../app/jobs/pass-time.ts';
import { captureRedemption } from '../../app/operations/capture-redemption.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import type { Redeemed, RedemptionWish } from '../../app/operations/redeem-points.ts';
import { releaseRedemption } from '../../app/operations/release-redemption.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { pointsWorld } from '../support/points-world.ts';
import type { PointsWorld } from '../support/points-world.ts';

let here: PointsWorld;
beforeAll(async () => {
  here = await pointsWorld();
});

function redeem(memberId: string, over: Partial<RedemptionWish> = {}): Promise<Redeemed> {
  const wish = { shopId: here.shopId, memberId, requestKey: 'k1', points: 100 };
  return redeemPoints(here.world, { ...wish, purpose: 'five-off', code: null, ...over });
}

const idOf = (redeemed: Redeemed): string => {
  if (!redeemed.ok) throw new Error(redeemed.refusal.kind);
  return redeemed.redemption.id;
};

const outcome = (redeemed: Redeemed): string => (redeemed.ok ? 'ok' : redeemed.refusal.kind);

describe('redeeming (law 5.1)', () => {
  it('the same request key always gives the same redemption; with another body it is refused', async () => {
    const member = await here.member(1_000);
    const first = await redeem(member);
    const again = await redeem(member);
    expect(idOf(again)).toBe(idOf(first));
    expect(await redeem(member, { points: 50 })).toMatchObject({
      refusal: { kind: 'key-used-otherwise', redemption: { id: idOf(first), points: 100 } },
    });
    expect(outcome(await redeem(member, { purpose: 'ten-off' }))).toBe('key-used-otherwise');
    expect(await here.balance(member)).toEqual({ available: 900, pending: 0, debt: 0 });
    // Another member may use the same key for their own.
    expect(outcome(await redeem(await here.member(100)))).toBe('ok');
  });

  it('parallel requests spend a balance once: 25 requests of 100 from 1,000 points, ten succeed', async () => {
    for (let round = 0; round < 3; round += 1) {
      const member = await here.member(1_000);
      const answers = await Promise.all(
        Array.from({ length: 25 }, (_, index) => redeem(member, { requestKey: `p${index}` })),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
      const refused = answers.filter(({ ok }) => !ok).map(outcome);
      expect(new Set(refused)).toEqual(new Set(['not-enough']));
      expect(await here.balance(member)).toEqual({ available: 0, pending: 0, debt: 0 });
    }
    expect(await here.proof()).toEqual([]);
  });

  it('parallel identical requests are one redemption, and an altered one among them is refused', async () => {
    for (const key of ['a', 'b', 'c']) {
      const member = await here.member(1_000);
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          redeem(member, { requestKey: key, points: index === 11 ? 200 : 100 }),
        ),
      );
      const ids = new Set(answers.flatMap((one) => (one.ok ? [one.redemption.id] : [])));
      expect(ids.size).toBe(1);
      const refused = answers.flatMap((one) => (one.ok ? [] : [one.refusal.kind]));
      expect(new Set(refused)).toEqual(new Set(['key-used-otherwise']));
      const { available } = await here.balance(member);
      expect([900, 800]).toContain(available);
      expect(refused).toHaveLength(available === 900 ? 1 : 11);
    }
  });

  it.each<[string, Partial<RedemptionWish>]>([
    ['bad-points', { points: 0 }],
    ['bad-points', { points: -5 }],
    ['bad-points', { points: 1.5 }],
    ['bad-points', { points: Number.NaN }],
    ['bad-points', { points: 1e300 }],
    ['bad-request', { requestKey: '' }],
    ['bad-request', { purpose: 'x'.repeat(201) }],
    ['unknown-member', { memberId: 'nobody' }],
    ['unknown-member', { memberId: '00000000-0000-4000-8000-000000000000' }],
    ['not-enough', { points: 301 }],
  ])('is refused as %s for %o, and nothing moves', async (kind, over) => {
    const member = await here.member(300);
    expect(outcome(await redeem(member, over))).toBe(kind);
    expect(await here.balance(member)).toEqual({ available: 300, pending: 0, debt: 0 });
    const redemptions = await here.rows(
      `SELECT id FROM redemptions WHERE shop_id = $1 AND member_id = $2`,
      member,
    );
    expect(redemptions).toEqual([]);
  });

  it('is not possible while something is owed (law 3.2)', async () => {
    const member = await here.member(50);
    await here.give(member, -70);
    expect(await redeem(member, { points: 1 })).toMatchObject({
      refusal: { kind: 'owes', debt: 20 },
    });
    await here.give(member, 30);
    expect(await here.balance(member)).toEqual({ available: 10, pending: 0, debt: 0 });
    expect(outcome(await redeem(member, { points: 10 }))).toBe('ok');
  });

  it('with a code that another redemption bears is refused, in whatever letters', async () => {
    const [one, two] = [await here.member(100), await here.member(100)];
    expect(outcome(await redeem(one, { code: 'ABC-1' }))).toBe('ok');
    expect(outcome(await redeem(two, { code: 'abc-1' }))).toBe('code-used');
    expect((await here.balance(two)).available).toBe(100);
  });
});

describe('capturing and releasing', () => {
  it('a release puts the points back once; what is captured is never released', async () => {
    const member = await here.member(300);
    const [kept, used] = [
      idOf(await redeem(member, { requestKey: 'kept' })),
      idOf(await redeem(member, { requestKey: 'used' })),
    ];
    const { world, shopId } = here;
    const of = (redemptionId: string) => ({ shopId, redemptionId });
    expect(await captureRedemption(world, { ...of(used), orderId: '4711' })).toMatchObject({
      ok: true,
      redemption: { state: 'captured', orderId: '4711' },
    });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await releaseRedemption(world, of(kept))).toMatchObject({ ok: true });
      expect(await captureRedemption(world, { ...of(used), orderId: '4711' })).toMatchObject({
        ok: true,
      });
    }
    expect(await releaseRedemption(world, of(used))).toEqual({
      ok: false,
      refusal: { kind: 'captured', orderId: '4711' },
    });
    expect(await captureRedemption(world, { ...of(used), orderId: '4712' })).toMatchObject({
      refusal: { kind: 'captured', orderId: '4711' },
    });
    expect(await captureRedemption(world, { ...of(kept), orderId: '4712' })).toEqual({
      ok: false,
      refusal: { kind: 'released' },
    });
    expect(await here.balance(member)).toEqual({ available: 200, pending: 0, debt: 0 });
    expect(await here.proof()).toEqual([]);
  });

  it('when both race, exactly one happens, and the points are there or spent, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const member = await here.member(100);
      const redemptionId = idOf(await redeem(member, { requestKey: `race${round}` }));
      const of = { shopId: here.shopId, redemptionId };
      const [captured, released] = await Promise.all([
        captureRedemption(here.world, { ...of, orderId: null }),
        releaseRedemption(here.world, of),
      ]);
      expect(captured.ok).not.toBe(released.ok);
      expect((await here.balance(member)).available).toBe(released.ok ? 100 : 0);
    }
  });

  it.each(['nonsense', '00000000-0000-4000-8000-000000000000'])(
    'of a redemption that is not there (%s) is refused',
    async (redemptionId) => {
      const of = { shopId: here.shopId, redemptionId };
      expect(await releaseRedemption(here.world, of)).toMatchObject({
        refusal: { kind: 'unknown-redemption' },
      });
    },
  );

  it('another shop’s redemption is not there', async () => {
    const member = await here.member(100);
    const redemptionId = idOf(await redeem(member));
    const other = await pointsWorld();
    const of = { shopId: other.shopId, redemptionId };
    expect((await releaseRedemption(other.world, of)).ok).toBe(false);
    expect((await here.balance(member)).available).toBe(0);
  });
});

it('points that expire while they are asked for are spent or expired, never both (law 4.2)', async () => {
  const race = await pointsWorld();
  await race.publish({ expiry: { kind: 'lot', length: 1, unit: 'days', noticeDays: 0 } });
  const members = await Promise.all(Array.from({ length: 12 }, () => race.member(100)));
  race.now += 3 * DAY;
  // The clock stands before and after the date by turns while all of them redeem.
  const early = { ...race.world, now: () => race.now - 2.5 * DAY };
  const asked = members.map((memberId, index) =>
    redeemPoints(index % 2 === 0 ? early : race.world, {
      ...{ shopId: race.shopId, memberId, requestKey: 'r', points: 60, purpose: 'p', code: null },
    }),
  );
  const [answers] = await Promise.all([Promise.all(asked), passTime(race.world, 3)]);
  await passTime(race.world);
  const spent = answers.filter(({ ok }) => ok).length;
  const [sums] = await race.rows<{ spent: string; expired: string; left: string }>(
    `SELECT sum(points) FILTER (WHERE to_account = 'redeemed') AS spent,
        sum(points) FILTER (WHERE to_account = 'expired') AS expired,
        (SELECT sum(available) FROM members WHERE shop_id = $1) AS left
      FROM entries WHERE shop_id = $1`,
  );
  expect(Number(sums?.spent ?? 0)).toBe(60 * spent);
  expect(Number(sums?.expired ?? 0) + Number(sums?.spent ?? 0)).toBe(1_200);
  expect(Number(sums?.left)).toBe(0);
  expect(await race.proof()).toEqual([]);
});
