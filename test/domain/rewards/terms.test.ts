/** What a reward consists of when it is given, kind by kind (law 5.2, 5.4). */
import { describe, expect, it } from 'vitest';
import type { RewardOffer } from '../../../app/domain/programme/terms.ts';
import { usedBy } from '../../../app/domain/rewards/definition.ts';
import { givenNews } from '../../../app/domain/rewards/given-news.ts';
import { isHeld, issueReward, validUntil } from '../../../app/domain/rewards/issued.ts';
import type { Issuing } from '../../../app/domain/rewards/issued.ts';
import { rewardDefinitions } from '../../../app/domain/rewards/registry.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import type { WrittenReward } from '../../support/written-rewards.ts';
import { DAY, day, programme, shopWith } from '../fixtures.ts';

function offerOf(
  kind: string,
  settings: object = {},
  over: Partial<WrittenReward> = {},
): RewardOffer {
  const written = { key: 'mine', kind, points: 100, settings: { ...settings }, ...over };
  const market = { key: 'ch', name: 'Swiss', countries: ['CH'], currencies: [] };
  const document = programme({ rewards: writtenRewards(written), markets: [market] });
  const [terms] = shopWith([[day(1), document]]).versions;
  const [offer] = terms?.rewards ?? [];
  if (!offer) throw new Error(JSON.stringify(terms?.faults));
  return offer;
}

const issuing: Issuing = {
  ...{ id: 'r1', programmeVersion: 3, origin: 'points', note: null },
  ...{ steps: 1, market: null, currency: 'USD' },
};
const termsOf = (kind: string, settings: object = {}, over: Partial<Issuing> = {}): unknown =>
  issueReward(offerOf(kind, settings), { ...issuing, ...over }).terms;

const APART = { order: false, product: false, shipping: false };

describe('a code for the checkout', () => {
  it('takes off an amount once per step, in its market’s own worth', () => {
    const worth = { amount: '5', marketAmounts: [{ market: 'ch', amount: '7.50' }] };
    const value = (minor: number) => ({ value: { kind: 'amount', minor, currency: 'USD' } });
    expect(termsOf('amount-off', worth)).toMatchObject(value(500));
    expect(termsOf('amount-off', worth, { market: 'ch' })).toMatchObject(value(750));
    expect(termsOf('amount-off', worth, { market: 'us' })).toMatchObject(value(500));
    const choose = { ...worth, leastSteps: 1, mostSteps: 20 };
    expect(termsOf('variable-amount-off', choose, { steps: 3 })).toMatchObject(value(1_500));
    expect(termsOf('variable-amount-off', choose, { steps: 3, market: 'ch' })).toMatchObject(
      value(2_250),
    );
  });

  it('takes off the whole order, collections, or products and variants', () => {
    const on = (settings: object): unknown =>
      (termsOf('amount-off', settings) as { on: unknown }).on;
    expect(on({})).toEqual({ kind: 'order' });
    expect(on({ collections: ['7'] })).toEqual({ kind: 'collections', collections: ['7'] });
    expect(on({ products: ['1'] })).toEqual({ kind: 'products', products: ['1'], variants: [] });
    expect(on({ variants: ['2'] })).toEqual({ kind: 'products', products: [], variants: ['2'] });
    const settings = rewardDefinitions.find('amount-off');
    const both = { ...(settings?.defaults as object), collections: ['7'] };
    const faultAt = (over: object) =>
      settings?.settings.safeParse({ ...both, ...over }).error?.issues.map(({ path }) => path);
    expect(faultAt({ products: ['1'] })).toEqual([['collections']]);
    expect(faultAt({ variants: ['2'] })).toEqual([['collections']]);
    expect(faultAt({})).toBeUndefined();
  });

  it('asks for an amount, else for pieces, else for nothing', () => {
    const minimum = (settings: object): unknown =>
      (termsOf('amount-off', settings) as { minimum: unknown }).minimum;
    const amount = { kind: 'subtotal', minor: 2_050, currency: 'USD' };
    expect(minimum({ minimumAmount: '20.50', minimumPieces: 3 })).toEqual(amount);
    expect(minimum({ minimumPieces: 3 })).toEqual({ kind: 'quantity', quantity: 3 });
    expect(minimum({})).toBeNull();
  });

  it('goes together with other discounts as its switches say', () => {
    const combines = (settings: object): unknown =>
      (termsOf('amount-off', settings) as { combines: unknown }).combines;
    expect(combines({})).toEqual({ ...APART, shipping: true });
    expect(combines({ combinesWithOrder: true, combinesWithShipping: false })).toEqual({
      ...{ ...APART, order: true },
    });
    expect(combines({ combinesWithProduct: true })).toEqual({
      ...APART,
      product: true,
      shipping: true,
    });
  });

  it('is for what is bought once, for subscriptions and their first payments, or for both', () => {
    const bought = (purchases: string, payments: number | null = 1): unknown =>
      (termsOf('amount-off', { purchases, payments }) as { subscriptions: unknown }).subscriptions;
    expect(bought('one-time')).toEqual({ oneTime: true, subscription: false, payments: 1 });
    expect(bought('subscription', 3)).toEqual({ oneTime: false, subscription: true, payments: 3 });
    expect(bought('any', null)).toEqual({ oneTime: true, subscription: true, payments: null });
  });

  it('ships for nothing, up to a rate and to some countries, with no other discount on shipping', () => {
    expect(termsOf('free-shipping', { combinesWithOrder: true })).toEqual({
      ...{ kind: 'free-shipping', ceiling: null, countries: [], minimum: null },
      combines: { ...APART, order: true },
    });
    const some = {
      ceiling: '9.90',
      countries: ['DE'],
      minimumAmount: '50',
      combinesWithShipping: true,
    };
    expect(termsOf('free-shipping', some)).toEqual({
      ...{ kind: 'free-shipping', countries: ['DE'], combines: APART },
      ceiling: { minor: 990, currency: 'USD' },
      minimum: { kind: 'subtotal', minor: 5_000, currency: 'USD' },
    });
  });

  it('gives products with so many others of some collections', () => {
    const settings = { variants: ['2'], quantity: 2, buysQuantity: 3, buysCollections: ['7'] };
    expect(termsOf('free-product', settings)).toEqual({
      ...{ kind: 'free-product', variants: ['2'], products: [], quantity: 2, minimum: null },
      buys: { quantity: 3, collections: ['7'] },
      combines: { ...APART, shipping: true },
    });
    const definition = rewardDefinitions.find('free-product');
    const faults = (over: object) =>
      definition?.settings
        .safeParse({ ...(definition.defaults as object), ...settings, ...over })
        .error?.issues.map(({ path }) => path.join());
    expect(faults({})).toBeUndefined();
    expect(faults({ variants: [] })).toEqual(['variants']);
    expect(faults({ variants: [], products: ['1'] })).toBeUndefined();
    expect(faults({ buysCollections: [] })).toEqual(['buysCollections']);
  });
});

