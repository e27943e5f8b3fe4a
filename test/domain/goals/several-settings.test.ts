/** Several goals as a merchant writes them, and what of them cannot be kept. */
import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../../app/domain/goals/goal-facts.ts';
import { goalDefinitions } from '../../../app/domain/goals/registry.ts';

const step = (kind: string, settings: object) => ({
  ...{ kind, name: '' },
  settings: { ...(goalDefinitions.find(kind)?.defaults as object), ...settings },
});
const tea = step('orders', { count: 1, products: ['1'] });
const cups = step('pieces', { count: 2, products: ['2'] });
const goals = [tea, cups, step('spend', { amount: '500' })];

describe('several goals', () => {
  it.each([
    ['some', 3, 3, null],
    ['some', 4, 3, 'least: There are not so many to choose from.'],
    ['all', 4, 3, null],
    ['any', 4, 3, null],
    ['in-order', 4, 3, null],
    ['all', 0, 3, 'least'],
    ['all', 11, 3, 'least'],
    ['all', 1, 1, 'goals: Give at least two goals.'],
    ['most', 1, 3, 'how'],
  ])('can be %s, at least %d, of %d: but for %s', (how, least, many, fault) => {
    const read = goalDefinitions.find('several')?.settings.safeParse({
      ...{ how, least, goals: goals.slice(0, many) },
    });
    const told = (read?.error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    expect([read?.success, told.length]).toEqual([fault === null, fault === null ? 0 : 1]);
    expect(told.join().startsWith(fault ?? '')).toBe(true);
  });

  it('tell what is wrong with one of them at its own place', () => {
    const of = (odd: object): readonly string[] => {
      const read = goalDefinitions.find('several')?.settings.safeParse({
        ...{ how: 'all', least: 1, goals: [tea, { name: '', settings: {}, ...odd }] },
      });
      return (read?.error?.issues ?? []).map(({ path }) => path.join('.'));
    };
    expect(of(cups)).toEqual([]);
    expect(of({ kind: 'several' })).toEqual(['goals.1.kind']);
    expect(of({ kind: 'horoscope' })).toEqual(['goals.1.kind']);
    expect(of({ kind: 'spend', settings: {} })).toEqual(['goals.1.settings.amount']);
    expect(of({ ...cups, name: 'x'.repeat(61) })).toEqual(['goals.1.name']);
  });

  it('can ask for what counts nothing: a birthday that was told is no money', () => {
    const birthday = step('member-dates', { what: 'birthday-known' });
    const settings = { how: 'any', least: 1, goals: [birthday, goals[2]] };
    const reach = goalDefinitions.find('several')?.reach(settings, NO_FACTS);
    expect(reach?.steps).toMatchObject([
      { name: 'Joined before a day, member for a time', money: false, completedAt: null },
      { name: 'Spend an amount', money: true, need: 50_000 },
    ]);
  });
});
