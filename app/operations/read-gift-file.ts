/** A file of customers: their ids or e-mails, and if one likes how many points each. */
import { parse } from 'csv-parse/sync';
import { MOST_GIFT_LINES, MOST_GIFT_POINTS } from '../domain/gifts/gift.ts';
import { readRef } from '../domain/gifts/read-ref.ts';
import type { FileLine } from '../storage/gifts/gift-lines.ts';

export type GiftFile =
  | { readonly ok: true; readonly lines: readonly FileLine[] }
  | {
      readonly ok: false;
      readonly refusal:
        | { readonly kind: 'no-csv' | 'empty-file' }
        | { readonly kind: 'too-many-lines'; readonly most: number };
    };

const WHO = ['customer_id', 'customer id', 'customer', 'id', 'email', 'e-mail'];
const POINTS = ['points', 'punkte'];

/**
 * Columns are found by their names; without a first line of names, the first column says who and the
 * second how many points. Separated by commas, semicolons or tabs.
 */
export function readGiftFile(text: string): GiftFile {
  const records: { readonly record: readonly string[]; readonly lines: number }[] = [];
  try {
    parse(text, {
      ...{ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true },
      delimiter: [',', ';', '\t'],
      to: MOST_GIFT_LINES + 2,
      on_record: (record: string[], { lines }) => {
        records.push({ record, lines });
        return record;
      },
    });
  } catch {
    return { ok: false, refusal: { kind: 'no-csv' } };
  }
  const names = (records[0]?.record ?? []).map((name) => name.toLowerCase());
  const headed = names.some((name) => WHO.includes(name));
  const [who, points] = headed
    ? [names.findIndex((name) => WHO.includes(name)), names.findIndex(isPoints)]
    : [0, 1];
  const rows = headed ? records.slice(1) : records;
  if (rows.length === 0) return { ok: false, refusal: { kind: 'empty-file' } };
  if (rows.length > MOST_GIFT_LINES) {
    return { ok: false, refusal: { kind: 'too-many-lines', most: MOST_GIFT_LINES } };
  }
  const lines = rows.map(({ record, lines: line }) =>
    lineOf(line, record[who] ?? '', points === -1 ? '' : (record[points] ?? '')),
  );
  return { ok: true, lines };
}

function isPoints(name: string): boolean {
  return POINTS.includes(name);
}

function lineOf(line: number, who: string, told: string): FileLine {
  const written = who.slice(0, 255);
  if (readRef(who) === null) return { line, written, points: null, refusal: 'unreadable' };
  if (told === '') return { line, written, points: null, refusal: null };
  const points = /^\d{1,9}$/.test(told) ? Number(told) : 0;
  if (points < 1 || points > MOST_GIFT_POINTS) {
    return { line, written, points: null, refusal: 'bad-points' };
  }
  return { line, written, points, refusal: null };
}
