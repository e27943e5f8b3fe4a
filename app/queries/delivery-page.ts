import { maskBody } from '../domain/deliveries/mask-body.ts';
import type { MaskedBody } from '../domain/deliveries/mask-body.ts';
import type { World } from '../world.ts';

export interface DeliveryPage {
  readonly id: string;
  readonly webhookId: string;
  readonly shopDomain: string;
  readonly topic: string;
  readonly apiVersion: string;
  readonly eventId: string | null;
  readonly triggeredAt: number | null;
  readonly receivedAt: number;
  readonly subject: string;
  readonly state: string;
  readonly attempts: number;
  readonly runAfter: number | null;
  readonly doneAt: number | null;
  readonly outcome: string | null;
  readonly detail: string | null;
  readonly redactedAt: number | null;
  readonly bytes: number;
  /** The body without personal data; nothing of it leaves the server unmasked. */
  readonly body: MaskedBody;
}

/** Null for an id that this shop has no delivery by. */
export async function deliveryPage(
  { prisma }: World,
  shopId: string,
  id: string,
): Promise<DeliveryPage | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const row = await prisma.delivery.findUnique({
    where: { shopId_id: { shopId: BigInt(shopId), id: BigInt(id) } },
  });
  if (!row) return null;
  return {
    id,
    webhookId: row.webhookId,
    shopDomain: row.shopDomain,
    topic: row.topic,
    apiVersion: row.apiVersion,
    eventId: row.eventId,
    triggeredAt: row.triggeredAt?.getTime() ?? null,
    receivedAt: row.receivedAt.getTime(),
    subject: row.subject,
    state: row.state,
    attempts: row.attempts,
    runAfter: row.runAfter?.getTime() ?? null,
    doneAt: row.doneAt?.getTime() ?? null,
    outcome: row.outcome,
    detail: row.detail,
    redactedAt: row.redactedAt?.getTime() ?? null,
    bytes: row.body.byteLength,
    body: maskBody(new TextDecoder().decode(row.body)),
  };
}
