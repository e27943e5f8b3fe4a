/**
 * Shopify Flow runs our action "award points". Stored as a delivery like any other, under the run's
 * own id: Flow sends a run again until it is answered, and it counts once.
 *
 * Who: Shopify, by its HMAC over the body; the body says which shop.
 */
import { z } from 'zod';
import type { Answer, Front } from './edge.ts';
import type { ShopIds } from './shop-ids.ts';
import { isSignedByShopify, secretKey } from './signatures.ts';
import { subjectOf } from './subject.ts';
import { laneOf } from '../storage/deliveries/lanes.ts';
import type { NewDelivery } from '../storage/deliveries/store-deliveries.ts';
import type { World } from '../world.ts';

const TOPIC = 'flow/award';

/** What must be known to store it; the rest is read when it is taken in. */
const run = z.object({
  shopify_domain: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com$/),
  action_run_id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  properties: z.object({ customer_id: z.unknown(), action: z.string() }),
});

export function flowFront(
  { config, now }: World,
  shopIds: ShopIds,
  ingest: (delivery: NewDelivery) => Promise<void>,
): Front {
  const secrets = [config.apiSecret, config.previousApiSecret ?? []].flat().map(secretKey);
  return async ({ headers }, body) => {
    const signature = headers['x-shopify-hmac-sha256'];
    if (typeof signature !== 'string' || !isSignedByShopify(body, signature.trim(), secrets)) {
      return { status: 401, says: 'The signature is not valid.' };
    }
    const told = run.safeParse(parsed(body));
    if (!told.success) return { status: 400, says: faultIn(told.error) };
    const { shopify_domain: shopDomain, action_run_id: runId } = told.data;
    const subject = subjectOf(TOPIC, body);
    await ingest({
      shopId: await shopIds.find(shopDomain),
      webhookId: `flow:${runId}`,
      shopDomain,
      topic: TOPIC,
      apiVersion: '',
      eventId: null,
      triggeredAt: null,
      receivedAt: new Date(now()),
      subject,
      lane: laneOf(subject),
      body,
    });
    return { status: 200, says: 'Stored.' } satisfies Answer;
  };
}

function faultIn(error: z.ZodError): string {
  const places = error.issues.map(({ path }) => path.map(String).join('.') || 'body');
  return `This is no run of the action: see ${[...new Set(places)].slice(0, 3).join(', ')}.`;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
