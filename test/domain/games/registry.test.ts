/** The battery that every kind of game goes through: a new one is tested by being in its list. */
import { describe, expect, it } from 'vitest';
import { gameInput, prizeInput } from './game-settings.ts';
import { gameDefinitions } from '../../../app/domain/games/registry.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { programme } from '../fixtures.ts';

describe.each([...gameDefinitions.all])('the game "$kind"', (definition) => {
  const { kind, settings, defaults, fields, words, draws } = definition;

  it('has defaults that its schema takes, a field for each setting, and words', () => {
    expect(settings.parse(defaults)).toEqual(defaults);
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(defaults as object));
    expect(settings.safeParse({ ...(defaults as object), surprise: 1 }).success).toBe(false);
    for (const text of [words.label, words.help, ...fields.map(({ label }) => label)])
      expect(text).not.toBe('');
  });

  it('can be published as it draws: by chances, or as often as there is of each prize', () => {
    const atOnce = draws === 'at-once';
    const game = gameInput({
      ...{ kind, settings: defaults as Record<string, unknown> },
      ...(!atOnce && { startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' }),
      prizes: [atOnce ? prizeInput('a', 500_000, 5) : prizeInput('a', 0, 5, { stock: 2 })],
    });
    expect(validateProgramme(programme({ games: [game] }), 'EUR').ok).toBe(true);
    const other = atOnce ? prizeInput('a', 1_000_001, 5) : prizeInput('a', 5, 5);
    const wrong = { ...programme(), games: [{ ...game, prizes: [other] }] };
    expect(validateProgramme(wrong, 'EUR').ok).toBe(false);
  });
});
