import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyProgramme } from './from-schema.ts';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { firstDraft, programmeDocument } from '../../../app/domain/programme/document.ts';
import { programmeJsonSchema } from '../../../app/domain/programme/json-schema.ts';
import {
  fileName,
  readProgrammeFile,
  writeProgrammeFile,
} from '../../../app/domain/programme/programme-file.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';

const committed = join(import.meta.dirname, '../../../docs/programme.schema.json');

describe('the JSON Schema of the programme', () => {
  it('is committed as the registries say it', async () => {
    await expect(`${JSON.stringify(programmeJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
      committed,
    );
  });

  const accepts = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(
    programmeJsonSchema(),
  );

  it('accepts the first draft, whole or with everything left out that has a default', () => {
    expect(accepts(firstDraft('Fern'))).toBe(true);
    const { schema, name, word, earning, tiers, badges, challenges, ...rest } = firstDraft('Fern');
    const { maturityDays, clawback, pastOrdersEarn, testOrdersEarn } = rest;
    const less = {
      ...{ schema, name, word, earning, tiers, badges, challenges },
      ...{ maturityDays, clawback, pastOrdersEarn, testOrdersEarn },
    };
    expect(accepts(less)).toBe(true);
    expect(accepts({ ...less, $schema: './programme.schema.json' })).toBe(true);
  });

  it.each([
    ['a setting of another kind', { kind: 'join', settings: { points: 1, per: '1' } }],
    ['a kind that nobody knows', { kind: 'teleport', settings: {} }],
    ['no points', { kind: 'join', settings: { points: 0 } }],
  ])('refuses %s', (_, over) => {
    const first = firstDraft('Fern');
    const rule = { key: 'x', name: 'X', enabled: true, ...over };
    expect(accepts({ ...first, earning: [rule] })).toBe(false);
    expect(
      accepts({ ...first, earning: [{ ...rule, kind: 'join', settings: { points: 5 } }] }),
    ).toBe(true);
  });
});

describe('a programme as a file', () => {
  it('comes back as it went out, whatever of the schema it uses', () => {
    let settings = 0;
    fc.assert(
      fc.property(anyProgramme(1), (written) => {
        const read = readProgrammeFile(JSON.stringify(written));
        if (!read.ok) throw new Error(JSON.stringify(read.refusal));
        expect(read.leftOut).toEqual([]);
        const again = readProgrammeFile(writeProgrammeFile(read.document));
        expect(again).toEqual({ ok: true, document: read.document, leftOut: [] });
        expect(diffProgramme(draftDocument.parse(written), read.document)).toEqual([]);
        settings += JSON.stringify(written).length;
      }),
      { numRuns: 10 },
    );
    expect(settings).toBeGreaterThan(60_000);
  });

  it('comes back as it went out', () => {
    const document = draftDocument.parse(firstDraft('Fern'));
    expect(readProgrammeFile(writeProgrammeFile(document))).toEqual({
      ...{ ok: true, document, leftOut: [] },
    });
  });

  it('may name its schema, and begin with a byte order mark', () => {
    const text = JSON.stringify({ $schema: './programme.schema.json', ...firstDraft('Fern') });
    const read = readProgrammeFile(`\uFEFF${text}`);
    expect(read.ok && read.leftOut).toEqual([]);
    expect(read.ok && validateProgramme(read.document, 'EUR').ok).toBe(true);
    expect(read.ok && programmeDocument.parse(read.document)).toEqual(firstDraft('Fern'));
  });

  it.each([
    ['{', { kind: 'no-json' }],
    ['[]', { kind: 'not-ours' }],
    ['{"name":"My shop"}', { kind: 'not-ours' }],
    ['{"schema":2}', { kind: 'later' }],
    ['{"schema":1,"name":7}', { kind: 'no-programme', place: 'name' }],
    [`"${'x'.repeat(600_000)}"`, { kind: 'too-large' }],
  ])('that is none is refused with what is wrong: %.20s', (text, refusal) => {
    expect(readProgrammeFile(text)).toEqual({ ok: false, refusal });
  });

  it('of a former version is read as that version meant it', () => {
    const { tiers, ...rest } = firstDraft('Fern');
    const levels = tiers.levels.map((level) =>
      level.key === 'gold' ? { ...level, grantedByProducts: ['7'], grantDays: 30 } : level,
    );
    const read = readProgrammeFile(
      JSON.stringify({ ...rest, memberships: undefined, tiers: { ...tiers, levels } }),
    );
    expect(read.ok && read.document.memberships).toMatchObject([
      { key: 'gold', tier: 'gold', plans: [{ products: ['7'], length: 30, unit: 'days' }] },
    ]);
  });

  it('is named after the programme', () => {
    expect(fileName('Müller & Söhne Rewards')).toBe('muller-sohne-rewards.json');
    expect(fileName('報酬')).toBe('programme.json');
  });
});
