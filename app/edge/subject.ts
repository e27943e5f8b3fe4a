/**
 * Whom a delivery is about, found without parsing the body: it decides the lane and the order within
 * it. Only a hint for dividing work: the member's row lock is what keeps the books right, so a body
 * that misleads this costs nothing but a wait.
 */

/** A key as it stands in the body, and what follows it where it is the one that is meant. */
interface Clue {
  readonly key: string;
  readonly id: RegExp;
}

const CUSTOMER_OF_ORDER: Clue = { key: '"customer"', id: /^\s*:\s*\{\s*"id"\s*:\s*"?(\d{1,19})/ };
const ORDER_OF_REFUND: Clue = { key: '"order_id"', id: /^\s*:\s*"?(\d{1,19})/ };
const FIRST_ID: Clue = { key: '"id"', id: /^\s*:\s*"?(\d{1,19})/ };
const KEPT_CUSTOMER: Clue = {
  key: '"admin_graphql_api_customer_kept_id"',
  id: /^\s*:\s*"gid:\/\/shopify\/Customer\/(\d{1,19})/,
};
/** The newer topics name ids as GraphQL does. */
const TAGGED_CUSTOMER: Clue = {
  key: '"customerId"',
  id: /^\s*:\s*"gid:\/\/shopify\/Customer\/(\d{1,19})/,
};
const CONSENTING: Clue = {
  key: '"customer_id"',
  id: /^\s*:\s*"?(?:gid:\/\/shopify\/Customer\/)?(\d{1,19})/,
};
const REVIEWER: Clue = { key: '"external_id"', id: /^\s*:\s*"?(\d{1,19})/ };
/** An id stands right behind its key, white space and all. */
const BYTES_BEHIND_KEY = 200;
const MOST_KEYS = 1_000;

/** E.g. "customer:5083214609" or "order:820982911946154508". */
export function subjectOf(topic: string, body: Buffer): string {
  const found = (kind: string, clue: Clue): string | null => {
    const id = idBehind(body, clue);
    return id ? `${kind}:${id}` : null;
  };
  const family = topic.split('/')[0] ?? '';
  switch (family) {
    case 'orders':
      return (
        found('customer', CUSTOMER_OF_ORDER) ??
        (topic === 'orders/edited' ? found('order', ORDER_OF_REFUND) : null) ??
        found('order', FIRST_ID) ??
        topic
      );
    case 'disputes':
    case 'refunds':
      return found('order', ORDER_OF_REFUND) ?? topic;
    case 'customers':
      return (
        (topic === 'customers/merge' ? found('customer', KEPT_CUSTOMER) : null) ??
        found('customer', CUSTOMER_OF_ORDER) ??
        found('customer', FIRST_ID) ??
        topic
      );
    case 'customer.tags_added':
    case 'customer.tags_removed':
      return found('customer', TAGGED_CUSTOMER) ?? topic;
    case 'customers_email_marketing_consent':
    case 'flow':
      return found('customer', CONSENTING) ?? topic;
    case 'customers_marketing_consent':
      return found('customer', FIRST_ID) ?? topic;
    case 'judgeme':
      return found('customer', REVIEWER) ?? topic;
    case 'products':
      return found('product', FIRST_ID) ?? topic;
    default:
      return topic;
  }
}

/** Looks only at what follows the key, wherever it stands: making a text of the whole body costs more. */
function idBehind(body: Buffer, { key, id }: Clue): string | null {
  let at = body.indexOf(key);
  for (let keys = 0; at >= 0 && keys < MOST_KEYS; keys += 1) {
    const behind = at + key.length;
    const found = id.exec(body.toString('latin1', behind, behind + BYTES_BEHIND_KEY))?.[1];
    if (found) return found;
    at = body.indexOf(key, behind);
  }
  return null;
}
