/** What the two of a referral get, and when (law 9). */
import { describe, expect, it } from 'vitest';
import type { ReferralFacts } from '../../../app/domain/referrals/referral.ts';
import type { ShopTerms } from '../../../app/domain/programme/terms.ts';
import { day, Member, shopWith, tiers } from '../fixtures.ts';
import { bought, NOON, ordered, referral, referring } from './referred.ts';
import type { ReferralSettings } from '../../../app/domain/referrals/settings.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

const shopOf = (over: Partial<ReferralSettings> = {}): ShopTerms =>
  shopWith([[day(1), referring(over)]]);

function advocate(shop: ShopTerms, referrals: readonly ReferralFacts[], now: number): Member {
  const member = new Member(shop);
  member.referrals = referrals;
  return member.decide(now);
}

function friend(shop: ShopTerms, one: ReferralFacts, now: number): Member {
  const member = new Member(shop);
  member.referredBy = [one];
  return member.decide(now);
}

const balance = ({ books }: Member): number => books.available + books.pending - books.debt;
const standing = (member: Member, id = 'r1') =>
  member.decision?.referrals.find((one) => one.id === id)?.standing;

describe('the friend', () => {
  it('has 100 points at once when they are signed in, and none before (law 9.1)', () => {
    expect(balance(friend(shopOf(), referral(), day(11) + NOON))).toBe(100);
    expect(balance(friend(shopOf(), referral({ seenAt: null }), day(40)))).toBe(0);
    const later = referral({ seenAt: day(20) });
    expect(balance(friend(shopOf(), later, day(19)))).toBe(0);
    expect(balance(friend(shopOf(), later, day(20)))).toBe(100);
  });

  it('loses them when the referral turns out to be of one person: 100 − 100 (law 9.4)', () => {
    const member = friend(shopOf(), referral(), day(12));
    member.referredBy = [referral({ findings: { 'same-email': day(11) + NOON } })];
    member.decide(day(13));
    expect(member.moves).toEqual([100, -100]);
  });

  it('gets nothing by a second code: the first claim counts (law 9.2)', () => {
    expect(balance(friend(shopOf(), referral({ superseded: true }), day(20)))).toBe(0);
  });

  it('who ordered before is no new friend, unless the programme takes them (law 9.2)', () => {
    const course = { ...bought(), earlierAt: day(5) };
    expect(balance(friend(shopOf(), referral({ course }), day(20)))).toBe(0);
    const open = shopOf({ friendMustBeNew: false });
    expect(balance(friend(open, referral({ course }), day(20)))).toBe(100);
  });
});

