import { describe, expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { placeTold } from '../place-told.ts';

describe('a draft with faults of several kinds', () => {
  it('is told all of them at once, each place once', () => {
    const draft = firstDraft('Fern');
    const validation = validateProgramme(
      {
        ...draft,
        name: '',
        maturityDays: 'soon',
        earning: [
          {
            ...draft.earning[0],
            settings: { ...(draft.earning[0]?.settings as object), per: 'x', points: 'y' },
          },
        ],
        tiers: {
          ...draft.tiers,
          levels: [
            { key: 'a', name: 'A', need: '10', multiplier: '0.5' },
            { key: 'b', name: 'B', need: '5', multiplier: '1' },
          ],
        },
      },
      'EUR',
    );
    expect(validation.ok).toBe(false);
    const places = validation.ok ? [] : validation.faults.map(placeTold);
    expect(places).toEqual([
      'name',
      'maturityDays',
      'earning.0.settings.points',
      'earning.0.settings.per',
      'tiers.levels.0.multiplier',
      'tiers.levels.1.need',
    ]);
  });

  it('is told what is wrong with its shape when nothing else can be looked at', () => {
    const validation = validateProgramme({ schema: 1, earning: 'all' }, 'EUR');
    expect(validation.ok ? [] : validation.faults.map(placeTold)).toContain('earning');
  });
});
