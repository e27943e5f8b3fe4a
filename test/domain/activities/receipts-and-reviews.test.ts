import { describe, expect, it } from 'vitest';
import { deed } from '../../../app/domain/activities/activity.ts';
import type { Activity } from '../../../app/domain/activities/activity.ts';
import { day, faultsOf, Member, order, review, shopWith, tiers } from '../fixtures.ts';
import { memberWith, programmeOf, way } from './ways.ts';

const NOW = day(200);

describe('a receipt (law 8)', () => {
  const receipt = (over: Partial<Activity> = {}): Activity => ({
    ...deed('receipt', 'A1', day(10), { number: 'A-1', amount: '49.95', currency: 'USD' }),
    state: 'approved',
    decidedAt: day(11),
    ...over,
  });

  it('earns as an order does: $49.95 at 1 for $1 is 49', () => {
    const member = memberWith('UTC', way('receipt', { points: 1, per: '1' })).did(receipt(), NOW);
    expect(member.moves).toEqual([49]);
    expect(member.award('receipt', 'A1', 'receipt')?.explanation).toMatchObject({
      rule: 'order',
      baseMinor: '4995',
      exact: '49.95',
      points: 49,
    });
  });

  it('is multiplied by the tier that the member had, as an order is', () => {
    const document = {
      ...programmeOf(way('order'), way('receipt')),
      tiers: tiers([
        ['bronze', '0', '1'],
        ['silver', '100', '1.25'],
      ]),
    };
    const member = new Member(shopWith([[day(1), document]], { timeZone: 'UTC' }));
    member.order(order({ placedAt: day(5) }), NOW).did(receipt(), NOW);
    // $49.95 × 1.25 = 62.4375.
    expect(member.award('receipt', 'A1', 'receipt')?.posted).toBe(62);
  });

  it('of 8 January, claimed on the 16th, is paid by the rule for 8 days, and not by the one for 7', () => {
    const rules = [
      way('receipt', { points: 1, withinDays: 8 }),
      way('receipt', { points: 5, withinDays: 7 }, { key: 'soon' }),
    ];
    const dated = (claimed: number) =>
      receipt({
        occurredAt: day(claimed),
        content: { number: 'A', amount: '49.95', currency: 'USD', purchasedOn: '2026-01-08' },
      });
    expect(memberWith('UTC', ...rules).did(dated(16), NOW).moves).toEqual([49]);
    // A day before, both pay: 49 and floor(49.95 × 5).
    expect(memberWith('UTC', ...rules).did(dated(15), NOW).moves).toEqual([49, 249]);
  });

  it('in a currency that the shop does not have earns nothing and says so', () => {
    const told = receipt({ content: { number: 'A-1', amount: '49.95', currency: 'EUR' } });
    const member = memberWith('UTC', way('receipt')).did(told, NOW);
    expect(member.award('receipt', 'A1', 'receipt')).toMatchObject({
      posted: 0,
      explanation: { nothingBecause: 'foreign-currency' },
    });
  });
});

describe('a review (law 8)', () => {
  it('of a product pays once where the rule says once, and the next one pays when it is taken down', () => {
    const member = memberWith('UTC', way('review', { points: 50, perProduct: 1 }));
    const first = review({ id: '1', productId: '9', createdAt: day(10) });
    member.review(review({ id: '2', productId: '9', createdAt: day(11) }), NOW);
    expect(member.moves).toEqual([50]);
    member.review(first, NOW);
    expect(member.books.available).toBe(50);
    expect(member.award('review', 'judgeme:2', 'review')).toMatchObject({
      posted: 0,
      explanation: { because: 'review-of-product-before' },
    });
    member.review({ ...first, published: false }, NOW);
    expect(member.award('review', 'judgeme:2', 'review')?.posted).toBe(50);
    expect([member.books.available, faultsOf(member.books)]).toEqual([50, []]);
  });
});
