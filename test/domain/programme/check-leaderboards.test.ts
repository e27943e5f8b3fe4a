/** Leaderboards that cannot be published, and why (law 10.4). */
import { describe, expect, it } from 'vitest';
import { board } from '../leaderboards/boards.ts';
import { programme } from '../fixtures.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { placeTold } from '../place-told.ts';

const prize = { from: 1, to: 1, percent: null, points: 10, reward: null, badge: null };
/** Places of a programme with this leaderboard that are faulty. */
function faults(over: object): readonly string[] {
  const [written] = programme({ leaderboards: [board()] }).leaderboards;
  const told = validateProgramme(
    { ...programme(), leaderboards: [{ ...written, ...over }] },
    'USD',
  );
  return told.ok ? [] : told.faults.map(placeTold);
}

describe('a leaderboard', () => {
  it('can be published as it is added (law 10.4)', () => {
    expect(faults({ prizes: [prize] })).toEqual([]);
  });

  it.each([
    [{ season: 'fixed' }, 'leaderboards.0.startsAt'],
    [{ season: 'fixed', startsAt: '2026-01-02T00:00:00Z' }, 'leaderboards.0.endsAt'],
    [
      { season: 'fixed', startsAt: '2026-01-02T00:00:00Z', endsAt: '2026-01-02T00:00:00Z' },
      'leaderboards.0.endsAt',
    ],
    [{ prizes: [{ ...prize, percent: 10 }] }, 'leaderboards.0.prizes.0.from'],
    [{ prizes: [{ ...prize, from: null, to: null }] }, 'leaderboards.0.prizes.0.from'],
    [{ prizes: [{ ...prize, from: 3, to: 2 }] }, 'leaderboards.0.prizes.0.to'],
    [{ prizes: [{ ...prize, points: 0 }] }, 'leaderboards.0.prizes.0.points'],
    [{ prizes: [{ ...prize, badge: 'gone' }] }, 'leaderboards.0.prizes.0.badge'],
    [{ prizes: [{ ...prize, reward: 'gone' }] }, 'leaderboards.0.prizes.0.reward'],
    [
      { audience: { tiers: ['gone'], tags: [], withoutTags: [] } },
      'leaderboards.0.audience.tiers.0',
    ],
    [
      { kind: 'challenges', settings: { challenges: ['gone'] } },
      'leaderboards.0.settings.challenges.0',
    ],
    [{ kind: 'progress', settings: { challenge: null } }, 'leaderboards.0.settings.challenge'],
    [{ kind: 'progress', settings: { challenge: 'gone' } }, 'leaderboards.0.settings.challenge'],
    [
      { kind: 'progress', settings: { challenge: null }, mostPerDay: 3 },
      'leaderboards.0.mostPerDay',
    ],
    [{ prizes: [{ ...prize, to: null }] }, 'leaderboards.0.prizes.0.to'],
    [{ kind: 'luck', settings: {} }, 'leaderboards.0.kind'],
    [{ mostPerDay: 0 }, 'leaderboards.0.mostPerDay'],
  ])('%j is refused at %s (law 10.4)', (over, place) => {
    expect(faults(over)).toContain(place);
  });

  it('is warned of when prizes are given before points are safe, and published all the same', () => {
    const told = validateProgramme(
      programme({ maturityDays: 30, leaderboards: [board({ prizes: [prize] })] }),
      'USD',
    );
    expect(told.ok && told.warnings.map(placeTold)).toContain('leaderboards.0.settleDays');
  });

  it('is warned of nothing where no prize is given, or not before points are safe', () => {
    const warned = (over: Parameters<typeof board>[0], maturityDays: number): unknown => {
      const document = programme({ maturityDays, leaderboards: [board(over)] });
      const told = validateProgramme(document, 'USD');
      const ours = (places: readonly string[]) =>
        places.filter((place) => place.startsWith('leaderboards'));
      return told.ok ? ours(told.warnings.map(placeTold)) : told.faults;
    };
    expect(warned({ prizes: [prize] }, 14)).toEqual([]);
    expect(warned({ prizes: [prize] }, 15)).toEqual(['leaderboards.0.settleDays']);
    expect(warned({}, 30)).toEqual([]);
    // A board of months has no days of its own.
    expect(warned({ endsAt: '2026-02-01T00:00:00Z' }, 0)).toEqual(['leaderboards.0.startsAt']);
  });
});
