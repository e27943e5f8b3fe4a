/** A programme as a file: what can be taken to another shop, kept, or written by hand. */
import { draftDocument } from './draft.ts';
import type { DraftDocument } from './draft.ts';

export type ReadFile =
  | { readonly ok: true; readonly document: DraftDocument }
  | {
      readonly ok: false;
      readonly refusal:
        | { readonly kind: 'no-json' | 'too-large' }
        /** `place` is where the shape is none of a programme's, e.g. "tiers.levels". */
        | { readonly kind: 'no-programme'; readonly place: string };
    };

const MOST_CHARACTERS = 512 * 1024;

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
  const parsed = draftDocument.safeParse(read);
  if (parsed.success) return { ok: true, document: parsed.data };
  const place = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return { ok: false, refusal: { kind: 'no-programme', place } };
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
