/** What a condition of a segment asks for, what of it cannot be asked, and where that is told. */
import { describe, expect, it } from 'vitest';
import { conditionDefinitions } from '../../../app/domain/segments/registry.ts';
import { segmentFaults, segmentDraft, segmentShape } from '../../../app/domain/segments/segment.ts';

const MARCH = '2026-03-01T00:00:00+01:00';
const APRIL = '2026-04-01T00:00:00+02:00';
const told = (kind: string, settings: Record<string, unknown>): readonly string[] =>
  segmentFaults({ conditions: [{ kind, not: false, settings }] }).map(
    ({ place, message }) => `${place.replace('conditions.0.', '')}: ${message}`,
  );

it.each([
  ['tier', { tiers: ['gold'] }],
  ['tag', { tags: [' VIP '] }],
  ['joined', { from: MARCH, until: APRIL }],
  ['joined', { from: MARCH, until: null }],
  ['joined', { from: null, until: APRIL }],
  ['last-order', { when: 'within', days: 1 }],
  ['last-order', { when: 'before', days: 3660 }],
  ['last-order', { when: 'never', days: 90 }],
  ['points', { least: 0, most: null }],
  ['points', { least: null, most: 1_000_000_000 }],
  ['points', { least: 5, most: 5 }],
  ['never-redeemed', {}],
  ['bought', { products: ['77'], collections: [] }],
  ['bought', { products: [], collections: ['5'] }],
  ['bought', { products: ['77'], collections: ['5'] }],
  ['answered', { answer: 'taste/drink/tea' }],
])('%s can be asked with %j', (kind, settings) => {
  expect(told(kind, settings)).toEqual([]);
});

it.each([
  ['tier', { tiers: [] }, 'settings.tiers: Choose at least one.'],
  ['tag', { tags: [] }, 'settings.tags: Choose at least one.'],
  ['joined', { from: null, until: null }, 'settings.from: Choose a first or a last day.'],
  ['joined', { from: MARCH, until: MARCH }, 'settings.until: Must end after it starts.'],
  ['joined', { from: APRIL, until: MARCH }, 'settings.until: Must end after it starts.'],
  ['points', { least: null, most: null }, 'settings.least: Write the least or the most.'],
  ['points', { least: 6, most: 5 }, 'settings.most: Must not be less than the least.'],
  ['bought', { products: [], collections: [] }, 'settings.products: Choose at least one.'],
  ['answered', { answer: '' }, 'settings.answer: Choose a quiz, or an answer.'],
  ['horoscope', {}, 'kind: This Laurel knows no condition "horoscope".'],
])('%s cannot be asked with %j, and is told where', (kind, settings, fault) => {
  expect(told(kind, settings)).toEqual([fault]);
});

it.each([
  ['tier', { tiers: [''] }, 'settings.tiers.0'],
  ['tag', { tags: ['vip', 'x'.repeat(256)] }, 'settings.tags.1'],
  ['tag', { tags: Array.from({ length: 251 }, (_, index) => `t${index}`) }, 'settings.tags'],
  ['joined', { from: 'yesterday', until: null }, 'settings.from'],
  ['joined', { from: null, until: '2026-04-01' }, 'settings.until'],
  ['last-order', { when: 'ever', days: 1 }, 'settings.when'],
  ['last-order', { when: 'within', days: 0 }, 'settings.days'],
  ['last-order', { when: 'within', days: 3661 }, 'settings.days'],
  ['points', { least: -1, most: null }, 'settings.least'],
  ['points', { least: null, most: 1_000_000_001 }, 'settings.most'],
  ['points', { least: 0.5, most: null }, 'settings.least'],
  ['bought', { products: ['77x'], collections: [] }, 'settings.products.0'],
  ['bought', { products: ['x77'], collections: [] }, 'settings.products.0'],
  ['bought', { products: [], collections: ['1'.repeat(20)] }, 'settings.collections.0'],
  ['never-redeemed', { least: 1 }, 'settings'],
])('%s takes no %j: %s', (kind, settings, place) => {
  expect(told(kind, settings).map((text) => text.split(':', 1)[0])).toEqual([place]);
});

describe('a segment', () => {
  it('tells every fault with the place of its condition', () => {
    const fine = { kind: 'points', not: true, settings: { least: 1, most: null } };
    const none = { kind: 'tag', not: false, settings: { tags: [] } };
    const odd = { kind: 'joined', not: false, settings: { from: 1, until: 2 } };
    expect(segmentFaults({ conditions: [fine, none, odd] }).map(({ place }) => place)).toEqual([
      ...['conditions.1.settings.tags', 'conditions.2.settings.from'],
      'conditions.2.settings.until',
    ]);
  });

  it('may be without conditions, and begins as everybody while it is written', () => {
    expect(segmentFaults({ conditions: [] })).toEqual([]);
    expect(segmentDraft.parse(undefined)).toEqual({ match: 'all', conditions: [] });
    expect(segmentDraft.parse({ conditions: [{ kind: 'tag' }] })).toEqual({
      match: 'all',
      conditions: [{ kind: 'tag', not: false, settings: {} }],
    });
  });

  it('has twenty conditions at most, of which all or any are met', () => {
    const one = { kind: 'never-redeemed', not: false, settings: {} };
    const of = (match: string, many: number): boolean =>
      segmentShape.safeParse({ match, conditions: Array.from({ length: many }, () => one) })
        .success;
    expect([of('all', 20), of('any', 20), of('all', 21), of('none', 1)]).toEqual([
      ...[true, true, false, false],
    ]);
  });

  it.each(
    conditionDefinitions.all.map(({ kind, fields, settings }) => ({ kind, fields, settings })),
  )('shows a field for each setting of $kind, and no other', ({ fields, settings }) => {
    const shape = 'shape' in settings ? Object.keys(settings.shape as object) : [];
    expect(fields.map(({ name }) => name).sort()).toEqual(shape.sort());
  });
});
