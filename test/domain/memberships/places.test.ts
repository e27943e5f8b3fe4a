/** Who gets a place where only so many can have a membership at a time (law 6.7). */
import { describe, expect, it } from 'vitest';
import { admitted, noPlaces } from '../../../app/domain/memberships/places.ts';
import type { Places } from '../../../app/domain/memberships/places.ts';
import type { Purchase } from '../../../app/domain/memberships/purchases.ts';
import { day } from '../fixtures.ts';
import { boughtTerm } from './terms-bought.ts';

const bought = (
  orderId: string,
  on: number,
  over: Partial<Purchase['membership']> = {},
  lostAt: number | null = null,
): Purchase => {
  const term = boughtTerm('club', 30, { from: day(on), lostAt });
  return { ...term, orderId, membership: { ...term.membership, limit: 1, ...over } };
};
const letIn = (purchases: readonly Purchase[], places: Places, now = day(20)): string[] =>
  admitted(purchases, places, 'UTC', now).map(({ orderId }) => orderId);

describe('one place', () => {
  it('is the first member’s, and the next is told no, whoever asks again', () => {
    const places = noPlaces();
    expect(letIn([bought('1', 10)], places)).toEqual(['1']);
    expect(letIn([bought('2', 11)], places)).toEqual([]);
    expect([...places.refused.keys()]).toEqual(['club 2']);
    expect([letIn([bought('1', 10)], places), letIn([bought('2', 11)], places)]).toEqual([
      ['1'],
      [],
    ]);
    expect([places.taken.get('club'), [...places.decided]]).toEqual([
      1,
      [
        ['club 1', true],
        ['club 2', false],
      ],
    ]);
  });

  it('goes on with the next term, also in grace, and after that asks for another', () => {
    const places = noPlaces();
    const graced = { graceDays: 5 };
    const [first, inGrace] = [bought('1', 10, graced), bought('2', 44, graced)];
    expect(letIn([first, inGrace], places, day(45))).toEqual(['1', '2']);
    expect(places.taken.get('club')).toBe(1);
    const late = noPlaces();
    expect(letIn([first, bought('2', 46, graced)], late, day(50))).toEqual(['1', '2']);
    // What is over by now took none: the place is that of the second.
    expect(late.taken.get('club')).toBe(1);
    const both = noPlaces();
    both.taken.set('club', 1);
    expect(letIn([first, bought('2', 46, graced)], both, day(50))).toEqual(['1']);
  });

  it('is taken by nothing that is over by now, was given back, or has no limit', () => {
    const places = noPlaces();
    expect(letIn([bought('1', 10)], places, day(41))).toEqual(['1']);
    expect(letIn([bought('2', 10, {}, day(12))], places)).toEqual(['2']);
    expect(
      letIn([bought('3', 10, { limit: null }), bought('4', 10, { key: 'other' })], places),
    ).toEqual(['3', '4']);
    expect([places.taken.get('club'), places.taken.get('other')]).toEqual([undefined, 1]);
    expect(letIn([bought('5', 12)], places)).toEqual(['5']);
  });

  it('is needed by a term that goes on one which was over before anybody knew of it', () => {
    // Both are first told on day 50: the first ran from 10 to 40, the second goes on to 70.
    const told = [bought('1', 10), bought('2', 30)];
    const free = noPlaces();
    expect(letIn(told, free, day(50))).toEqual(['1', '2']);
    expect(free.taken.get('club')).toBe(1);
    const full = noPlaces();
    full.taken.set('club', 1);
    expect(letIn(told, full, day(50))).toEqual(['1']);
    expect([...full.refused.keys()]).toEqual(['club 2']);
    // Told on day 35, while the first ran, the first has the place and the second goes on.
    const early = noPlaces();
    expect(letIn(told.slice(0, 1), early, day(35))).toEqual(['1']);
    expect(letIn(told, early, day(50))).toEqual(['1', '2']);
    expect(early.taken.get('club')).toBe(1);
  });

  it('of one membership is none of another', () => {
    const places = noPlaces();
    expect(letIn([bought('1', 10), bought('2', 10, { key: 'other' })], places)).toEqual(['1', '2']);
    expect(letIn([bought('3', 10), bought('4', 10, { key: 'other' })], places)).toEqual([]);
  });
});
