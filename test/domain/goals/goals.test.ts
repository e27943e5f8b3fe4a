/** What badges and challenges can ask for, each with its numbers (law 10.2). */
import { describe, expect, it } from 'vitest';
import { consent, deed } from '../../../app/domain/activities/activity.ts';
import { birthday } from '../../../app/domain/activities/admit-wish.ts';
import { goalDefinitions } from '../../../app/domain/goals/registry.ts';
import type { OrderLine } from '../../../app/domain/orders/order-facts.ts';
import { day, line, Member, order, refund, shopWith, tiers } from '../fixtures.ts';
import { badge, challenge, paying, row } from '../goals.ts';

/** A challenge of 100 points that asks for this, beside what the goal asks for by default. */
const asking = (kind: string, settings: object = {}) =>
  challenge(0, 100, {
    ...{ key: 'goal', kind, name: 'Goal' },
    settings: { ...(goalDefinitions.find(kind)?.defaults as object), ...settings },
  });
const asked = (kind: string, settings: object = {}, over = {}) =>
  new Member(shopWith([[day(1), paying({ challenges: [asking(kind, settings)], ...over })]]));
const reached = (member: Member) => {
  const { have, need, completedAt } = row(member, 'challenge:goal') ?? {};
  return [have, need, completedAt];
};
const traits = (over: object) => ({
  ...{ category: null, type: null, vendor: null, tags: [], collectionIds: [], ...over },
});
const bought = (orderId: string, at: number, ...lines: Partial<OrderLine>[]) =>
  order(
    { placedAt: at, lines: lines.map((one, index) => line({ id: String(index + 1), ...one })) },
    { orderId },
  );

describe('a number of orders', () => {
  it('of at least $40, after what was given back: $45 of which $6 went back is none', () => {
    const member = asked('orders', { count: 2, minimum: '40' })
      .order(bought('1', day(10), { priceMinor: 4_500 }))
      .order(bought('2', day(11), { priceMinor: 3_999 }))
      .order(bought('3', day(12), { priceMinor: 4_000 }));
    expect([reached(member), member.moves]).toEqual([[2, 2, day(12)], [100]]);
    const told = bought('1', day(10), { priceMinor: 4_500 });
    member.order({ ...told, refunds: [refund({ lines: [], extraMinor: 600 })] });
    expect([reached(member), member.moves]).toEqual([
      [1, 2, null],
      [100, -100],
    ]);
  });

  it.each([
    ['products', '77', { productId: '77' }, { productId: '78' }],
    ['collections', '5', { product: traits({ collectionIds: ['5'] }) }, { productId: '77' }],
    ['types', 'Tea', { product: traits({ type: 'tea' }) }, { product: traits({ type: 'Cup' }) }],
    ['vendors', 'ACME', { vendor: 'Acme' }, { vendor: 'Other' }],
    ['tags', 'new', { product: traits({ tags: ['New'] }) }, { product: traits({ tags: ['old'] }) }],
  ])('with certain %s counts those of %s alone', (list, named, fits, other) => {
    const member = asked('orders', { count: 2, [list]: [named] })
      .order(bought('1', day(10), other))
      .order(bought('2', day(11), other, fits));
    expect(reached(member)).toEqual([1, 2, null]);
  });

  it('does not count one of which nothing, or a gift card alone, is kept', () => {
    const member = asked('orders', { count: 1 })
      .order(bought('1', day(10), { giftCard: true }))
      .order({
        ...bought('2', day(11), {}),
        refunds: [refund({ lines: [{ lineId: '1', quantity: 1 }] })],
      });
    expect([reached(member), member.moves]).toEqual([[undefined, undefined, undefined], []]);
  });
});

describe('an amount', () => {
  it('of $200 is reached by the order that brings it there; gift cards are out, refunds take it back', () => {
    const member = asked('spend', { amount: '200' })
      .order(bought('1', day(10), { priceMinor: 12_000 }, { priceMinor: 9_000, giftCard: true }))
      .order(bought('2', day(12), { priceMinor: 7_999 }));
    expect(reached(member)).toEqual([19_999, 20_000, null]);
    member.order(bought('3', day(11), { priceMinor: 1 }));
    expect([reached(member), member.moves]).toEqual([[20_000, 20_000, day(12)], [100]]);
    member.order({
      ...bought('1', day(10), { priceMinor: 12_000 }, { priceMinor: 9_000, giftCard: true }),
      refunds: [refund({ lines: [{ lineId: '1', quantity: 1 }] })],
    });
    expect([reached(member), member.moves]).toEqual([
      [8_000, 20_000, null],
      [100, -100],
    ]);
  });
});

