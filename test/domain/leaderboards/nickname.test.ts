/** Nicknames that members may have (law 10.4). */
import { describe, expect, it } from 'vitest';
import { readNickname, skeletonOf } from '../../../app/domain/leaderboards/nickname.ts';
import { isIndecent } from '../../../app/operations/decent-words.ts';

const read = (name: string): string => {
  const told = readNickname(name, ['Rivalbrand', 'Tee & Co'], isIndecent);
  return told.ok ? told.nickname : told.refusal.kind;
};

describe('a nickname', () => {
  it.each([
    'Mina',
    'Tea Lover 7',
    'Zoë',
    'Müller',
    'Анна',
    '日本人',
    '田中さん',
    "D'Arcy",
    'Dr. Oetker',
    'T.J.',
  ])('can be %s (law 10.4)', (name) => expect(read(name)).toBe(name));

  it.each([
    'Essex Girl',
    'Scunthorpe',
    'Marsch',
    'Suffolk',
    'Dickens',
    'Integer',
    'Sausage',
    'Nazareth',
  ])('can be %s, which only looks like something else', (name) => expect(read(name)).toBe(name));

  it.each([
    ['x', 'bad-length'],
    ['a'.repeat(21), 'bad-length'],
    ['anna@example.com', 'contact'],
    ['tea.example', 'contact'],
    ['0151 234567', 'contact'],
    ['t.me/anna', 'contact'],
    ['<b>Anna</b>', 'contact'],
    ['Anna & Tom', 'bad-letters'],
    ['An\u200Bna', 'bad-letters'],
    ['\u202EannA', 'bad-letters'],
    ['Аnna', 'bad-letters'],
    ['😀😀', 'bad-letters'],
    ['A\u0301\u0301\u0301nna', 'bad-letters'],
    ['77', 'bad-letters'],
    ['adm1n', 'reserved'],
    ['Laurel', 'reserved'],
  ])('%j is %s (law 10.4)', (name, kind) => expect(read(name)).toBe(kind));

  it.each([
    'fuck',
    'f u c k',
    'F.U.C.K',
    'sh1t',
    'ｆｕｃｋ',
    'fück',
    'n1gger',
    'd1ck',
    'Hurensohn',
    'Ar5chloch',
    'A r s c h',
    'H1tler',
    'Fotze7',
    'Wich5er',
  ])('%s is nothing that anybody has to read (law 10.4)', (name) =>
    expect(['offensive', 'bad-letters']).toContain(read(name)),
  );

  it('holds none of the merchant’s own words, however they are written (law 10.4)', () => {
    expect(['Rivalbrand', 'r1val brand', 'my Rivalbrand!', 'TeeCo'].map(read)).toEqual([
      'offensive',
      'offensive',
      'offensive',
      'offensive',
    ]);
    expect(read('Rival')).toBe('Rival');
  });

  it('looks like no other: Mina, MlNA, m-i-n-a and Мina are one, and Mona is another (law 10.4)', () => {
    const one = skeletonOf('Mina');
    expect(['MlNA', 'm-i-n-a', 'М1na', 'Mína', 'rnina'].map(skeletonOf)).toEqual([
      one,
      one,
      one,
      one,
      one,
    ]);
    expect(skeletonOf('Mona')).not.toBe(one);
  });
});
