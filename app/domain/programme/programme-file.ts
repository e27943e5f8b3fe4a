/** A programme as a file: what can be taken to another shop, kept, or written by hand. */
import { draftDocument } from './draft.ts';
import { keepable } from './keepable.ts';
import { inPresentShape } from './present-shape.ts';
import { toldTwice } from './told-twice.ts';
import type { DraftDocument } from './draft.ts';

export type ReadFile =
  | {
      readonly ok: true;
      readonly document: DraftDocument;
      /** Places of what this Laurel does not know, e.g. "tiers.levels.0.colour": it was left out. */
      readonly leftOut: readonly string[];
    }
  | {
      readonly ok: false;
      readonly refusal:
        /** `later`: of a version of Laurel that is newer than this one. */
        | { readonly kind: 'no-json' | 'too-large' | 'not-ours' | 'later' }
        /** `place` is where the shape is none of a programme's, e.g. "tiers.levels". */
        | { readonly kind: 'no-programme'; readonly place: string }
        /** Of a name that stands there twice only the last would be read. */
        | { readonly kind: 'told-twice'; readonly place: string };
    };

/** What documents of this version say of themselves. */
const SCHEMA = 1;
export const MOST_CHARACTERS = 512 * 1024;

export function writeProgrammeFile(document: DraftDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Reads a file into a draft. Whether it can be published, validation says afterwards. */
export function readProgrammeFile(text: string): ReadFile {
  if (text.length > MOST_CHARACTERS) return { ok: false, refusal: { kind: 'too-large' } };
  let read: unknown;
  try {
    // Some editors begin a file with a mark of its byte order.
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, refusal: { kind: 'no-json' } };
  }
  if (schemaOf(read) > SCHEMA) return { ok: false, refusal: { kind: 'later' } };
  const parsed = draftDocument.safeParse(inPresentShape(read));
  if (parsed.success) {
    const twice = toldTwice(text);
    if (twice !== null) return { ok: false, refusal: { kind: 'told-twice', place: twice } };
    const document = keepable(parsed.data) as DraftDocument;
    const leftOut = missingIn(document, inPresentShape(read))
      .filter((at) => at !== '$schema')
      .sort();
    return { ok: true, document, leftOut };
  }
  const place = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  if (place === '' || schemaOf(read) === 0) return { ok: false, refusal: { kind: 'not-ours' } };
  return { ok: false, refusal: { kind: 'no-programme', place } };
}

function schemaOf(read: unknown): number {
  const schema = typeof read === 'object' && read !== null && 'schema' in read ? read.schema : 0;
  return typeof schema === 'number' ? schema : 0;
}

const MOST_PLACES = 10;

function missingIn(taken: unknown, told: unknown, place = ''): readonly string[] {
  if (typeof told !== 'object' || told === null) return [];
  if (typeof taken !== 'object' || taken === null) return [place];
  return Object.entries(told)
    .flatMap(([key, part]: [string, unknown]) => {
      const here = place === '' ? key : `${place}.${key}`;
      if (!Object.hasOwn(taken, key)) return [here];
      return missingIn((taken as Record<string, unknown>)[key], part, here);
    })
    .slice(0, MOST_PLACES);
}

/** "fern-rewards.json": letters and digits that every file system keeps. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${plain || 'programme'}.json`;
}