describe('a punch card', () => {
  it('of ten coffees: 4, 5 and 3 fill it with the third order; two given back leave exactly 10', () => {
    const coffee = (quantity: number) => ({ productId: '5', quantity, priceMinor: 300 });
    const cups = { productId: '6', quantity: 50 };
    const third = bought('3', day(12), coffee(3));
    const member = asked('pieces', { count: 10, products: ['5'] })
      .order(bought('1', day(10), coffee(4), cups))
      .order(bought('2', day(11), coffee(5)));
    expect(reached(member)).toEqual([9, 10, null]);
    expect(reached(member.order(third))).toEqual([10, 10, day(12)]);
    const back = (quantity: number) => ({
      ...third,
      refunds: [refund({ lines: [{ lineId: '1', quantity }] })],
    });
    expect(reached(member.order(back(2)))).toEqual([10, 10, day(12)]);
    expect([reached(member.order(back(3))), member.moves]).toEqual([
      [9, 10, null],
      [100, -100],
    ]);
  });
});

describe('what members do besides', () => {
  it('counts visits, and shares on one network alone', () => {
    const visiting = asked('deeds', { count: 2 })
      .did(deed('visit', '2026-01-10', day(10)))
      .did(deed('visit', '2026-01-10', day(10) + 5))
      .did(deed('visit', '2026-01-12', day(12)));
    expect([reached(visiting), visiting.moves]).toEqual([[2, 2, day(12)], [100]]);
    const sharing = asked('deeds', { deed: 'social-share', count: 2, only: 'tiktok' })
      .did(deed('social-share', 'x:2026-01-10', day(10), { network: 'x' }))
      .did(deed('social-share', 'tiktok:2026-01-10', day(10), { network: 'tiktok' }));
    expect(reached(sharing)).toEqual([1, 2, null]);
  });

  it('counts nothing that waits for a word, was refused, or was taken back', () => {
    const claimed = { ...deed('receipt', 'A1', day(10)), state: 'pending' as const };
    const member = asked('deeds', { deed: 'receipt', count: 1 }).did(claimed);
    expect(reached(member)[0]).toBeUndefined();
    member.did({ ...claimed, state: 'approved', decidedAt: day(11) });
    expect([reached(member), member.moves]).toEqual([[1, 1, day(10)], [100]]);
    member.did({ ...claimed, state: 'refused', decidedAt: day(12) });
    expect(member.moves).toEqual([100, -100]);
    expect(asked('deeds').did(consent('newsletter', true, day(10))).moves).toEqual([]);
  });
});

describe('dates', () => {
  const joined = (settings: object) => {
    const member = asked('member-dates', settings);
    member.createdAt = day(10);
    return member;
  };

  it('a member for 30 days has it at the same hour of the shop’s day, and is looked at then', () => {
    const at = day(40);
    const member = joined({ what: 'member-for', days: 30 }).decide(at - 1);
    expect([member.moves, member.decision?.dueAt]).toEqual([[], at]);
    expect(member.decide(at).moves).toEqual([100]);
  });

  it('who joined before a day has it, and not who joined on it', () => {
    const before = (moment: number) =>
      joined({ what: 'joined-before', before: new Date(moment).toISOString() }).decide(day(50))
        .moves;
    expect([before(day(10) + 1), before(day(10))]).toEqual([[100], []]);
  });

  it('who told the birthday has it from then on', () => {
    const member = joined({ what: 'birthday-known' }).decide(day(50));
    expect(member.moves).toEqual([]);
    member.did(birthday({ month: 3, day: 1 }, day(51)));
    expect([reached(member), member.moves]).toEqual([[1, 1, day(51)], [100]]);
  });
});

describe('a tier', () => {
  const ladder = tiers([
    ['bronze', '0', '1'],
    ['gold', '250', '1'],
  ]);

  it('is reached by the order that brings it, and lost with it', () => {
    const told = bought('1', day(10), { priceMinor: 30_000 });
    const member = asked('tier', { tiers: ['gold'] }, { tiers: ladder }).order(told);
    expect([reached(member), member.moves]).toEqual([[1, 1, day(10)], [100]]);
    member.order({
      ...told,
      refunds: [refund({ lines: [{ lineId: '1', quantity: 1 }] })],
    });
    expect(member.moves).toEqual([100, -100]);
  });

  it('that an agent granted is reached, too', () => {
    const member = asked('tier', { tiers: ['gold'] }, { tiers: ladder });
    const grant = { id: 'g', tierKey: 'gold', from: day(12), until: null, revokedAt: null };
    member.tierGrants = [grant];
    expect(member.decide(day(20)).moves).toEqual([100]);
  });
});

