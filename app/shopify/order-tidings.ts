/** From an order as GraphQL tells it to tidings: what webhooks tell, and what they leave out. */
import type { AgreementNode, LineNode, OrderNode, RefundNode } from './order-node.ts';
import { inWebhooksWords, paymentsIn } from './order-words.ts';
import { disputeState } from './payloads/dispute-payload.ts';
import { readOrderPayload } from './payloads/order-payload.ts';
import { parseMoney } from '../domain/money/money.ts';
import type { EditFacts } from '../domain/orders/edits.ts';
import type { OrderSnapshot } from '../domain/orders/order-facts.ts';
import { gatewayOf } from '../domain/orders/payments.ts';
import type { Gateway, PaymentFacts } from '../domain/orders/payments.ts';
import type { FactTidings } from '../domain/tidings.ts';

export function orderTidings(
  node: OrderNode,
  lines: readonly LineNode[],
  refunds: readonly RefundNode[],
  /** Null where they were not read, because nothing was ever edited or returned. */
  agreements: readonly AgreementNode[] | null = null,
): FactTidings {
  const { order } = readOrderPayload(inWebhooksWords(node, lines, refunds));
  const { snapshot } = order;
  const asOf = snapshot?.updatedAt ?? 0;
  const payments = snapshot ? paymentsOf(node, snapshot) : null;
  const disputes = node.disputes.map(({ id, status }) => ({
    id,
    state: disputeState(status),
    at: asOf,
    money: null,
  }));
  return {
    kind: 'order',
    order: {
      ...order,
      paidAt: paidAtOf(node, order.paidAt !== null, snapshot?.placedAt ?? 0),
      ...(agreements && { agreements: { asOf, edits: editsIn(agreements) } }),
      ...(payments && { payments }),
      ...(disputes.length > 0 && { disputes }),
    },
  };
}

/** Only of an order that was paid in several ways: of others the webhook's words say it all. */
function paymentsOf(node: OrderNode, snapshot: OrderSnapshot): PaymentFacts | null {
  const { gateways, totalMinor, currency, updatedAt } = snapshot;
  if (gateways.length < 2) return null;
  const paidBy = (wanted: Gateway): number =>
    paymentsIn(node)
      .filter(({ kind, status }) => kind !== 'AUTHORIZATION' && status === 'SUCCESS')
      .filter(({ gateway }) => gatewayOf(gateway ?? '') === wanted)
      .reduce(
        (sum, { amountSet: { shopMoney } }) => sum + parseMoney(shopMoney.amount, currency),
        0,
      );
  return {
    asOf: updatedAt,
    gateways,
    totalMinor,
    giftCardMinor: paidBy('gift_card'),
    storeCreditMinor: paidBy('store_credit'),
  };
}

/** Pieces that came after the placement: with an edit, or in exchange for what was returned. */
function editsIn(agreements: readonly AgreementNode[]): readonly EditFacts[] {
  return agreements
    .filter(({ reason }) => reason !== 'ORDER')
    .flatMap(({ id, happenedAt, sales }) => {
      const added = sales.nodes.flatMap(({ actionType, quantity, lineItem }) =>
        actionType === 'ORDER' && lineItem && quantity !== null && quantity > 0
          ? [{ lineId: lineItem.id, quantity }]
          : [],
      );
      return added.length === 0 ? [] : [{ id, at: happenedAt, added }];
    });
}

/**
 * An order is paid when what it came to at its placement has been paid: what an edit added later is
 * owed for itself. Where the payments do not add up to it, it is paid when the last of them went through.
 */
function paidAtOf(node: OrderNode, isPaid: boolean, placedAt: number): number | null {
  const { amount: total, currencyCode } = node.originalTotalPriceSet.presentmentMoney;
  const payments = node.transactions
    .filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS')
    .flatMap(({ processedAt, amountSet: { presentmentMoney: paid } }) =>
      processedAt === null || paid.currencyCode !== currencyCode
        ? []
        : [{ at: Date.parse(processedAt), minor: parseMoney(paid.amount, currencyCode) }],
    )
    .sort((a, b) => a.at - b.at);
  let owed = parseMoney(total, currencyCode);
  const reached = payments.find(({ minor }) => (owed -= minor) <= 0);
  if (reached) return reached.at;
  return isPaid ? (payments.at(-1)?.at ?? placedAt) : null;
}
