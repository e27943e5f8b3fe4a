import { describe, expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { offerBy } from '../../../app/domain/programme/offer-by.ts';
import { sampleOrder } from '../../../app/domain/programme/sample-order.ts';

const draft = (): ReturnType<typeof draftDocument.parse> => draftDocument.parse(firstDraft('Fern'));

describe('the sample calculation', () => {
  it('earns by the real rule, and by each tier’s multiplier', () => {
    // 49.95 at 1 point for every 1: 49 whole points; × 1.25 = 62.4; × 1.5 = 74.9.
    expect(sampleOrder(draft(), 'EUR', 4995)).toEqual({
      withoutTier: 49,
      byTier: [
        { name: 'Bronze', points: 49 },
        { name: 'Silver', points: 62 },
        { name: 'Gold', points: 74 },
      ],
    });
  });

  it('counts every order rule that is switched on', () => {
    const document = draft();
    document.earning.push({ ...document.earning[0]!, key: 'second' });
    expect(sampleOrder(document, 'EUR', 4995)?.withoutTier).toBe(98);
    document.earning[0]!.enabled = false;
    expect(sampleOrder(document, 'EUR', 4995)?.withoutTier).toBe(49);
  });

  it('is nothing while the rate is no rate, or not one of the currency', () => {
    const document = draft();
    document.earning[0]!.settings['points'] = 'many';
    expect(sampleOrder(document, 'EUR', 4995)).toBeNull();
    document.earning[0]!.settings = { ...draft().earning[0]!.settings, per: '1.5' };
    expect(sampleOrder(document, 'JPY', 4995)).toBeNull();
  });

  it('leaves out a tier whose multiplier is still being typed', () => {
    const document = draft();
    document.tiers.levels[1]!.multiplier = '1.';
    expect(sampleOrder(document, 'EUR', 4995)?.byTier.map(({ name }) => name)).toEqual([
      'Bronze',
      'Gold',
    ]);
  });
});

describe('an offer', () => {
  it('comes from the definition, and from none for a kind that is not known', () => {
    const [order] = draft().earning;
    expect(offerBy(order!)).toEqual({ on: 'order', points: 1, per: '1' });
    expect(offerBy({ kind: 'dancing', settings: {} })).toBeNull();
    expect(offerBy({ ...order!, settings: { points: -1 } })).toBeNull();
  });
});
