/** A result of a bulk query as lines: every node of a connection is one, after its parent. */

export type Line = Record<string, unknown>;

/** `node` and, below it, what its connections hold, each with `__parentId`. */
export function* linesOf(node: unknown, parentId: string | null): Generator<Line> {
  if (typeof node !== 'object' || node === null) return;
  const line: Line = {};
  const below: unknown[] = [];
  for (const [key, value] of Object.entries(node)) {
    const items = itemsOf(value);
    if (items) below.push(...items);
    else line[key] = value;
  }
  if (parentId !== null) line['__parentId'] = parentId;
  yield line;
  const id = typeof line['id'] === 'string' ? line['id'] : null;
  for (const child of below) yield* linesOf(child, id);
}

/** The nodes of a connection, or null when the value is none. */
export function itemsOf(value: unknown): unknown[] | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('edges' in value && Array.isArray(value.edges)) {
    return value.edges.map((edge: { node?: unknown }) => edge.node);
  }
  if ('nodes' in value && Array.isArray(value.nodes)) return value.nodes as unknown[];
  return null;
}
