import { describe, expect, it } from 'vitest';
import { draftDocument, freeKey } from '../../../app/domain/programme/draft.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { offerBy } from '../../../app/domain/programme/offer-by.ts';
import { inForce, termsForOrder, termsOf } from '../../../app/domain/programme/terms.ts';
import { day, programme, shopWith, tiers } from '../fixtures.ts';

describe('the version in force', () => {
  const past = shopWith([
    [day(1), programme()],
    [day(10), programme({ pastOrdersEarn: true })],
  ]);
  const versionAt = (at: number): number | undefined => inForce(past, at)?.version.version;

  it('is the newest that had taken effect by then', () => {
    expect([day(1) - 1, day(1), day(10) - 1, day(10)].map(versionAt)).toEqual([undefined, 1, 1, 2]);
  });

  it('of two that took effect in one moment is the later', () => {
    const two = shopWith([
      [day(1), programme()],
      [day(1), programme()],
    ]);
    expect(inForce(two, day(1))?.version.version).toBe(2);
  });

  it('for an order from before the first is the first, when the newest says so', () => {
    expect(termsForOrder(past, day(0))?.version.version).toBe(1);
    const not = shopWith([
      [day(1), programme({ pastOrdersEarn: true })],
      [day(10), programme()],
    ]);
    expect(termsForOrder(not, day(0))).toBeNull();
    expect(termsForOrder(shopWith([]), day(0))).toBeNull();
  });
});

describe('a version as the engine uses it', () => {
  const version = (document: ReturnType<typeof programme>) =>
    termsOf({ version: 1, effectiveAt: day(1), document }, 'USD');

  it('leaves out what is switched off', () => {
    const { earning, badges, challenges } = firstDraft('x');
    const off = <T>(parts: readonly T[]): T[] => parts.map((part) => ({ ...part, enabled: false }));
    const terms = version(
      programme({ earning: off(earning), badges: off(badges), challenges: off(challenges) }),
    );
    expect([terms.earning, terms.badges, terms.challenges, terms.faults]).toEqual([[], [], [], []]);
  });

  it('reports a kind that this build does not know, and does nothing by it', () => {
    const odd = programme().earning.map((rule) => ({ ...rule, kind: 'dance' }));
    const terms = version(programme({ earning: odd }));
    expect([terms.earning, terms.faults]).toMatchObject([[], [{ place: 'earning.0.kind' }]]);
    const both = version(
      programme({ earning: [...odd, { ...programme().earning[0], key: 'b' }] as typeof odd }),
    );
    expect(both.earning.map(({ key }) => key)).toEqual(['b']);
  });

  it('reads the ladder once, in minor units of the shop’s currency', () => {
    const terms = version(programme({ tiers: tiers([['silver', '200.50', '1.25']]) }));
    expect(terms.ladder).toMatchObject({
      from: day(1),
      metric: 'spend',
      rungs: [{ key: 'silver', need: 20_050, multiplier: '1.25' }],
    });
    const unknown = programme({ tiers: tiers([['a', '1', '1']], { metric: 'likes' }) });
    expect(version(unknown).ladder.rungs).toEqual([]);
  });

  it('that was published in another currency leaves out the amounts that this one has not', () => {
    const cents = programme({ tiers: tiers([['silver', '200.50', '1.25']]) }, { per: '0.50' });
    const inYen = termsOf({ version: 1, effectiveAt: day(1), document: cents }, 'JPY');
    expect([inYen.earning, inYen.ladder.rungs]).toEqual([[], []]);
    expect(inYen.faults.map(({ place }) => place)).toEqual([
      'earning.0.settings.per',
      'tiers.levels.0.need',
    ]);
  });

  it('reads the window of a challenge as moments', () => {
    const [challenge] = firstDraft('x').challenges;
    if (!challenge) throw new Error('The first draft has a challenge.');
    const timed = { ...challenge, startsAt: '2026-11-22T00:00:00+01:00', endsAt: null };
    expect(version(programme({ challenges: [timed] })).challenges[0]).toMatchObject({
      startsAt: Date.parse('2026-11-21T23:00:00Z'),
      endsAt: null,
    });
  });
});

describe('a draft', () => {
  it('may hold what is not a number yet', () => {
    const typing = { ...firstDraft('x'), maturityDays: '', name: '', clawback: '?' };
    expect(draftDocument.safeParse(typing).success).toBe(true);
    expect(draftDocument.safeParse({ ...typing, name: 7 }).success).toBe(false);
  });

  it('offers what its settings say, once they hold', () => {
    expect(firstDraft('x').earning.map((rule) => offerBy({ ...rule, settings: {} }))).toEqual([
      null,
      null,
      null,
    ]);
    const offers = firstDraft('x').earning.map((rule) =>
      offerBy({ kind: rule.kind, settings: rule.settings }),
    );
    expect(offers).toEqual([
      { on: 'order', points: 1, per: '1' },
      { on: 'join', points: 100 },
      { on: 'review', points: 50 },
    ]);
    expect(offerBy({ kind: 'dance', settings: {} })).toBeNull();
  });

  it.each([
    ['Order', [], 'order'],
    ['Order', ['order'], 'order-2'],
    ['Order', ['order', 'order-2'], 'order-3'],
    ['  Tee & Kaffee!  ', [], 'tee-kaffee'],
    ['お茶', [], 'part'],
    ['', ['part'], 'part-2'],
  ])('gives "%s" beside %j the key %s', (wanted, taken, key) => {
    expect(
      freeKey(
        wanted,
        taken.map((one) => ({ key: one })),
      ),
    ).toBe(key);
  });

  it('gives no key that could not be published', () => {
    const key = freeKey('x'.repeat(99), [{ key: 'x'.repeat(34) }]);
    expect(key).toMatch(/^[a-z0-9][a-z0-9-]{0,39}$/);
  });
});
