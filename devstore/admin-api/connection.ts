/** Cursor connections: forwards and backwards, over lists that may change between two pages. */
import type { GraphQLResolveInfo } from 'graphql';
import type { BulkWindow, Context } from './context.ts';
import { badRequest } from './errors.ts';

export type ConnectionArguments = {
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  before?: string | null | undefined;
  reverse?: boolean | null | undefined;
};

export type SortKey<T> = { of: (item: T) => string | number; id: (item: T) => string };

type Position = { value: string | number; id: string };

export const pageLimit = 250;

export function connectionOf<T>(
  items: readonly T[],
  args: ConnectionArguments,
  context: Context,
  info: GraphQLResolveInfo,
  sort: SortKey<T>,
  view: (item: T) => unknown,
): object {
  const positioned = items.map((item) => ({
    item,
    position: { value: sort.of(item), id: sort.id(item) },
  }));
  const direction = args.reverse ? -1 : 1;
  positioned.sort((a, b) => direction * compare(a.position, b.position));
  if (context.bulk) {
    const chosen = windowOf(
      context.bulk,
      positioned.map((one) => one.item),
      info,
    ) as readonly T[];
    return { edges: chosen.map((item) => ({ node: view(item) })), nodes: chosen.map(view) };
  }
  checkBounds(args, info);
  const after = args.after ? decode(args.after) : null;
  const before = args.before ? decode(args.before) : null;
  const between = positioned.filter(
    ({ position }) =>
      (after === null || direction * compare(position, after) > 0) &&
      (before === null || direction * compare(position, before) < 0),
  );
  const page =
    args.first != null
      ? between.slice(0, args.first)
      : between.slice(Math.max(0, between.length - (args.last ?? 0)));
  const [first, last] = [page[0], page.at(-1)];
  const indexOf = (one: (typeof page)[number] | undefined): number =>
    one === undefined ? -1 : positioned.indexOf(one);
  return {
    edges: page.map(({ item, position }) => ({ cursor: encode(position), node: () => view(item) })),
    nodes: () => page.map(({ item }) => view(item)),
    pageInfo: {
      hasNextPage: last === undefined ? false : indexOf(last) < positioned.length - 1,
      hasPreviousPage: indexOf(first) > 0,
      startCursor: first ? encode(first.position) : null,
      endCursor: last ? encode(last.position) : null,
    },
  };
}

function windowOf(
  bulk: BulkWindow,
  items: readonly unknown[],
  info: GraphQLResolveInfo,
): readonly unknown[] {
  const isRoot = info.path.prev === undefined && info.fieldName === bulk.rootField;
  if (!isRoot) return items;
  bulk.items ??= items;
  return bulk.items.slice(bulk.from, bulk.from + bulk.size);
}

function checkBounds(args: ConnectionArguments, info: GraphQLResolveInfo): void {
  if (args.first == null && args.last == null) {
    throw badRequest(`you must provide one of first or last (field ${info.fieldName})`);
  }
  if (args.first != null && args.last != null) {
    throw badRequest('providing both first and last is not supported');
  }
  for (const [name, value] of [
    ['first', args.first],
    ['last', args.last],
  ] as const) {
    if (value != null && (value < 1 || value > pageLimit)) {
      throw badRequest(`${name} must be between 1 and ${pageLimit}, but is ${value}`);
    }
  }
}

function compare(a: Position, b: Position): number {
  if (a.value < b.value) return -1;
  if (a.value > b.value) return 1;
  const [left, right] = [BigInt(digits(a.id)), BigInt(digits(b.id))];
  return left < right ? -1 : left > right ? 1 : 0;
}

function digits(id: string): string {
  return id.replace(/\D/g, '') || '0';
}

function encode(position: Position): string {
  const { value, id } = position;
  return Buffer.from(JSON.stringify({ last_id: id, last_value: value })).toString('base64');
}

function decode(cursor: string): Position {
  try {
    const { last_id: id, last_value: value } = JSON.parse(
      Buffer.from(cursor, 'base64').toString('utf8'),
    ) as Record<string, unknown>;
    if (typeof id === 'string' && (typeof value === 'string' || typeof value === 'number')) {
      return { id, value };
    }
  } catch {
    // What is not JSON is no cursor of ours; the same refusal follows.
  }
  throw badRequest('Invalid cursor for current pagination sort.');
}
