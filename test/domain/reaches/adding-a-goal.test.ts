/** What it takes to add a goal: a definition, and its line in a list. The engine, the form and the checks know it then. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { GoalDefinition } from '../../../app/domain/goals/definition.ts';
import { ordersPlaced } from '../../../app/domain/goals/orders-placed.ts';
import { withSeveral } from '../../../app/domain/goals/registry.ts';
import { fieldKey } from '../../../app/domain/programme/shown.ts';
import { termsOf } from '../../../app/domain/programme/terms.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { registryOf } from '../../../app/domain/registry.ts';
import { day, line, Member, order, refund, shopWith } from '../fixtures.ts';
import { badge, challenge, paying, row } from '../goals.ts';

/** "Buy a tea and a cup in one order": this is all of it. */
const settings = z.strictObject({
  count: z.int().min(1).max(50),
  least: z.string().regex(/^\d+$/),
});
const richOrders: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'rich-orders',
  words: { label: 'Orders of several things', help: 'Reached with orders of several lines.' },
  settings,
  defaults: { count: 2, least: '2' },
  fields: [
    { name: 'count', input: 'integer', label: 'How many orders' },
    { name: 'least', input: 'money', label: 'Lines' },
  ],
  measure: { setting: 'count', of: 'count' },
  listens: () => ['order'],
  reach: ({ count, least }, { orders }) => {
    const rich = orders.filter(({ kept }) => kept.length >= Number(least));
    return {
      ...{ have: Math.min(rich.length, count), need: count, counted: [] },
      completedAt: rich[count - 1]?.placedAt ?? null,
    };
  },
};

const goals = withSeveral(
  registryOf<GoalDefinition>('goal', [
    richOrders as GoalDefinition,
    ordersPlaced as GoalDefinition,
  ]),
);

const document = (over: object = {}) =>
  paying({
    challenges: [
      challenge(0, 100, { kind: 'rich-orders', settings: richOrders.defaults, ...over }),
      challenge(0, 10, {
        ...{ key: 'either', kind: 'several' },
        settings: {
          ...{ how: 'any', least: 1 },
          goals: ['1', '4'].map((least) => ({
            ...{ kind: 'rich-orders', settings: { count: 1, least } },
          })),
        },
      }),
    ],
    badges: [
      badge(0, 0, {
        ...{ kind: 'rich-orders', settings: richOrders.defaults },
        levels: [
          { key: 'one', name: 'One', need: '1', bonusPoints: 1 },
          { key: 'two', name: 'Two', need: '2', bonusPoints: 2 },
        ],
      }),
    ],
  });

const bought = (orderId: string, at: number, lines: number) =>
  order(
    {
      placedAt: at,
      lines: Array.from({ length: lines }, (_, index) => line({ id: String(index + 1) })),
    },
    { orderId },
  );

describe('a goal that this file alone defines', () => {
  const version = { version: 1, effectiveAt: day(1), document: document() };
  const shop = { ...shopWith([]), versions: [termsOf(version, 'USD', goals)] };

  it('is reached, pays, and goes back with a refund, as a challenge, a step and levels of a badge', () => {
    const second = bought('2', day(12), 3);
    const member = new Member(shop)
      .order(bought('1', day(10), 1))
      .order(bought('3', day(11), 2))
      .order(second);
    expect(row(member, 'challenge:explorer')).toMatchObject({ have: 2, completedAt: day(12) });
    expect(row(member, 'badge:fan')?.details?.levels).toEqual({ one: day(11), two: day(12) });
    expect(member.moves).toEqual([10, 1, 100, 2]);
    member.order({
      ...second,
      refunds: [refund({ lines: ['1', '2'].map((lineId) => ({ lineId, quantity: 1 })) })],
    });
    expect([member.moves.slice(4), row(member, 'challenge:explorer')?.have]).toEqual([
      [-100, -2],
      1,
    ]);
  });

  it('is checked: its settings, its levels, and those of a step', () => {
    expect(validateProgramme(document(), 'USD', goals).ok).toBe(true);
    const faults = (over: object): string[] => {
      const validation = validateProgramme(document(over), 'USD', goals);
      return validation.ok ? [] : validation.faults.map(({ place }) => place);
    };
    expect(faults({ settings: { count: 0, least: '2' } })).toEqual(['challenges.0.settings.count']);
    expect(faults({ settings: { count: 1 } })).toEqual(['challenges.0.settings.least']);
    const written = document();
    written.badges[0]!.levels[1]!.need = '51';
    (written.challenges[1]!.settings['goals'] as { settings: object }[])[1]!.settings = {};
    const wrong = validateProgramme(written, 'USD', goals);
    expect(wrong.ok ? [] : wrong.faults.map(({ place }) => place)).toEqual([
      'challenges.1.settings.goals.1.settings.count',
      'challenges.1.settings.goals.1.settings.least',
      'badges.0.levels.1.need',
    ]);
  });

  it('does nothing, and is reported, where it is in no list', () => {
    const { challenges, faults } = termsOf(version, 'USD');
    expect([challenges, faults.map(({ place }) => place)]).toEqual([
      [],
      [
        'badges.0.kind',
        'challenges.0.kind',
        'challenges.1.settings.goals.0.kind',
        'challenges.1.settings.goals.1.kind',
      ],
    ]);
  });

  it('is asked for by the fields that it declares', () => {
    const drawn = goals.find('rich-orders')?.fields ?? [];
    expect(drawn.map((field) => fieldKey('definitions.goals.rich-orders', field))).toEqual([
      'definitions.goals.rich-orders.fields.count',
      'definitions.goals.rich-orders.fields.least',
    ]);
    expect(goals.all.map(({ kind }) => kind)).toEqual(['rich-orders', 'orders', 'several']);
  });
});
