/** What a document from outside must be to be looked at and kept at all, whatever else it says. */

/** Deeper than any programme is. */
const MOST_LEVELS = 40;

/** @returns where it is deeper than any programme, or null */
export function tooDeep(document: unknown): string | null {
  let level: readonly (readonly [place: string, value: object])[] = inside('', document);
  for (let depth = 0; level.length > 0; depth += 1) {
    const [first] = level;
    if (depth >= MOST_LEVELS && first) return first[0].split('.').slice(0, 4).join('.');
    level = level.flatMap(([place, value]) =>
      Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
        inside(place === '' ? key : `${place}.${key}`, part),
      ),
    );
  }
  return null;
}

function inside(place: string, value: unknown): readonly (readonly [string, object])[] {
  return typeof value === 'object' && value !== null ? [[place, value]] : [];
}

/** Without the NUL and the halves of characters that no database keeps. Never of what is too deep. */
export function keepable(document: unknown): unknown {
  if (typeof document === 'string') return keepableText(document);
  if (Array.isArray(document)) return document.map(keepable);
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [keepableText(key), keepable(value)]),
  );
}

export function keepableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
