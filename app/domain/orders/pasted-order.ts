/** What somebody put into the field of an order: its name or number, or a text as some API writes it. */

export type Pasted =
  | { readonly kind: 'name'; readonly name: string }
  /** The body of a webhook, taken out of what the REST API puts around it. */
  | { readonly kind: 'body'; readonly body: string }
  /** What GraphQL answers has other fields, and those that were asked for only. */
  | { readonly kind: 'graphql' };

export function pastedOrder(text: string): Pasted {
  const plain = text.replace(/^\uFEFF/, '').trim();
  if (!/^[[{]/.test(plain)) return { kind: 'name', name: plain };
  let read: unknown;
  try {
    read = JSON.parse(plain);
  } catch {
    return { kind: 'body', body: plain };
  }
  if (isTree(read) && isTree(read['data'])) return { kind: 'graphql' };
  const order = isTree(read) && isTree(read['order']) ? read['order'] : read;
  const id = isTree(order) ? order['id'] : null;
  if (typeof id === 'string' && id.startsWith('gid://')) return { kind: 'graphql' };
  // As it was written: numbers beyond 2^53 would not survive being read and written again.
  return { kind: 'body', body: order === read ? plain : inner(plain) };
}

function isTree(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{ "order": … }` without what is around it. */
function inner(text: string): string {
  const from = text.indexOf('{', text.indexOf('"order"'));
  return text.slice(from, text.lastIndexOf('}')).trim();
}
