/** What the storefront is told of rewards, within the bounds of a document of Shopify's. */
import { describe, expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { termsOf } from '../../../app/domain/programme/terms.ts';
import type { ProgrammeTerms } from '../../../app/domain/programme/terms.ts';
import { heldReward, heldRewards, shownRewards } from '../../../app/domain/storefront/rewards.ts';
import type { KeptReward } from '../../../app/domain/storefront/rewards.ts';
import { DAY } from '../../../app/domain/time/shop-time.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import type { WrittenReward } from '../../support/written-rewards.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const BERLIN = { now: NOW, timeZone: 'Europe/Berlin' };

function terms(...rewards: readonly WrittenReward[]): ProgrammeTerms {
  const document = { ...firstDraft('Shop'), rewards: writtenRewards(...rewards) };
  return termsOf({ version: 1, effectiveAt: 0, document }, 'EUR');
}

const kept: KeptReward = {
  ...{ id: 'a', memberId: 'm', key: 'five-off', name: '€5 off', making: 'made' },
  ...{ points: 500, state: 'reserved', ending: null, code: 'CODE', orderId: null, returns: [] },
  ...{ validUntil: NOW + DAY, since: NOW - DAY },
  terms: {
    ...{ kind: 'discount', value: { kind: 'amount', minor: 500, currency: 'EUR' } },
    ...{ on: { kind: 'order' }, minimum: null },
    subscriptions: { oneTime: true, subscription: false, payments: null },
    combines: { order: false, product: false, shipping: true },
  },
};

const EURO = { currency: 'EUR', scopes: new Set<string>() };

describe('the rewards of a programme', () => {
  it('are those for points, with what one step is worth', () => {
    const shown = shownRewards(
      terms(
        { key: 'five', kind: 'amount-off', points: 500 },
        { key: 'tenth', kind: 'percent-off', points: 300, settings: { percent: '12.5' } },
        { key: 'choose', kind: 'variable-amount-off', points: 100 },
        { key: 'call', kind: 'by-hand', points: 50 },
        { key: 'prize', kind: 'perk', points: 1, forPoints: false },
      ),
      EURO,
    );
    expect(shown.map(({ key, worth, steps }) => [key, worth, steps])).toEqual([
      ['five', { cents: 500 }, null],
      ['tenth', { basisPoints: 1250 }, null],
      ['choose', { cents: 100 }, { least: 1, most: 20 }],
      ['call', null, null],
    ]);
  });

  it('are without gift cards and store credit until the merchant has allowed them (law 5.2)', () => {
    const paidOut = terms(
      { key: 'card', kind: 'gift-card', points: 300 },
      { key: 'credit', kind: 'store-credit', points: 200 },
      { key: 'perk', kind: 'perk', points: 10 },
    );
    const keysWith = (...scopes: string[]): readonly string[] =>
      shownRewards(paidOut, { currency: 'EUR', scopes: new Set(scopes) }).map(({ key }) => key);
    expect(keysWith()).toEqual(['perk']);
    expect(keysWith('write_gift_cards')).toEqual(['card', 'perk']);
    // Credit is read as well as given: one of the two is not enough.
    const [read, write] = ['read_store_credit_accounts', 'write_store_credit_account_transactions'];
    expect(keysWith('write_store_credit_account_transactions')).toEqual(['perk']);
    expect(keysWith('write_gift_cards', read ?? '', write ?? '')).toEqual([
      ...['card', 'credit', 'perk'],
    ]);
  });

  it('say that only asking tells who can have them, where tags or conditions decide', () => {
    const never = { kind: 'never-redeemed', not: false, settings: {} };
    const shown = shownRewards(
      terms(
        { key: 'all', kind: 'perk', points: 1, audience: { tiers: [] } },
        { key: 'tag', kind: 'perk', points: 1, audience: { withoutTags: ['b2b'] } },
        {
          ...{ key: 'new', kind: 'perk', points: 1 },
          audience: { segment: { match: 'all', conditions: [never] } },
        },
      ),
      EURO,
    );
    expect(shown.map(({ key, asks }) => [key, asks])).toEqual([
      ['all', false],
      ['tag', true],
      ['new', true],
    ]);
  });

  it('are less than 48 KB, though a hundred with long words and addresses are more', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => ({
      ...{ key: `r${index}`, kind: 'perk', points: 10, description: 'ü'.repeat(300) },
      image: `https://cdn.example.com/${'x'.repeat(900)}`,
    }));
    const shown = shownRewards(terms(...hundred), EURO);
    expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThan(49_000);
    expect(shown).toHaveLength(100);
    expect(shown[0]?.image).toContain('cdn.example.com');
    expect(shown[99]).toMatchObject({ image: '', words: '' });
  });
});

describe('what a member holds', () => {
  it('is a code until the last of the shop’s days, and never the code of a gift card', () => {
    const midnight = Date.parse('2026-12-01T00:00:00+01:00');
    expect(heldReward({ ...kept, validUntil: midnight }, BERLIN.timeZone)).toMatchObject({
      ...{ state: 'usable', code: 'CODE', until: '2026-11-30', returnable: true },
    });
    const card = { kind: 'gift-card', minor: 500, currency: 'EUR', expiresInDays: null } as const;
    const given = { ...kept, terms: { ...card, notify: true }, state: 'captured' } as const;
    expect(heldReward(given, BERLIN.timeZone)).toMatchObject({ state: 'had', code: null });
  });

  it('has no code while it is being made, is ending, or is over', () => {
    const state = (change: Partial<KeptReward>) => {
      const { state, code, returnable } = heldReward({ ...kept, ...change }, BERLIN.timeZone);
      return [state, code, returnable];
    };
    expect(state({ making: 'asked' })).toEqual(['making', null, true]);
    expect(state({ ending: 'cancelled' })).toEqual(['ending', null, false]);
    expect(state({ making: 'refused' })).toEqual(['ending', null, false]);
    expect(state({ state: 'captured' })).toEqual(['used', null, false]);
    expect(state({ state: 'released', ending: 'expired' })).toEqual(['ended', null, false]);
    expect(state({ points: 0 })).toEqual(['usable', 'CODE', false]);
  });

  it('says what came back: all of what ended, and the part of what was refunded', () => {
    const back = (change: Partial<KeptReward>) =>
      heldReward({ ...kept, ...change }, BERLIN.timeZone).back;
    expect(back({ state: 'released' })).toBe(500);
    expect(back({ state: 'captured', returns: [['1', 250]] })).toBe(250);
    expect(back({ state: 'captured' })).toBe(0);
  });

  it('is at most twenty, open ones first, and of what is over the last fourteen days', () => {
    const over = { ...kept, state: 'released', ending: 'expired' } as const;
    const told = heldRewards(
      [
        { ...over, id: 'old', since: NOW - 15 * DAY },
        { ...over, id: 'new', since: NOW - 13 * DAY },
        { ...kept, id: 'open', since: NOW - 80 * DAY },
      ],
      BERLIN,
    );
    expect(told.map(({ id }) => id)).toEqual(['open', 'new']);
    const many = Array.from({ length: 30 }, (_, index) => ({ ...kept, id: `k${index}` }));
    expect(heldRewards(many, BERLIN)).toHaveLength(20);
  });
});
