import { describe, expect, it } from 'vitest';
import type { ProgrammeDocument, ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { programmeDocument } from '../../../app/domain/programme/document.ts';
import type { Redemption } from '../../../app/domain/points/redemption.ts';
import { rewardDefinitions } from '../../../app/domain/rewards/registry.ts';
import { day, Member, order, programme, refund, review, shopWith, tiers } from '../fixtures.ts';
import { badge } from '../goals.ts';

function rewards(
  ...keys: readonly (readonly [string, Partial<NonNullable<ProgrammeInput['rewards']>[number]>])[]
): ProgrammeDocument['rewards'] {
  const settings = { ...(rewardDefinitions.find('amount-off')?.defaults ?? {}) };
  return programmeDocument.shape.rewards.parse(
    keys.map(([key, over]) => ({
      ...{ key, kind: 'amount-off', name: key, enabled: true, points: 1, forPoints: false },
      settings,
      ...over,
    })),
  );
}

const gold = tiers([['gold', '100', '1']]);
const withGold = (over: Partial<ProgrammeInput> = {}): ProgrammeDocument =>
  programme({
    tiers: { ...gold, levels: gold.levels.map((level) => ({ ...level, entryReward: 'five' })) },
    rewards: rewards(['five', {}]),
    ...over,
  });

const given = (member: Member): readonly Redemption[] => [...member.redemptions.values()];
const told = (member: Member): string[] =>
  given(member).map((one) => [one.requestKey, one.state, one.ending ?? '-'].join(' '));
const all = refund({ lines: [{ lineId: '1', quantity: 1 }] });

/** As the outbox does once Shopify has ended it. */
function conclude(member: Member): void {
  for (const one of given(member)) {
    if (one.ending === null || one.state !== 'reserved') continue;
    member.redemptions.set(one.id, { ...one, state: 'released', releasedAt: day(50) });
  }
}

describe('a reward as a prize', () => {
  it('comes with the tier, costs nothing, and is given once however often it is decided', () => {
    const member = new Member(shopWith([[day(1), withGold()]])).order(order());
    member.decide(day(101)).decide(day(102));
    expect(told(member)).toEqual(['prize:tier:gold:1 reserved -']);
    expect(given(member)).toMatchObject([{ purpose: 'five', points: 0, held: [] }]);
  });

  it('ends unused when a refund takes the tier away, and is given anew when it is reached again', () => {
    const member = new Member(shopWith([[day(1), withGold()]])).order(order());
    member.order(order({}, { refunds: [all] }));
    expect(member.tier).toBeNull();
    expect(told(member)).toEqual(['prize:tier:gold:1 reserved withdrawn']);
    conclude(member);
    member.order(order({ placedAt: day(30) }, { orderId: '502' }));
    expect(told(member)).toEqual([
      'prize:tier:gold:1 released withdrawn',
      'prize:tier:gold:1~2 reserved -',
    ]);
  });

  it('stays with whoever used it, though its ground is gone', () => {
    const member = new Member(shopWith([[day(1), withGold()]])).order(order());
    const [one] = given(member);
    if (!one) throw new Error('Nothing was given.');
    member.redemptions.set(one.id, { ...one, state: 'captured', capturedAt: day(12) });
    member.order(order({}, { refunds: [all] }));
    member.order(order({ placedAt: day(30) }, { orderId: '502' }));
    expect(told(member)).toEqual(['prize:tier:gold:1 captured -']);
  });

  it.each(['expired', 'cancelled', 'removed', 'refused'] as const)(
    'is not given again once it was %s',
    (ending) => {
      const member = new Member(shopWith([[day(1), withGold()]])).order(order());
      const [one] = given(member);
      if (!one) throw new Error('Nothing was given.');
      const released = { ...one, ending, state: 'released', releasedAt: day(40) } as const;
      member.redemptions.set(one.id, released);
      member.decide(day(101));
      expect(given(member)).toEqual([released]);
    },
  );

  it('comes with a badge by the version under which it was earned, beside its points', () => {
    const fan = { badges: [badge(1, 40, { bonusReward: 'five' })] };
    const later = { badges: [badge(1, 40, { bonusReward: 'ten' })] };
    const all = rewards(['five', {}], ['ten', {}]);
    const member = new Member(
      shopWith([
        [day(1), programme({ ...fan, rewards: all })],
        [day(50), programme({ ...later, rewards: all })],
      ]),
    ).review(review());
    expect(told(member)).toEqual(['prize:badge:fan reserved -']);
    expect(given(member)).toMatchObject([{ purpose: 'five' }]);
    expect(member.books.available).toBe(40);
    member.review(review({ published: false, updatedAt: day(60) }));
    expect(told(member)).toEqual(['prize:badge:fan reserved withdrawn']);
    expect(member.books.available).toBe(0);
  });

  it('that the merchant has not allowed waits until they have, and stays when they take it back (law 5.5)', () => {
    const card = { kind: 'gift-card', settings: { amount: '10' } };
    const programme = withGold({ rewards: rewards(['five', card]) });
    const shop = (...scopes: string[]) =>
      shopWith([[day(1), programme]], { scopes: new Set(scopes) });
    const member = new Member(shop()).order(order());
    expect([member.tier, told(member)]).toEqual(['gold', []]);
    member.shop = shop('write_gift_cards');
    member.decide(day(60));
    expect(told(member)).toEqual(['prize:tier:gold:1 reserved -']);
    member.shop = shop();
    member.decide(day(61));
    expect(told(member)).toEqual(['prize:tier:gold:1 reserved -']);
  });

  it('is promised by nobody while it is switched off', () => {
    const off = withGold({ rewards: rewards(['five', { enabled: false }]) });
    const member = new Member(shopWith([[day(1), off]])).order(order());
    expect(member.tier).toBe('gold');
    expect(told(member)).toEqual([]);
  });

  it('is over at the end of its days, and asks to be looked at then', () => {
    const member = new Member(shopWith([[day(1), withGold()]])).order(order());
    const [one] = given(member);
    if (!one) throw new Error('Nothing was given.');
    member.redemptions.set(one.id, { ...one, validUntil: day(150) });
    member.decide(day(149));
    expect(member.decision?.dueAt).toBe(day(150));
    expect(told(member)).toEqual(['prize:tier:gold:1 reserved -']);
    member.decide(day(150));
    expect(told(member)).toEqual(['prize:tier:gold:1 reserved expired']);
    expect(member.decision?.dueAt).not.toBe(day(150));
  });
});
