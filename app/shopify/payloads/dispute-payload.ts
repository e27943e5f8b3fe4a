/** disputes/*: chargebacks and inquiries of orders that were paid through Shopify Payments. */
import { z } from 'zod';
import { id, moment, nullable, plainAmount } from './parts.ts';
import { readKindly } from './read-kindly.ts';
import { parseMoney } from '../../domain/money/money.ts';
import type { DisputeState } from '../../domain/orders/disputes.ts';
import type { Tidings } from '../../domain/tidings.ts';

/** Some versions write the day alone: then its beginning. */
const momentOrDay = z
  .string()
  .transform((written) => (/^\d{4}-\d\d-\d\d$/.test(written) ? `${written}T00:00:00Z` : written))
  .pipe(moment);

const dispute = z.object({
  id,
  order_id: nullable(id),
  amount: nullable(plainAmount),
  currency: nullable(z.string().regex(/^[A-Z]{3}$/)),
  status: z.string(),
  initiated_at: moment,
  evidence_sent_on: nullable(momentOrDay),
  finalized_on: nullable(momentOrDay),
});

/** What the points depend on: how it stands, of which order, and how much it is about. */
const DEPENDED_ON = /^(|(id|order_id|amount|currency|status|initiated_at)(\..*)?)$/;

/** The body has no `updated_at`: its own moments say how far it is. */
export function readDispute(body: unknown): Tidings {
  const { told } = readKindly(dispute, body, (place) => DEPENDED_ON.test(place));
  if (!told.order_id) return { kind: 'dispute-without-order' };
  const at = told.finalized_on ?? told.evidence_sent_on ?? told.initiated_at;
  const { amount, currency } = told;
  return {
    kind: 'order',
    order: {
      orderId: told.order_id,
      snapshot: null,
      refunds: [],
      paidAt: null,
      disputes: [
        {
          id: told.id,
          state: disputeState(told.status),
          at,
          money:
            amount && currency
              ? { asOf: at, amountMinor: parseMoney(amount, currency), currency }
              : null,
        },
      ],
    },
  };
}

export function disputeState(status: string): DisputeState {
  switch (status.toLowerCase()) {
    case 'lost':
    case 'accepted':
      return 'lost';
    case 'won':
    case 'prevented':
    case 'charge_refunded':
      return 'settled';
    default:
      return 'open';
  }
}