describe('the one who referred', () => {
  it('has 200 points when 14 days have passed since the friend paid (law 9.1)', () => {
    const one = referral({ course: bought(ordered(12, 5_000)) });
    const before = advocate(shopOf(), [one], day(26) + NOON - 1);
    expect(balance(before)).toBe(0);
    expect(standing(before)).toMatchObject({ state: 'ordered', dueAt: day(26) + NOON });
    expect(before.decision?.dueAt).toBe(day(26) + NOON);
    const after = advocate(shopOf(), [one], day(26) + NOON);
    expect(balance(after)).toBe(200);
    expect(standing(after)).toMatchObject({ state: 'rewarded', orderId: 'o12' });
  });

  it('waits for the parcel, where the window begins with it (law 9.1)', () => {
    const shop = shopOf({ countedFrom: 'fulfilled' });
    const unsent = referral({ course: bought(ordered(12, 5_000)) });
    expect(balance(advocate(shop, [unsent], day(90)))).toBe(0);
    const sent = referral({ course: bought(ordered(12, 5_000, { fulfilledAt: day(20) })) });
    expect(balance(advocate(shop, [sent], day(34) - 1))).toBe(0);
    expect(balance(advocate(shop, [sent], day(34)))).toBe(200);
  });

  it('is rewarded for the second order of at least $50, where the programme says so (law 9.1)', () => {
    const shop = shopOf({ onOrder: 'second', minimum: '50' });
    const orders = [ordered(12, 5_000), ordered(13, 4_999), ordered(15, 5_000)];
    const one = referral({ course: bought(...orders) });
    expect(standing(advocate(shop, [one], day(20)))).toMatchObject({ orderId: 'o15' });
    expect(balance(advocate(shop, [one], day(29)))).toBe(0);
    expect(balance(advocate(shop, [one], day(29) + NOON))).toBe(200);
  });

  it('is taken the 200 back when the order goes back, before and after the window (law 9.3)', () => {
    const one = referral({ course: bought(ordered(12, 5_000)) });
    const lost = {
      ...bought(),
      lost: { id: 'o12', at: day(40), hadMinor: 5_000, minor: 0 },
    };
    const early = advocate(shopOf(), [{ ...one, course: lost }], day(30));
    expect([balance(early), standing(early)?.state]).toEqual([0, 'returned']);
    const late = advocate(shopOf(), [one], day(30));
    late.referrals = [{ ...one, course: lost }];
    late.decide(day(41));
    expect(late.moves).toEqual([200, -200]);
    // The friend's next order counts instead.
    late.referrals = [{ ...one, course: { ...lost, orders: [ordered(45, 2_000)] } }];
    late.decide(day(70));
    expect(late.moves).toEqual([200, -200, 200]);
  });

  it('is rewarded by the programme under which the friend claimed (law 9.1)', () => {
    const shop = shopWith([
      [day(1), referring()],
      [day(13), referring({ advocate: { points: 5, reward: null }, returnDays: 0 })],
      [day(15), referring({ enabled: false })],
    ]);
    const one = referral({ course: bought(ordered(14, 5_000)) });
    expect(balance(advocate(shop, [one], day(28) + NOON))).toBe(200);
    const later = referral({ claimedAt: day(14), course: bought(ordered(14, 5_000)) });
    expect(balance(advocate(shop, [later], day(40)))).toBe(5);
    const none = referral({ claimedAt: day(16), course: bought(ordered(17, 5_000)) });
    expect(standing(advocate(shop, [none], day(60)))).toMatchObject({ because: 'not-offered' });
  });

  it('has at most two prizes a month, in the order in which they are due (law 9.5)', () => {
    const shop = shopOf({ perMonth: 2, returnDays: 0 });
    const friends = [12, 13, 14, 40].map((on) =>
      referral({ id: `r${on}`, friendId: `f${on}`, course: bought(ordered(on, 1_000)) }),
    );
    const member = advocate(shop, friends, day(60));
    // January: the 12th and the 13th; 9 February is another month.
    expect(balance(member)).toBe(600);
    expect(standing(member, 'r14')).toMatchObject({ state: 'limited', because: 'limit' });
    // One of January goes back: the third has its place.
    member.referrals = friends.map((one) =>
      one.id === 'r13' ? { ...one, course: bought() } : one,
    );
    member.decide(day(61));
    expect([balance(member), standing(member, 'r14')?.state]).toEqual([600, 'rewarded']);
  });

  it('is not rewarded for a friend who is themselves, or by a claim that is gone (law 9.4)', () => {
    const self = referral({ friendId: 'm1', course: bought(ordered(12, 5_000)) });
    const gone = referral({ id: 'r2', claimedAt: null });
    const member = advocate(shopOf(), [self, gone], day(60));
    expect(balance(member)).toBe(0);
    expect(standing(member)).toMatchObject({ state: 'refused', because: 'same-person' });
    expect(standing(member, 'r2')).toMatchObject({ because: 'no-claim' });
  });

  it('may refer only in the tiers of the audience, as of the claim (law 9.1)', () => {
    const shop = shopWith([
      [
        day(1),
        referring(
          { audience: { tiers: ['gold'], tags: [], withoutTags: [] }, returnDays: 0 },
          { tiers: tiers([['gold', '500', '1']]) },
        ),
      ],
    ]);
    const one = referral({ course: bought(ordered(12, 5_000)) });
    const member = advocate(shop, [one], day(30));
    expect([balance(member), standing(member)?.because]).toEqual([0, 'other-tier']);
    member.tierGrants = [{ tierKey: 'gold', from: day(5), until: null, revokedAt: null }];
    expect(balance(member.decide(day(31)))).toBe(200);
  });
});