describe('other badges and challenges', () => {
  const orders = (key: string, count: number) => ({
    ...asking('orders', { count }),
    ...{ key, prizePoints: 1 },
  });

  it('are counted when they are reached, in whatever order the programme names them', () => {
    const all = asking('reached', { of: 'any', count: 3 });
    const document = paying({
      challenges: [all, orders('one', 1), orders('two', 2)],
      badges: [badge(1, 0, { kind: 'orders', settings: orders('', 3).settings })],
    });
    const member = new Member(shopWith([[day(1), document]]))
      .order(bought('1', day(10), {}))
      .order(bought('2', day(11), {}));
    expect([reached(member), member.moves]).toEqual([
      [2, 3, null],
      [1, 1],
    ]);
    member.order(bought('3', day(12), {}));
    expect([reached(member), member.moves]).toEqual([
      [3, 3, day(12)],
      [1, 1, 100],
    ]);
  });

  it('that ask for each other are never reached', () => {
    const [a, b] = ['a', 'b'].map((key) => ({
      ...asking('reached', { keys: [`challenge:${key === 'a' ? 'b' : 'a'}`], count: 1 }),
      key,
    }));
    const member = new Member(shopWith([[day(1), paying({ challenges: [a!, b!] })]]));
    expect(member.order(bought('1', day(10), {})).moves).toEqual([]);
  });
});

describe('several goals', () => {
  const tea = {
    kind: 'orders',
    name: 'Tea',
    settings: step('orders', { count: 1, products: ['1'] }),
  };
  const cups = {
    kind: 'pieces',
    name: '',
    settings: step('pieces', { count: 2, products: ['2'] }),
  };
  const spend = { kind: 'spend', name: '', settings: { amount: '500' } };
  const goals = [tea, cups, spend];
  function step(kind: string, settings: object) {
    return { ...(goalDefinitions.find(kind)?.defaults as object), ...settings };
  }

  it('say how far each of them is', () => {
    const member = asked('several', { how: 'all', goals })
      .order(bought('1', day(10), { productId: '1' }))
      .order(bought('2', day(11), { productId: '2', priceMinor: 5_000 }));
    expect(row(member, 'challenge:goal')).toMatchObject({
      ...{ have: 1, need: 3, completedAt: null },
      details: {
        steps: [
          { name: 'Tea', have: 1, need: 1, completedAt: day(10), money: false },
          { name: 'Buy pieces (a punch card)', have: 1, need: 2, completedAt: null },
          { name: 'Spend an amount', have: 15_000, need: 50_000, money: true },
        ],
      },
    });
  });

  it.each([
    ['any', 1, 1, day(10)],
    ['some', 2, 2, day(12)],
    ['all', 1, 3, day(20)],
  ])('%s of them (at least %d) need %d', (how, least, need, at) => {
    const member = asked('several', { how, least, goals })
      .order(bought('1', day(10), { productId: '1' }))
      .order(bought('2', day(12), { productId: '2', quantity: 2 }))
      .order(bought('3', day(20), { priceMinor: 40_000 }));
    expect(reached(member)).toEqual([need, need, at]);
  });

  it('one after the other: cups before the tea are too early, and the tea’s own order counts for tea alone', () => {
    const two = [tea, cups];
    const early = asked('several', { how: 'in-order', goals: two })
      .order(bought('1', day(9), { productId: '2', quantity: 2 }))
      .order(bought('2', day(10), { productId: '1' }, { productId: '2', quantity: 2 }));
    expect([reached(early), early.moves]).toEqual([[1, 2, null], []]);
    early.order(bought('3', day(11), { productId: '2', quantity: 2 }));
    expect([reached(early), early.moves]).toEqual([[2, 2, day(11)], [100]]);
  });

  it('one after the other go back behind a step that is undone', () => {
    const first = bought('1', day(10), { productId: '1' });
    const member = asked('several', { how: 'in-order', goals: [tea, cups] })
      .order(first)
      .order(bought('2', day(11), { productId: '2', quantity: 2 }));
    expect(member.moves).toEqual([100]);
    member.order({ ...first, refunds: [refund({ lines: [{ lineId: '1', quantity: 1 }] })] });
    expect([row(member, 'challenge:goal'), member.moves]).toEqual([undefined, [100, -100]]);
    member.order(bought('3', day(15), { productId: '1' }));
    expect(reached(member)).toEqual([1, 2, null]);
  });
});
