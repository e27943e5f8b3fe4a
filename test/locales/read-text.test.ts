/** Files that merchants choose, as spreadsheets of all sorts write them. */
import { describe, expect, it } from 'vitest';
import { readText } from '../../app/components/read-text.ts';
import { firstColumn } from '../../app/operations/first-column.ts';
import { readGiftFile } from '../../app/operations/read-gift-file.ts';
import { MOST_GIFT_LINES } from '../../app/domain/gifts/gift.ts';

const TEXT = 'E-Mail;Punkte\r\nzoë@example.com;75\r\n';
const UTF8 = new TextEncoder().encode(TEXT);
const LATIN = Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0));
const UTF16 = new Uint8Array(Uint16Array.from(`\uFEFF${TEXT}`, (one) => one.charCodeAt(0)).buffer);

describe('a file of customers (law 13.3)', () => {
  it.each([
    ['UTF-8', UTF8],
    ['UTF-8 with its mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...UTF8])],
    ['the letters of Windows', LATIN],
    ['UTF-16 with its mark', UTF16],
  ])('is read in %s', (_name, bytes) => {
    expect(readGiftFile(readText(bytes))).toEqual({
      ok: true,
      lines: [{ line: 2, written: 'zoë@example.com', points: 75, refusal: null }],
    });
  });

  const linesOf = (text: string) => {
    const file = readGiftFile(text);
    return file.ok
      ? file.lines.map(({ written, points, refusal }) => [written, points, refusal])
      : file;
  };

  it.each(['1e3', '-5', '0', '1.5', '١٠', '0x10', '1000001', '10 points', '9999999999'])(
    'leaves out a line with %j points',
    (told) => {
      const lines = linesOf(`email,points\na@example.com,"${told}"\nb@example.com,10`);
      expect(lines).toEqual([
        ['a@example.com', null, 'bad-points'],
        ['b@example.com', 10, null],
      ]);
    },
  );

  it('whose cells are formulas names nobody', () => {
    const cells = ['=HYPERLINK("x")', '+49 170', '-1', '@SUM(A1)', "'=1+1", '0', '-7001'];
    const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`);
    expect(linesOf(['id', ...quoted].join('\n'))).toEqual(
      cells.map((cell) => [cell, null, 'unreadable']),
    );
  });

  it('of 100,000 lines is read, and of one more refused', () => {
    const lines = Array.from({ length: MOST_GIFT_LINES }, (_one, index) => `m${index}@example.com`);
    const file = readGiftFile(['email', ...lines].join('\n'));
    expect(file.ok && file.lines.length).toBe(100_000);
    expect(readGiftFile(['email', ...lines, 'one@more.example'].join('\n'))).toEqual({
      ok: false,
      refusal: { kind: 'too-many-lines', most: 100_000 },
    });
  });
});

it('codes of a partner are the first column, however it is separated', () => {
  const rows = ['CINE-1', 'CINE-2'];
  for (const between of [',', ';', '\t']) {
    const text = rows.map((code) => `${code}${between}Friday`).join('\r\n');
    expect(firstColumn(text)).toEqual(rows);
  }
  expect(firstColumn(`\uFEFF${rows.join('\n')}\n\n`)).toEqual(rows);
});
