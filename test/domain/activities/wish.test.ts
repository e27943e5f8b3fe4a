/** What a member may say of themselves, and what of it is refused. */
import { expect, it } from 'vitest';
import { receiptId, wish } from '../../../app/domain/activities/wish.ts';

const receipt = { kind: 'receipt', number: 'A 1001', amount: '12.50', purchasedOn: '2026-01-31' };
const custom = { kind: 'custom', action: 'beach-day', key: 'k.1_2-3' };

it.each([
  { kind: 'visit' },
  { kind: 'social-follow', network: 'instagram' },
  { kind: 'social-share', network: 'facebook' },
  { kind: 'survey', survey: 'first-2026' },
  { kind: 'birthday', month: 2, day: 29 },
  { kind: 'birthday', month: 4, day: 30 },
  { kind: 'birthday', month: 12, day: 31 },
  receipt,
  { ...receipt, amount: '123456789.123', attachment: 'https://example.com/r.jpg' },
  { ...receipt, number: `${'-'.repeat(59)}7` },
  custom,
  { ...custom, note: 'x'.repeat(300), attachment: 'https://example.com/r.jpg' },
])('%j can be said', (said) => {
  expect(wish.safeParse(said).success).toBe(true);
});

it.each<[object, string]>([
  [{ kind: 'visit', memberId: '7' }, ''],
  [{ kind: 'points', points: 5 }, 'kind'],
  [{ kind: 'social-follow', network: 'pigeon' }, 'network'],
  [{ kind: 'social-share', network: 'pigeon' }, 'network'],
  [{ kind: 'survey', survey: 'First' }, 'survey'],
  [{ kind: 'survey', survey: 'x'.repeat(61) }, 'survey'],
  [{ kind: 'birthday', month: 2, day: 30 }, 'day'],
  [{ kind: 'birthday', month: 4, day: 31 }, 'day'],
  [{ kind: 'birthday', month: 11, day: 31 }, 'day'],
  [{ kind: 'birthday', month: 1, day: 32 }, 'day'],
  [{ kind: 'birthday', month: 1, day: 0 }, 'day'],
  [{ kind: 'birthday', month: 13, day: 1 }, 'month,day'],
  [{ kind: 'birthday', month: 0, day: 1 }, 'month,day'],
  [{ ...receipt, number: ' - ' }, 'number'],
  [{ ...receipt, number: 'x'.repeat(61) }, 'number'],
  [{ ...receipt, amount: '-1' }, 'amount'],
  [{ ...receipt, amount: '1.2345' }, 'amount'],
  [{ ...receipt, amount: '1234567890' }, 'amount'],
  [{ ...receipt, amount: '1,50' }, 'amount'],
  [{ ...receipt, purchasedOn: '2026-02-30' }, 'purchasedOn'],
  [{ ...receipt, attachment: 'http://example.com/r.jpg' }, 'attachment'],
  [{ ...receipt, attachment: `https://example.com/${'x'.repeat(500)}` }, 'attachment'],
  [{ ...custom, action: '-beach' }, 'action'],
  [{ ...custom, action: 'x'.repeat(41) }, 'action'],
  [{ ...custom, key: '' }, 'key'],
  [{ ...custom, key: 'a b' }, 'key'],
  [{ ...custom, key: 'x'.repeat(101) }, 'key'],
  [{ ...custom, note: 'x'.repeat(301) }, 'note'],
])('%j is refused at "%s"', (said, place) => {
  const places = wish.safeParse(said).error?.issues.map(({ path }) => path.join('.')) ?? [];
  expect([...new Set(places)].join()).toBe(place);
});

it('a receipt is the same however its number is written', () => {
  expect(['a-1001', 'A 1001', ' #A.1001'].map(receiptId)).toEqual(['A1001', 'A1001', 'A1001']);
  expect(receiptId('A-1002')).not.toBe(receiptId('A-1001'));
});
