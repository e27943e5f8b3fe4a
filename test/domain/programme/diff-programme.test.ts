import { describe, expect, it } from 'vitest';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import type { Change, Shown } from '../../../app/domain/programme/diff-programme.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { draftDocument, freeKey } from '../../../app/domain/programme/draft.ts';
import type { DraftDocument } from '../../../app/domain/programme/draft.ts';

const draft = draftDocument.parse(firstDraft('Fern'));

function change(edit: (document: DraftDocument) => void): readonly string[] {
  const after = structuredClone(draft);
  edit(after);
  return diffProgramme(draft, after).map(read);
}

/** The plain reading: "Way to earn › Buying › Points: 1 points → 2 points". */
function read({ kind, subject, before, after }: Change): string {
  const about = subject.map(({ text }) => text).join(' › ');
  const values = [before, after].filter((shown) => shown !== null).map(show);
  return values.length === 0 ? `${kind} ${about}` : `${kind} ${about}: ${values.join(' → ')}`;
}

function show(shown: Shown): string {
  switch (shown.as) {
    case 'text':
      return `"${shown.text}"`;
    case 'words':
      return shown.label.text;
    case 'switch':
      return shown.on ? 'on' : 'off';
    case 'number':
      return `${shown.number} ${shown.unit ?? ''}`.trim();
    case 'money':
      return `${shown.amount} of the currency`;
    case 'list':
      return shown.items.join(', ');
    case 'ids':
      return `${shown.of} ${shown.ids.join(',')}`;
    case 'moment':
      return shown.at ?? 'no date';
  }
}

describe('what a draft would change', () => {
  it('is nothing when it says the same', () => {
    expect(diffProgramme(draft, structuredClone(draft))).toEqual([]);
  });

  it('names the rule, the setting, what it was and what it becomes', () => {
    expect(
      change(({ earning }) => {
        earning[0]!.settings['points'] = 2;
        earning[0]!.settings['per'] = '10';
        earning[0]!.settings['includeTax'] = true;
        earning[0]!.settings['excludedVendors'] = ['Acme'];
      }),
    ).toEqual([
      'changed Way to earn › Buying › Points: 1 points → 2 points',
      'changed Way to earn › Buying › For every: 1 of the currency → 10 of the currency',
      'changed Way to earn › Buying › Count tax: off → on',
      'changed Way to earn › Buying › Vendors that earn nothing:  → Acme',
    ]);
  });

  it('tells lists of products apart that are as long as each other', () => {
    const with1 = structuredClone(draft);
    with1.earning[0]!.settings['excludedProducts'] = ['1'];
    const with2 = structuredClone(draft);
    with2.earning[0]!.settings['excludedProducts'] = ['2'];
    expect(diffProgramme(with1, with2).map(read)).toEqual([
      'changed Way to earn › Buying › Products that earn nothing: products 1 → products 2',
    ]);
  });

  it('says a removed or an added part once, and not each of its settings', () => {
    expect(
      change((document) => {
        document.tiers.levels.splice(2, 1);
        document.badges.push({ ...document.badges[0]!, key: 'second', name: 'Second' });
      }),
    ).toEqual(['removed Tier › Gold', 'added Badge › Second']);
  });

  it('follows a part by its key, so that a new name is a change and not another part', () => {
    expect(change(({ tiers }) => (tiers.levels[1]!.name = 'Platinum'))).toEqual([
      'changed Tier › Platinum › Name: "Silver" → "Platinum"',
    ]);
  });

  it('says that tiers changed places', () => {
    expect(change(({ tiers }) => tiers.levels.reverse())).toEqual([
      'moved Order of the tiers: Bronze, Silver, Gold → Gold, Silver, Bronze',
    ]);
  });

  it('shows thresholds in the unit of what tiers climb by', () => {
    expect(
      change(({ tiers }) => {
        tiers.metric = 'orders';
        tiers.levels[1]!.need = '3';
      }),
    ).toEqual([
      'changed Tiers climb by: Amount spent → Number of orders',
      'changed Tier › Bronze › Needs: 0 of the currency → 0 orders',
      'changed Tier › Silver › Needs: 200 of the currency → 3 orders',
      'changed Tier › Gold › Needs: 500 of the currency → 500 orders',
    ]);
  });

  it('shows what is no number yet as it was typed', () => {
    expect(change((document) => (document.maturityDays = 'soon'))).toEqual([
      'changed Points can be spent after: 0 days → "soon"',
    ]);
  });

  it('is everything before the first version', () => {
    const all = diffProgramme(null, draft).map(read);
    expect(all).toContain('added Way to earn › Buying');
    expect(all).toContain('added Programme name: "Fern rewards"');
    expect(all.every((line) => line.startsWith('added '))).toBe(true);
  });

  it('finds a place in the form for every change', () => {
    const after = structuredClone(draft);
    after.challenges[0]!.endsAt = '2026-12-31T23:00:00.000Z';
    after.clawback = 'only-pending';
    expect(diffProgramme(draft, after).map(({ place }) => place)).toEqual([
      'challenges.0.endsAt',
      'clawback',
    ]);
  });
});

describe('a free key', () => {
  it('is made of the name, and numbered when it is taken', () => {
    expect(freeKey('Über Fans!', [])).toBe('ber-fans');
    expect(freeKey('order', [{ key: 'order' }])).toBe('order-2');
    expect(freeKey('order', [{ key: 'order' }, { key: 'order-2' }])).toBe('order-3');
    expect(freeKey('!!!', [])).toBe('part');
  });
});