describe('what is suspicious', () => {
  const at = day(11) + NOON;
  const course = bought(ordered(12, 5_000));

  it('waits for a person from a score of 40, with its reasons: 25 + 20 (law 9.4)', () => {
    const found = { findings: { 'same-ip': at } };
    const alone = advocate(shopOf(), [referral({ course, ...found })], day(30));
    expect([balance(alone), standing(alone)?.score]).toEqual([200, 25]);
    const older = { ...course, accountSince: day(2) };
    const both = advocate(shopOf(), [referral({ course: older, ...found })], day(30));
    expect(balance(both)).toBe(0);
    expect(standing(both)).toMatchObject({
      state: 'flagged',
      score: 45,
      signals: ['same-ip', 'existing-account'],
    });
  });

  it('is rewarded from the moment at which a person approves, and refused when one refuses (law 9.4)', () => {
    const flagged = referral({ course, findings: { 'same-device': at } });
    const approved = { ...flagged, ruling: { says: 'approved', at: day(50) } as const };
    const member = advocate(shopOf(), [flagged], day(49));
    expect(balance(member)).toBe(0);
    member.referrals = [approved];
    member.decide(day(50));
    expect(member.award('referral', 'r1', 'advocate')).toMatchObject({
      posted: 200,
      availableAt: day(50),
    });
    const refused = { ...flagged, ruling: { says: 'refused', at: day(51) } as const };
    member.referrals = [refused];
    member.decide(day(52));
    expect(member.moves).toEqual([200, -200]);
  });

  it('beats nothing that a person has approved: 110, or an earlier order, are rewarded (law 9.4)', () => {
    const ruling = { says: 'approved', at: day(20) } as const;
    const found = { 'same-device': at, 'same-address': at };
    const suspect = advocate(shopOf(), [referral({ course, findings: found, ruling })], day(30));
    expect([balance(suspect), standing(suspect)?.score]).toEqual([200, 110]);
    const known = { ...course, earlierAt: day(5) };
    expect(balance(advocate(shopOf(), [referral({ course: known })], day(30)))).toBe(0);
    expect(balance(advocate(shopOf(), [referral({ course: known, ruling })], day(30)))).toBe(200);
    // Nobody's word makes one person two.
    const self = referral({ course, ruling, friendId: 'm1' });
    expect(balance(advocate(shopOf(), [self], day(30)))).toBe(0);
  });

  it('is refused from a score of 100 (law 9.4)', () => {
    const one = referral({ course, findings: { 'same-device': at, 'same-address': at } });
    expect(standing(advocate(shopOf(), [one], day(30)))).toMatchObject({
      ...{ state: 'refused', because: 'score', score: 110 },
    });
  });

  it('is shown and holds nothing back where the programme only watches (law 9.4)', () => {
    const one = referral({ course, findings: { 'same-email': at, 'same-device': at } });
    const watching = shopOf({ shadow: true });
    const member = advocate(watching, [one], day(30));
    expect([balance(member), standing(member)?.score, standing(member)?.state]).toEqual([
      ...[200, 160, 'rewarded'],
    ]);
    expect(balance(friend(watching, one, day(30)))).toBe(100);
  });

  it('is nothing where its switch is off, or when it is found after the window (law 9.4)', () => {
    const off = shopOf({ signals: { 'same-email': false } });
    const one = referral({ course, findings: { 'same-email': at } });
    expect(balance(advocate(off, [one], day(30)))).toBe(200);
    const late = referral({ course, findings: { 'same-email': day(26) + NOON + 1 } });
    expect(balance(advocate(shopOf(), [late], day(30)))).toBe(200);
    const inTime = referral({ course, findings: { 'same-email': day(26) + NOON } });
    expect(balance(advocate(shopOf(), [inTime], day(30)))).toBe(0);
  });

  it('of the sixth friend within a day is one friend too many (law 9.4)', () => {
    const shop = shopOf({ flagAt: 40 });
    const fifth = advocate(shop, [referral({ nearby: 5, course })], day(30));
    const sixth = advocate(shop, [referral({ nearby: 6, course })], day(30));
    expect([balance(fifth), balance(sixth)]).toEqual([200, 0]);
  });

  it('later takes nothing from a friend who was given theirs, unless it is refused (law 9.4)', () => {
    const found = referral({ findings: { 'same-device': day(20) } });
    expect(balance(friend(shopOf(), found, day(30)))).toBe(100);
    const before = referral({ findings: { 'same-device': at } });
    expect(balance(friend(shopOf(), before, day(30)))).toBe(0);
  });
});

describe('a reward as a prize (law 9.1, 9.3)', () => {
  const prize = { points: 0, reward: 'tea' };
  const shop = shopWith([
    [
      day(1),
      referring(
        { friend: prize, advocate: prize },
        { rewards: writtenRewards({ key: 'tea', kind: 'perk', points: 10 }) },
      ),
    ],
  ]);
  const held = (member: Member): unknown[] =>
    [...member.redemptions.values()].map(({ requestKey, state, ending }) => [
      ...[requestKey, state, ending],
    ]);

  it('is given to both once, and ends unused when the ground of it is gone', () => {
    const one = referral({ course: bought(ordered(12, 5_000)) });
    const kim = friend(shop, one, day(12));
    expect(held(kim.decide(day(13)))).toEqual([['prize:referral:r1:friend', 'reserved', null]]);
    const mina = advocate(shop, [one], day(26));
    expect(held(mina)).toEqual([]);
    mina.decide(day(27));
    expect(held(mina.decide(day(28)))).toEqual([['prize:referral:r1:advocate', 'reserved', null]]);
    mina.referrals = [{ ...one, course: bought() }];
    expect(held(mina.decide(day(29)))).toEqual([
      ['prize:referral:r1:advocate', 'reserved', 'withdrawn'],
    ]);
    expect([mina.books.entries, kim.books.entries]).toEqual([[], []]);
  });

  it('that was used is kept', () => {
    const one = referral({ course: bought(ordered(12, 5_000)) });
    const mina = advocate(shop, [one], day(27));
    const [id, redemption] = [...mina.redemptions][0] ?? [];
    if (!id || !redemption) throw new Error('It was given.');
    mina.redemptions.set(id, { ...redemption, state: 'captured', capturedAt: day(28) });
    mina.referrals = [{ ...one, course: bought() }];
    expect(held(mina.decide(day(29)))).toEqual([['prize:referral:r1:advocate', 'captured', null]]);
  });
});
