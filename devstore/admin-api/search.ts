/** Shopify's search syntax, as far as the filters below go: `updated_at:>='2026-01-01' tag:vip -state:disabled`. */
import { badRequest, notImplemented } from './errors.ts';

export type Comparator = ':' | ':>' | ':>=' | ':<' | ':<=';

type Term = { negated: boolean; field: string | null; comparator: Comparator; value: string };

/** How one filter tells whether an item fits. */
export type Filter<T> = (item: T, value: string, comparator: Comparator) => boolean;

export type Filters<T> = {
  named: Record<string, Filter<T>>;
  /** Words without a field. */
  text: (item: T) => string;
};

/** A predicate for the query; null and blank match everything. */
export function searching<T>(
  query: string | null | undefined,
  filters: Filters<T>,
): (item: T) => boolean {
  if (!query?.trim()) return () => true;
  if (/[()]/.test(query.replace(/'[^']*'|"[^"]*"/g, ''))) {
    throw notImplemented('parentheses in a search query');
  }
  const alternatives = parse(query).map((terms) => terms.map((term) => predicate(term, filters)));
  return (item) => alternatives.some((terms) => terms.every((fits) => fits(item)));
}

function predicate<T>(term: Term, filters: Filters<T>): (item: T) => boolean {
  const { field, value, comparator, negated } = term;
  if (field === null) {
    const wanted = value.toLowerCase().replace(/\*$/, '');
    return (item) => filters.text(item).toLowerCase().includes(wanted) !== negated;
  }
  const filter = filters.named[field];
  if (!filter) throw notImplemented(`the search filter ${field}`);
  return (item) => filter(item, value, comparator) !== negated;
}

/** Alternatives (OR) of conjunctions. */
function parse(query: string): Term[][] {
  const alternatives: Term[][] = [[]];
  const pattern = /(-|NOT\s+)?(?:([a-z_]+)(:>=|:<=|:>|:<|:))?('[^']*'|"[^"]*"|[^\s]+)/gy;
  let rest = 0;
  while (rest < query.length) {
    if (/\s/.test(query[rest] ?? '')) {
      rest += 1;
      continue;
    }
    pattern.lastIndex = rest;
    const match = pattern.exec(query);
    if (!match) throw badRequest(`The search query cannot be read at "${query.slice(rest)}".`);
    rest = pattern.lastIndex;
    const [, negation, field, comparator, raw = ''] = match;
    if (!field && raw === 'AND') continue;
    if (!field && raw === 'OR') {
      alternatives.push([]);
      continue;
    }
    const value = /^(['"]).*\1$/.test(raw) ? raw.slice(1, -1) : raw;
    const current = alternatives.at(-1);
    current?.push({
      negated: negation !== undefined,
      field: field ?? null,
      comparator: (comparator ?? ':') as Comparator,
      value,
    });
  }
  return alternatives.filter((terms) => terms.length > 0);
}

export function byTime<T>(of: (item: T) => string): Filter<T> {
  return (item, value, comparator) => {
    const wanted = Date.parse(value);
    if (Number.isNaN(wanted)) throw badRequest(`${value} is not a time.`);
    const time = Date.parse(of(item));
    if (comparator === ':' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
      return time >= wanted && time < wanted + 86_400_000;
    }
    return ordered(time, wanted, comparator);
  };
}

export function byNumber<T>(of: (item: T) => number): Filter<T> {
  return (item, value, comparator) => ordered(of(item), Number(value), comparator);
}

export function byId<T>(of: (item: T) => string): Filter<T> {
  return (item, value, comparator) => {
    const digits = value.replace(/^gid:\/\/shopify\/\w+\//, '');
    if (!/^\d+$/.test(digits)) throw badRequest(`${value} is not an id.`);
    const [id, wanted] = [BigInt(of(item)), BigInt(digits)];
    return ordered(id, wanted, comparator);
  };
}

/** Equal regardless of case; `*` at the end matches what begins so. */
export function byText<T>(of: (item: T) => string | null): Filter<T> {
  return (item, value) => {
    const text = (of(item) ?? '').toLowerCase();
    const wanted = value.toLowerCase();
    return wanted.endsWith('*') ? text.startsWith(wanted.slice(0, -1)) : text === wanted;
  };
}

export function byAnyText<T>(of: (item: T) => readonly string[]): Filter<T> {
  return (item, value) => of(item).some((one) => one.toLowerCase() === value.toLowerCase());
}

function ordered<N extends number | bigint>(left: N, right: N, comparator: Comparator): boolean {
  switch (comparator) {
    case ':':
      return left === right;
    case ':>':
      return left > right;
    case ':>=':
      return left >= right;
    case ':<':
      return left < right;
    case ':<=':
      return left <= right;
  }
}
