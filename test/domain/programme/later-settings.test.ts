import { expect, it } from 'vitest';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { day, order, Member, shopWith } from '../fixtures.ts';
import { placeTold } from '../place-told.ts';

const LATER = ['marketRates', 'purchases', 'includedTags', 'storeCreditEarns', 'alone'];

/** As programmes were written before rules had markets, inclusions and the like. */
function before(): ReturnType<typeof firstDraft> {
  const first = firstDraft('Fern');
  const earning = first.earning.map((rule) => {
    if (rule.kind !== 'order') return rule;
    const settings = Object.fromEntries(
      Object.entries(rule.settings as object).filter(([name]) => !LATER.includes(name)),
    );
    return { ...rule, settings };
  });
  return { ...first, earning };
}

it('a programme from before a setting existed is drawn, compared and earns by its default', () => {
  const old = before();
  expect(old).not.toEqual(firstDraft('Fern'));
  const drawn = draftDocument.parse(old);
  expect(drawn.earning[0]?.settings).toMatchObject({ purchases: 'any', marketRates: [] });
  expect(diffProgramme(drawn, draftDocument.parse(firstDraft('Fern')))).toEqual([]);
  expect(validateProgramme(old, 'USD').ok).toBe(true);
  const member = new Member(shopWith([[day(1), old]])).order(order());
  expect(member.award('order', '501', 'order')?.posted).toBe(100);
});

it('what must be said and is not stays a fault', () => {
  const first = firstDraft('Fern');
  const earning = first.earning.map((rule) => ({ ...rule, settings: {} }));
  const drawn = draftDocument.parse({ ...first, earning });
  expect(drawn.earning[0]?.settings).not.toHaveProperty('points');
  const validation = validateProgramme({ ...first, earning }, 'USD');
  const places = validation.ok ? [] : validation.faults.map(placeTold);
  expect(places).toContain('earning.0.settings.points');
});
