import { describe, expect, it } from 'vitest';
import faults from '../../../app/locales/de.faults.json' with { type: 'json' };
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { placeTold } from '../place-told.ts';

type StreakInput = NonNullable<ProgrammeInput['streaks']>[number];

const streak = (over: Partial<StreakInput> = {}): StreakInput => ({
  ...{ key: 'daily', name: 'Daily', enabled: true, of: ['visit'] },
  ...over,
});

/** Places and messages of what cannot be published; every message is there in German. */
function faultsOf(over: Partial<ProgrammeInput>): readonly (readonly [string, string])[] {
  const checked = validateProgramme({ ...firstDraft('Fern'), ...over }, 'EUR');
  const found = checked.ok ? [] : checked.faults;
  const plain = found.filter(
    ({ message }) => !/^(Too small|Too big|Invalid|Another one)/.test(message),
  );
  expect(plain.filter(({ message }) => !(message in faults))).toEqual([]);
  return found.map((fault) => [placeTold(fault), fault.message] as const);
}
const places = (...streaks: StreakInput[]): readonly string[] =>
  faultsOf({ streaks }).map(([place]) => place);

describe('a streak can be published', () => {
  it('as it is when it is new, and with all there is', () => {
    expect(places(streak(), streak({ key: 'weekly', period: 'week', warnHours: 167 }))).toEqual([]);
    const whole = streak({
      freezes: { atStart: 1, earnEvery: 7, most: 2, cost: 50 },
      milestones: [
        { at: 3, points: 10 },
        { at: 7, badge: 'super-fan' },
        { at: 9, multiplier: '2', days: 3 },
      ],
      ...{ again: true, startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' },
    });
    expect(places(whole)).toEqual([]);
  });

  it('not without anything that keeps it alive, nor with what nobody knows', () => {
    expect(places(streak({ of: [] }))).toEqual(['streaks.0.of']);
    expect(places(streak({ of: ['visit', 'dance'] }))).toEqual(['streaks.0.of.1']);
    expect(places(streak(), streak())).toEqual(['streaks.1.key']);
  });

  it('not with more freezes than may be held, nor with freezes that nobody may hold', () => {
    expect(places(streak({ freezes: { atStart: 3, most: 2 } }))).toEqual([
      'streaks.0.freezes.atStart',
    ]);
    expect(places(streak({ freezes: { most: 0, cost: 10 } }))).toEqual(['streaks.0.freezes.most']);
    expect(places(streak({ freezes: { most: 0 } }))).toEqual([]);
  });

  it('not with milestones that give nothing, stand twice, or give what is not there', () => {
    const given = (...milestones: NonNullable<StreakInput['milestones']>): readonly string[] =>
      places(streak({ milestones }));
    expect(given({ at: 3 })).toEqual(['streaks.0.milestones.0.points']);
    expect(given({ at: 3, points: 1 }, { at: 3, points: 2 })).toEqual([
      'streaks.0.milestones.1.at',
    ]);
    expect(given({ at: 3, badge: 'gone' })).toEqual(['streaks.0.milestones.0.badge']);
    expect(given({ at: 3, reward: 'gone' })).toEqual(['streaks.0.milestones.0.reward']);
    expect(given({ at: 1, points: 1 })).toEqual(['streaks.0.milestones.0.at']);
    expect(given({ at: 3, multiplier: 'x' })).toEqual(['streaks.0.milestones.0.multiplier']);
    expect(given({ at: 3, multiplier: '1' })).toEqual(['streaks.0.milestones.0.multiplier']);
  });

  it('not with a warning longer than its period, nor with an end before its beginning', () => {
    expect(places(streak({ warnHours: 24 }))).toEqual(['streaks.0.warnHours']);
    expect(places(streak({ warnHours: 23 }))).toEqual([]);
    expect(places(streak({ period: 'week', warnHours: 168 }))).toEqual(['streaks.0.warnHours']);
    const [startsAt, endsAt] = ['2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z'];
    expect(places(streak({ startsAt, endsAt }))).toEqual(['streaks.0.endsAt']);
  });

  it('not while a badge asks for a streak that is not there', () => {
    const badge = (asked: string): ProgrammeInput['badges'] => [
      {
        ...{ key: 'loyal', kind: 'streak', name: 'Loyal', enabled: true, bonusPoints: 0 },
        settings: { streak: asked, length: 7 },
      },
    ];
    expect(faultsOf({ badges: badge('daily') })).toEqual([
      ['badges.0.settings.streak', 'No streak is known by this name any more.'],
    ]);
    expect(faultsOf({ badges: badge('daily'), streaks: [streak()] })).toEqual([]);
    expect(faultsOf({ badges: badge('') })).toEqual([]);
  });

  it('and a challenge not with a multiplier that takes something away, or adds nothing', () => {
    const by = (prizeMultiplier: string): readonly string[] =>
      faultsOf({
        challenges: firstDraft('Fern').challenges.map((one) => ({ ...one, prizeMultiplier })),
      }).map(([place]) => place);
    expect(by('0.5')).toEqual(['challenges.0.prizeMultiplier']);
    expect(by('1')).toEqual(['challenges.0.prizeMultiplier']);
    expect(by('')).toEqual([]);
    expect(by('1.5')).toEqual([]);
  });

  it('and what changes of its milestones is said in words', () => {
    const of = (milestones: NonNullable<StreakInput['milestones']>) =>
      draftDocument.parse({ ...firstDraft('Fern'), streaks: [streak({ milestones })] });
    const before = of([{ at: 7, points: 50 }]);
    const after = of([{ at: 7, points: 50, badge: 'super-fan', multiplier: '2', days: 3 }]);
    expect(diffProgramme(before, after)).toMatchObject([
      {
        ...{ kind: 'changed', place: 'streaks.0.milestones' },
        before: { as: 'list', items: ['7: 50'] },
        after: { as: 'list', items: ['7: 50 · Super Fan · 2× (3 d)'] },
      },
    ]);
  });
});
