/** Stores many deliveries in one statement, sorted by their unique key so that batches never deadlock. */
import type pg from 'pg';

export interface NewDelivery {
  readonly shopId: string;
  readonly webhookId: string;
  readonly shopDomain: string;
  readonly topic: string;
  readonly apiVersion: string;
  readonly eventId: string | null;
  readonly triggeredAt: string | null;
  readonly receivedAt: Date;
  readonly subject: string;
  readonly lane: number;
  readonly body: Buffer;
}

/** Deliveries of one shop that are known already are left as they are. */
export async function storeDeliveries(
  client: pg.Pool | pg.PoolClient,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  const sorted = [...deliveries].sort((a, b) =>
    a.shopId === b.shopId
      ? a.webhookId < b.webhookId
        ? -1
        : 1
      : BigInt(a.shopId) < BigInt(b.shopId)
        ? -1
        : 1,
  );
  const column = <K extends keyof NewDelivery>(key: K): NewDelivery[K][] =>
    sorted.map((delivery) => delivery[key]);
  const lengths = sorted.map(({ body }) => body.length);
  let end = 1;
  const starts = lengths.map((length) => (end += length) - length);
  await client.query({
    name: 'store-deliveries',
    // Bodies go as one run of bytes: in an array each would travel as hex and be read twice.
    text: `/* cross-shop: inbox */ INSERT INTO deliveries (shop_id, webhook_id, shop_domain, topic, api_version, event_id,
        triggered_at, received_at, subject, lane, body)
      SELECT d.shop_id, d.webhook_id, d.shop_domain, d.topic, d.api_version, d.event_id, d.triggered_at, d.received_at,
        d.subject, d.lane, substring($11::bytea FROM d.start FOR d.length)
      FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
        $8::timestamptz[], $9::text[], $10::smallint[], $12::int[], $13::int[]) AS d (shop_id, webhook_id, shop_domain,
        topic, api_version, event_id, triggered_at, received_at, subject, lane, start, length)
      ON CONFLICT (shop_id, webhook_id) DO NOTHING`,
    values: [
      column('shopId'),
      column('webhookId'),
      column('shopDomain'),
      column('topic'),
      column('apiVersion'),
      column('eventId'),
      column('triggeredAt'),
      column('receivedAt'),
      column('subject'),
      column('lane'),
      Buffer.concat(column('body')),
      starts,
      lengths,
    ],
  });
}
