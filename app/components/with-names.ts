/** Products and collections of a setting, by their names. */
import type { Shown } from '../domain/programme/shown.ts';

/** By id, as far as they are known. */
export type Titles = Readonly<Record<string, string>>;

/** So many are named. */
const MOST_NAMES = 8;

/** "2 products (Green tea, Teapot)": those that make the difference first. */
export function withNames(
  count: string,
  ids: readonly string[],
  other: Shown | undefined,
  titles: Titles,
): string {
  if (ids.length === 0) return count;
  const known = new Set(other ? idsIn(other) : []);
  const names = [...ids.filter((id) => !known.has(id)), ...ids.filter((id) => known.has(id))]
    .slice(0, MOST_NAMES)
    .map((id) => titles[id] || id);
  return `${count} (${[...names, ...(ids.length > MOST_NAMES ? ['…'] : [])].join(', ')})`;
}

function idsIn(shown: Shown): readonly string[] {
  if (shown.as === 'plans') return shown.plans.flatMap(({ ids }) => ids);
  return shown.as === 'ids' ? shown.ids : [];
}
