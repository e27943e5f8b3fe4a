import { describe, expect, it } from 'vitest';
import { goalDefinitions } from '../../../app/domain/goals/registry.ts';
import type { ProgrammeDocument } from '../../../app/domain/programme/document.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { programme } from '../fixtures.ts';
import { badge, challenge } from '../goals.ts';

const asking = (kind: string, settings: object = {}) => ({
  ...{ kind, settings: { ...(goalDefinitions.find(kind)?.defaults as object), ...settings } },
});
const told = (over: Partial<ProgrammeDocument>, currency = 'USD') => {
  const validation = validateProgramme(programme(over), currency);
  return (validation.ok ? validation.warnings : validation.faults).map(
    ({ place, message }) => `${validation.ok ? 'warns' : 'refuses'} ${place}: ${message}`,
  );
};
const levels = (...needs: string[]) =>
  needs.map((need, index) => ({ key: `l${index}`, name: need, need }));

describe('badges and challenges', () => {
  it('that fit are taken without a word', () => {
    const rolling = { kind: 'rolling', from: 'joined-challenge' } as const;
    expect(
      told({
        badges: [badge(1, 0, { levels: levels('1', '2') })],
        challenges: [challenge(2, 0, { joining: 'opt-in', capacity: 5, window: rolling })],
      }),
    ).toEqual([]);
  });

  it('name tiers, badges and challenges that are there, and not themselves, also in a step', () => {
    const steps = [
      { name: '', ...asking('tier', { tiers: ['gone'] }) },
      { name: '', ...asking('orders', { count: 1 }) },
    ];
    expect(
      told({
        badges: [
          badge(1, 0, asking('reached', { keys: ['badge:fan', 'challenge:gone'], count: 1 })),
          badge(1, 0, { key: 'steps', ...asking('several', { goals: steps }) }),
        ],
        challenges: [challenge(2, 0, { audience: { tiers: ['none'] }, prizeBadge: 'nobody' })],
      }),
    ).toEqual([
      'refuses badges.0.settings.keys.1: No badge and no challenge is known by this name any more.',
      'refuses badges.0.settings.keys.0: It cannot ask for itself.',
      'refuses badges.1.settings.goals.0.settings.tiers.0: No tier is known by this name any more.',
      'refuses challenges.0.prizeBadge: No badge is known by this name any more.',
      'refuses challenges.0.audience.tiers.0: No tier is known by this name any more.',
    ]);
  });

  it('write amounts of the shop’s currency, in levels and steps, too', () => {
    const money = [
      badge(1, 0, { ...asking('spend', { amount: '10.5' }), levels: levels('5', '7.25') }),
    ];
    const steps = [
      { name: '', ...asking('orders', { minimum: '1.5' }) },
      { name: '', ...asking('orders', { count: 2 }) },
    ];
    const document = {
      badges: money,
      challenges: [challenge(2, 0, asking('several', { goals: steps }))],
    };
    expect(told(document)).toEqual([]);
    const odd = badge(1, 0, { ...asking('spend', { amount: '1' }), levels: levels('x') });
    expect(told({ badges: [odd] })).toEqual([
      'refuses badges.0.levels.0.need: Write an amount like 10 or 4.50.',
    ]);
    expect(told(document, 'JPY').map((line) => line.split(':')[0])).toEqual([
      'refuses badges.0.settings.amount',
      'refuses challenges.0.settings.goals.0.settings.minimum',
      'refuses badges.0.levels.1.need',
    ]);
  });

  it('have levels only where so much of something is asked for, each another', () => {
    expect(
      told({
        badges: [
          badge(1, 0, { levels: levels('2', '2', 'many', '9999') }),
          badge(1, 0, { key: 'tier', ...asking('tier'), levels: levels('1') }),
        ],
      }),
    ).toEqual([
      'refuses badges.0.levels.1.need: Another level needs the same.',
      'refuses badges.0.levels.2.need: Write a whole number.',
      'refuses badges.0.levels.3.need: Too big: expected number to be <=1000',
      'refuses badges.1.levels: What this goal asks for has no levels.',
    ]);
  });

  it('end after they begin, and let members join what begins with joining or can be full', () => {
    const backwards = { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' };
    expect(
      told({
        badges: [badge(1, 0, backwards)],
        challenges: [
          challenge(2, 0, { capacity: 5, ...backwards }),
          challenge(2, 0, { key: 'own', window: { kind: 'rolling' } }),
        ],
      }),
    ).toEqual([
      'refuses badges.0.endsAt: Must end after it starts.',
      'refuses challenges.0.endsAt: Must end after it starts.',
      'refuses challenges.0.joining: Only what members join can be full.',
      'refuses challenges.1.joining: Its time begins with joining: let members join.',
    ]);
  });

  it('are warned of where nobody can reach them', () => {
    expect(
      told({
        badges: [badge(1, 0, asking('referrals'))],
        challenges: [challenge(2, 0, asking('deeds', { deed: 'social-share' }))],
      }),
    ).toEqual([
      'warns badges.0.settings: Members cannot refer friends: nobody will reach this.',
      'warns challenges.0.settings: No way to earn is switched on for this: nobody can do it.',
    ]);
  });

  it('refuse several goals that are too few, or a goal of several within itself', () => {
    const one = { name: '', ...asking('orders') };
    expect(
      told({ challenges: [challenge(2, 0, asking('several', { goals: [one] }))] }).join(),
    ).toContain('settings.goals: Give at least two goals.');
    const nested = [one, { name: '', ...asking('several') }];
    expect(told({ challenges: [challenge(2, 0, asking('several', { goals: nested }))] })).toEqual([
      'refuses challenges.0.settings.goals.1.kind: This Laurel knows no goal of this kind that can be one of several.',
    ]);
  });
});
