/** One text for what is one thing, however it is typed (law 9.4). */
import { describe, expect, it } from 'vitest';
import {
  tracesOf,
  oneAddress,
  oneIp,
  oneMailbox,
  onePhone,
} from '../../../app/domain/referrals/traces.ts';
import { codeFrom, maskedName, vanityRefusal } from '../../../app/domain/referrals/codes.ts';
import { isOwnPath } from '../../../app/domain/referrals/own-path.ts';

describe('a mailbox', () => {
  it.each([
    ['Mina.Kay+shop@GoogleMail.com', 'minakay@gmail.com'],
    ['m.i.n.a.kay@gmail.com', 'minakay@gmail.com'],
    ['Mina.Kay+2@Example.com ', 'mina.kay@example.com'],
  ])('of %s is %s', (typed, box) => expect(oneMailbox(typed)).toBe(box));
  it('of another person is another', () => {
    expect(oneMailbox('mina.kay@example.com')).not.toBe(oneMailbox('minakay@example.com'));
    expect(oneMailbox('+x@gmail.com')).toBeNull();
    expect(oneMailbox('no mailbox')).toBeNull();
  });
});

describe('a phone number, an address, an internet address', () => {
  it('is the same with and without the country', () => {
    expect(onePhone('+49 (0) 170 / 123 45 67')).toBe(onePhone('0170 1234567'));
    expect(onePhone('12345')).toBeNull();
  });
  it('is the same however the street is written', () => {
    const here = { zip: 'D-10115', country: 'DE' };
    expect(oneAddress({ ...here, address1: 'Grüne Straße 5' })).toBe(
      oneAddress({ ...here, address1: 'GRUENE STRASSE 5'.replace('UE', 'Ü') }),
    );
    expect(oneAddress({ ...here, address1: 'Grüne Str. 5' })).toBe(
      oneAddress({ ...here, address1: 'grüne straße  5' }),
    );
    expect(oneAddress({ ...here, address1: 'Grüne Str. 5', address2: 'Flat 2' })).not.toBe(
      oneAddress({ ...here, address1: 'Grüne Str. 5', address2: 'Flat 3' }),
    );
    expect(oneAddress({ address1: '', zip: '10115' })).toBeNull();
  });
  it('is the network of an address of version 6, and nothing within a house', () => {
    expect(oneIp('2001:db8:1:2:aaaa::1')).toBe(oneIp('2001:0db8:0001:0002:ffff:1:2:3'));
    expect(oneIp('::ffff:203.0.113.9')).toBe('203.0.113.9');
    for (const own of ['127.0.0.1', '192.168.1.4', '10.0.0.1', '::1', 'x']) {
      expect(oneIp(own)).toBeNull();
    }
  });
  it('tells a mailbox for a few minutes, also below its domain', () => {
    const kinds = (email: string) => tracesOf({ email }).map(({ kind }) => kind);
    expect(kinds('a@x.mailinator.com')).toEqual(['email', 'disposable']);
    expect(kinds('a@notmailinator.com')).toEqual(['email']);
  });
});

describe('a code', () => {
  it('of a member’s own is a decent word of four letters or more', () => {
    expect(['MINA-2026', 'kaffee', 'T3A4'].map(vanityRefusal)).toEqual([null, null, null]);
    const kinds = ['abc', '1234', 'a b c d', '-mina', 'mina--1', 'x'.repeat(21), 'ÄÖÜA'].map(
      (code) => vanityRefusal(code)?.kind,
    );
    expect(new Set(kinds)).toEqual(new Set(['bad-code']));
    expect(['FuCk-you', 'n4z1-tee', 'SH1T'].map((code) => vanityRefusal(code)?.kind)).toEqual([
      ...['offensive', 'offensive', 'offensive'],
    ]);
    expect(vanityRefusal('Support')?.kind).toBe('reserved');
  });
  it('that nobody chose has ten letters that nobody mistakes', () => {
    expect(codeFrom(Array.from({ length: 32 }, (_one, index) => index * 7))).toMatch(
      /^[2-9A-HJ-NP-Z]{10}$/,
    );
  });
  it('tells of a friend no more than a letter', () => {
    expect([maskedName('mina Kay'), maskedName('😀x'), maskedName(null), maskedName(' ')]).toEqual([
      ...['M…', '😀…', null, null],
    ]);
  });
});

describe('a path to go on to', () => {
  it('is of this shop', () => {
    expect(['/', '/collections/tea?x=1#top', '/products/a-b_c'].every(isOwnPath)).toBe(true);
    const evil = [
      ...['//evil.com', '/\\evil.com', 'https://evil.com', '/%5cevil.com', 'javascript:alert(1)'],
      ...['/\t/evil.com', '/ a', '', 'evil', '/%2f%2fevil.com', '/x\r\nSet-Cookie: a'],
    ];
    expect(evil.filter(isOwnPath)).toEqual([]);
  });
});