describe('a reward that no checkout knows', () => {
  it('is what its kind says, and a partner’s code is from the list of its own key', () => {
    expect(termsOf('by-hand')).toEqual({ kind: 'by-hand' });
    expect(termsOf('perk')).toEqual({ kind: 'perk' });
    expect(termsOf('partner-code')).toEqual({ kind: 'partner-code', list: 'mine' });
  });
});

describe('every kind', () => {
  const settings: Readonly<Record<string, object>> = {
    'free-product': { variants: ['2'], buysCollections: ['7'] },
  };

  it('is used by an order, by having it, or by a person, and held until then or not', () => {
    const used = rewardDefinitions.all.map(({ kind }) => {
      const { terms } = issueReward(offerOf(kind, settings[kind]), issuing);
      return [kind, usedBy(terms), isHeld(terms)];
    });
    expect(Object.fromEntries(used.map(([kind, ...rest]) => [kind, rest]))).toEqual({
      ...{ 'amount-off': ['order', true], 'percent-off': ['order', true] },
      ...{ 'variable-amount-off': ['order', true], 'free-shipping': ['order', true] },
      ...{ 'free-product': ['order', true], perk: ['having', true] },
      ...{ 'gift-card': ['having', false], 'store-credit': ['having', false] },
      ...{ 'partner-code': ['having', false], 'by-hand': ['person', false] },
    });
  });
});

describe('giving one', () => {
  it('pins its name, its key and whether it is one of a stock', () => {
    const given = issueReward(offerOf('perk', {}, { name: 'Early access', stock: 5 }), {
      ...{ ...issuing, origin: 'agent', note: 'Sorry' },
    });
    expect(given).toEqual({
      ...{ id: 'r1', rewardKey: 'mine', programmeVersion: 3, name: 'Early access' },
      ...{ terms: { kind: 'perk' }, origin: 'agent', note: 'Sorry', counts: true },
    });
    expect(issueReward(offerOf('perk'), issuing).counts).toBe(false);
  });

  it('ends with the shop’s day so many days later, a card by its own date, and some never (law 5.3)', () => {
    const until = (kind: string, over: Partial<WrittenReward>, own: object = {}): number | null => {
      const offer = offerOf(kind, own, over);
      return validUntil(offer, issueReward(offer, issuing).terms, day(1) + DAY / 2, 'UTC');
    };
    expect(until('perk', { validDays: 90 })).toBe(day(92));
    expect(until('perk', { validDays: null })).toBeNull();
    expect(until('gift-card', { validDays: 90 }, { expiresInDays: 10 })).toBe(day(12));
    expect(until('gift-card', { validDays: 90 }, { expiresInDays: null })).toBeNull();
  });

  it('is news to who did not spend points on it (law 5.7)', () => {
    const told = { requestKey: 'prize:tier:gold:1', reservedAt: day(5) };
    const about = { rewardKey: 'tea', name: 'Free tea' };
    expect(givenNews(told, { ...about, origin: 'prize' })).toEqual([
      {
        ...{ kind: 'reward-given', key: 'reward-given:prize:tier:gold:1', at: day(5) },
        content: { reward: 'tea', name: 'Free tea', because: 'prize' },
      },
    ]);
    expect(givenNews(told, { ...about, origin: 'points' })).toEqual([]);
  });
});
