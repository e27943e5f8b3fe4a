/** What an import or a look-up found goes down the same road as a webhook: into the inbox. */
import type { FactTidings } from '../domain/tidings.ts';
import { INTERNAL } from '../shopify/payloads/read-delivery.ts';
import { laneOf } from '../storage/deliveries/lanes.ts';
import { storeDeliveries } from '../storage/deliveries/store-deliveries.ts';
import type { World } from '../world.ts';

export interface FoundFacts {
  /** Names this finding: the same name is stored once. */
  readonly name: string;
  readonly subject: string;
  readonly facts: FactTidings;
}

export async function storeFacts(
  world: World,
  shopId: string,
  found: readonly FoundFacts[],
): Promise<void> {
  if (found.length === 0) return;
  const receivedAt = new Date(world.now());
  await storeDeliveries(
    world.db(shopId),
    found.map(({ name, subject, facts }) => ({
      shopId,
      webhookId: `laurel:${name}`,
      shopDomain: '',
      topic: INTERNAL.facts,
      apiVersion: '',
      eventId: null,
      triggeredAt: null,
      receivedAt,
      subject,
      lane: laneOf(subject),
      body: Buffer.from(JSON.stringify(facts)),
    })),
  );
}
