/** Codes, what an advocate sees of friends, and who may refer at all (law 9.6). */
import { describe, expect, it } from 'vitest';
import {
  codeFrom,
  codeKey,
  isCode,
  maskedName,
  vanityRefusal,
} from '../../../app/domain/referrals/codes.ts';
import { mayRefer } from '../../../app/domain/referrals/may-refer.ts';
import type { WouldBeAdvocate } from '../../../app/domain/referrals/may-refer.ts';
import { isOwnPath } from '../../../app/domain/referrals/own-path.ts';
import { referralSettings } from '../../../app/domain/referrals/settings.ts';
import type { ReferralSettings } from '../../../app/domain/referrals/settings.ts';
import { shownToAdvocate } from '../../../app/domain/referrals/shown-state.ts';
import { day } from '../fixtures.ts';

describe('a code', () => {
  it('is ten letters of the first ten bytes, each of 32 that nobody mistakes for another', () => {
    expect(codeFrom([0, 1, 7, 8, 31, 32, 33, 63, 64, 255, 5, 6])).toBe('239AZ23Z2Z');
    const all = codeFrom(Array.from({ length: 10 }, (_, index) => 22 + index));
    expect(all).toBe('QRSTUVWXYZ');
    expect(`${codeFrom([8, 9, 10, 11, 12, 13, 14, 15, 16, 17])}`).toBe('ABCDEFGHJK');
  });

  it('is the same however it is typed', () => {
    expect([codeKey(' k7qx-w2 '), codeKey('K7QX-W2')]).toEqual(['K7QX-W2', 'K7QX-W2']);
  });

  it('has 3 to 24 letters, digits and dashes, none of them first', () => {
    const can = ['abc', ' A1-b2 ', 'x'.repeat(24), '7-7'];
    const cannot = ['ab', 'x'.repeat(25), '-abc', 'a b c', 'äbc', 'abc!', '', 'abc\nabc'];
    expect([...can, ...cannot].filter(isCode)).toEqual(can);
  });
});

describe('a code that a member chose', () => {
  it('has 4 to 20 letters and digits, a letter among them, and no two dashes in a row', () => {
    const can = ['MINA', 'mina-2026', 'A1B2', 'x'.repeat(20), 'A-B-C-D'];
    const cannot = ['MIN', 'x'.repeat(21), '2026', '20-26', 'MI--NA', '-MINA', 'MINA-', 'MI NA'];
    expect(can.map(vanityRefusal)).toEqual(can.map(() => null));
    expect(cannot.map(vanityRefusal)).toEqual(cannot.map(() => ({ kind: 'bad-code' })));
  });

  it('is no word that nobody should have to read, however it is disguised', () => {
    const bad = [
      'SHIT-TEA',
      'XXFUCKXX',
      'F-U-C-K',
      '5H1T-TEA',
      'N4Z1',
      'p0rn',
      'whor3',
      'A8-5CHL4MP3-8',
    ];
    for (const code of bad)
      expect([code, vanityRefusal(code)]).toEqual([code, { kind: 'offensive' }]);
    expect(vanityRefusal('TEA-SHOT')).toBeNull();
  });

  it('is none that sounds like the shop itself, alone', () => {
    for (const code of ['ADMIN', 'adm1n', 'SUPP0RT', 'LAUREL', 'T-E-S-T']) {
      expect([code, vanityRefusal(code)]).toEqual([code, { kind: 'reserved' }]);
    }
    expect(vanityRefusal('LAUREL-MINA')).toBeNull();
  });
});

describe('what an advocate sees of a friend', () => {
  it('is the first letter of a name, and nothing of who told none', () => {
    expect([' mina ', 'Örn', '🌿 Tea', '', '  ', null].map(maskedName)).toEqual([
      ...['M…', 'Ö…', '🌿…', null, null, null],
    ]);
  });

  it('says that it is being looked at, and not why', () => {
    const shown = (state: Parameters<typeof shownToAdvocate>[0]['state']) =>
      shownToAdvocate({ state, name: 'Mina' }).state;
    expect((['claimed', 'joined', 'ordered', 'rewarded'] as const).map(shown)).toEqual([
      ...['joined', 'joined', 'ordered', 'rewarded'],
    ]);
    expect((['limited', 'returned', 'flagged', 'refused'] as const).map(shown)).toEqual([
      ...['limited', 'returned', 'checking', 'refused'],
    ]);
    expect(shownToAdvocate({ state: 'joined', name: 'mina' }).name).toBe('M…');
  });
});

describe('referring', () => {
  const may = (over: Partial<WouldBeAdvocate> = {}, settings: Partial<ReferralSettings> = {}) =>
    mayRefer(
      { ...referralSettings.parse({ enabled: true }), ...settings },
      { state: 'active', membership: 'joined', tierKey: 'gold', tags: [], ...over },
      day(20),
    );

  it('is for members who are active, where the programme has it', () => {
    expect(may()).toBe(true);
    expect(may({}, { enabled: false })).toBe(false);
    expect(may({ state: 'blocked' })).toBe(false);
    expect(may({ membership: 'lapsed' })).toBe(false);
  });

  it('is for those of its audience, as of now', () => {
    const gold = { audience: { tiers: ['gold'], tags: [], withoutTags: [] } };
    expect([may({}, gold), may({ tierKey: null }, gold)]).toEqual([true, false]);
    const vip = { audience: { tiers: [], tags: ['vip'], withoutTags: [] } };
    const since = (on: number) => ({ tags: [[day(on), 'all', ['vip']]] as const });
    expect([may(since(20), vip), may(since(21), vip)]).toEqual([true, false]);
  });
});

describe('where a link leads', () => {
  it('is a path of the shop itself', () => {
    const own = [
      '/',
      '/collections/tea',
      '/products/tea?variant=1#top',
      '/a%20b',
      `/${'x'.repeat(499)}`,
    ];
    expect(own.filter(isOwnPath)).toEqual(own);
  });

  it.each([
    'collections',
    '',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a b',
    '/a\\b',
    '/%5cevil.example',
    '/x/%2f%2fevil.example',
    '/%5Cevil',
    '/<b>',
    `/${'x'.repeat(500)}`,
  ])('is never %j', (text) => {
    expect(isOwnPath(text)).toBe(false);
  });
});
