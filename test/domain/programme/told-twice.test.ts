/** A file in which a name stands twice is refused, and says where. */
import { describe, expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { readProgrammeFile } from '../../../app/domain/programme/programme-file.ts';
import { toldTwice } from '../../../app/domain/programme/told-twice.ts';

const text = JSON.stringify(firstDraft('Fern'), null, 2);

describe('a file that says something twice', () => {
  it.each([
    ['"clawback": "unlimited"', '"clawback": "only-pending", "clawback": "unlimited"', 'clawback'],
    ['"need": "200"', '"need": "100",\n "need" : "200"', 'tiers.levels.1.need'],
    // The same name, written otherwise.
    ['"per": "1"', '"per": "2", "\\u0070er": "1"', 'earning.0.settings.per'],
  ])('is refused at its place: %s', (once, twice, place) => {
    expect(text).toContain(once);
    expect(readProgrammeFile(text.replace(once, twice))).toEqual({
      ok: false,
      refusal: { kind: 'told-twice', place },
    });
  });

  it('is none where names are those of other objects, or stand in texts', () => {
    expect(readProgrammeFile(text)).toMatchObject({ ok: true });
    const tricky = { a: '{"a":1,"a":2}', b: ['a', 'a', { a: '\\"' }, { a: '":' }], c: { a: [] } };
    expect(toldTwice(JSON.stringify(tricky))).toBeNull();
    expect(toldTwice('[{"a":1,"b":{"a":[]},"a":2}]')).toBe('0.a');
  });

  it('is read in one go, however long or deep it is', () => {
    expect(toldTwice(JSON.stringify({ a: '\\"'.repeat(200_000), b: 1 }))).toBeNull();
    expect(toldTwice('['.repeat(200_000) + ']'.repeat(200_000))).toBeNull();
  });
});
