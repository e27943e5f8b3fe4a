/**
 * Whom a delivery is about, found without parsing the body: it decides the lane and the order within
 * it. Only a hint for dividing work: the member's row lock is what keeps the books right, so a body
 * that misleads this costs nothing but a wait.
 */
const CUSTOMER_OF_ORDER = /"customer"\s*:\s*\{\s*"id"\s*:\s*"?(\d{1,19})/;
const ORDER_OF_REFUND = /"order_id"\s*:\s*"?(\d{1,19})/;
const FIRST_ID = /"id"\s*:\s*"?(\d{1,19})/;
const KEPT_CUSTOMER =
  /"admin_graphql_api_customer_kept_id"\s*:\s*"gid:\/\/shopify\/Customer\/(\d{1,19})/;
const REVIEWER = /"external_id"\s*:\s*"?(\d{1,19})/;

/** E.g. "customer:5083214609" or "order:820982911946154508". */
export function subjectOf(topic: string, body: Buffer): string {
  const text = body.toString('latin1');
  const found = (kind: string, pattern: RegExp): string | null => {
    const id = pattern.exec(text)?.[1];
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
    case 'refunds':
      return found('order', ORDER_OF_REFUND) ?? topic;
    case 'customers':
      return (
        (topic === 'customers/merge' ? found('customer', KEPT_CUSTOMER) : null) ??
        found('customer', CUSTOMER_OF_ORDER) ??
        found('customer', FIRST_ID) ??
        topic
      );
    case 'judgeme':
      return found('customer', REVIEWER) ?? found('review', FIRST_ID) ?? topic;
    case 'products':
      return found('product', FIRST_ID) ?? topic;
    default:
      return topic;
  }
}
