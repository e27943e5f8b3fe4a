/**
 * A body is not thrown away for a field of no consequence: what cannot be read there counts as not
 * told, and its place is kept for a person. What the points depend on must be readable.
 */
import type { z } from 'zod';

export interface ReadKindly<T> {
  readonly told: T;
  /** Places of what could not be read, e.g. "line_items.0.vendor". */
  readonly odd: readonly string[];
}

/** A field, then what holds it, then what holds that: no body of ours is deeper. */
const ROUNDS = 12;
const MOST_PLACES = 20;

/**
 * @param matters whether points depend on what stands at this place
 * @throws ZodError where something that matters cannot be read
 */
export function readKindly<T>(
  schema: z.ZodType<T>,
  body: unknown,
  matters: (place: string) => boolean,
): ReadKindly<T> {
  const first = schema.safeParse(body);
  if (first.success) return { told: first.data, odd: [] };
  const copy = copied(body);
  if (copy === null) throw first.error;
  const odd = new Set<string>();
  const emptied = new Set<string>();
  let { error } = first;
  for (let round = 0; round < ROUNDS; round += 1) {
    const places = faultyPlaces(error, emptied);
    if (places.some((path) => matters(path.join('.')))) break;
    for (const path of places) {
      const place = path.join('.');
      if (![...odd].some((known) => known.startsWith(`${place}.`))) odd.add(place);
      emptied.add(place);
      empty(copy, path);
    }
    const again = schema.safeParse(copy);
    if (again.success) return { told: again.data, odd: [...odd].sort().slice(0, MOST_PLACES) };
    ({ error } = again);
  }
  throw first.error;
}

/** @returns null for what is nested deeper than anybody can copy */
function copied(body: unknown): object | null {
  if (typeof body !== 'object' || body === null) return null;
  try {
    return structuredClone(body);
  } catch (fault) {
    if (fault instanceof RangeError) return null;
    throw fault;
  }
}

type Path = readonly (string | number)[];

/** The last ones of a list first, so that taking one out moves none of those to come. */
function faultyPlaces(error: z.ZodError, emptied: ReadonlySet<string>): readonly Path[] {
  const paths = new Map<string, Path>();
  for (const { path } of error.issues) {
    const keys = path.map((key) => (typeof key === 'number' ? key : String(key)));
    // What is empty and still wrong must be there: then it is what holds it that cannot be read.
    while (keys.length > 0 && emptied.has(keys.join('.'))) keys.pop();
    paths.set(keys.join('.'), keys);
  }
  const index = (path: Path): number =>
    typeof path.at(-1) === 'number' ? Number(path.at(-1)) : -1;
  return [...paths.values()].sort((a, b) => index(b) - index(a));
}

function empty(body: unknown, path: Path): void {
  let holder = body;
  for (const key of path.slice(0, -1)) holder = (holder as Record<string | number, unknown>)[key];
  const last = path.at(-1) ?? '';
  if (Array.isArray(holder) && typeof last === 'number') holder.splice(last, 1);
  else if (typeof holder === 'object' && holder !== null) Object.assign(holder, { [last]: null });
}
