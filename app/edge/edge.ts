/**
 * The front for webhooks: who signed it, store it, answer. Nothing else happens here, so nothing
 * else can fail here; it needs no session, and works for shops that left. Mounted before Remix,
 * whose handler alone costs several times what this does.
 *
 * Who: Shopify and its Flow, by its HMAC; Judge.me, by the HMAC of the shop's own token.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { flowFront } from './flow-front.ts';
import { makeInboxWriter } from './inbox-writer.ts';
import { BodyRefused, makeBodyReader, restIsDropped, SenderGone } from './read-body.ts';
import type { BodyReader } from './read-body.ts';
import { makeReviewSecrets } from './review-secrets.ts';
import type { ReviewSecrets } from './review-secrets.ts';
import { makeShopIds, NOBODY } from './shop-ids.ts';
import type { ShopIds } from './shop-ids.ts';
import { isSignedByJudgeMe, isSignedByShopify, secretKey } from './signatures.ts';
import { subjectOf } from './subject.ts';
import { laneOf } from '../storage/deliveries/lanes.ts';
import { storeDeliveries } from '../storage/deliveries/store-deliveries.ts';
import type { NewDelivery } from '../storage/deliveries/store-deliveries.ts';
import type { World } from '../world.ts';

const SHOPIFY_PATH = '/webhooks/shopify';
const FLOW_PATH = '/flow/award';
const JUDGE_ME_PATH = '/webhooks/judgeme/';
const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com$/;
/** A shop was redacted between the look-up of its id and the write. */
const FOREIGN_KEY_VIOLATION = '23503';

/** Shopify waits five seconds, and sends again what was not answered by then. */
export const PATIENCE = { bodyMs: 10_000, answerMs: 4_500, droppedRestMs: 2_000 };

/** Answers webhook requests. @returns false for any other request, which is left alone */
export type Edge = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface Answer {
  readonly status: number;
  readonly says: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Front = (request: IncomingMessage, body: Buffer, path: string) => Promise<Answer>;

export function createEdge(world: World, patience: typeof PATIENCE = PATIENCE): Edge {
  const pool = world.db(NOBODY);
  const readBody = makeBodyReader(patience.bodyMs);
  const shopIds = makeShopIds(pool, world.now);
  const inbox = makeInboxWriter(async (deliveries) => {
    try {
      await storeDeliveries(pool, deliveries);
    } catch (error) {
      if ((error as { code?: unknown }).code !== FOREIGN_KEY_VIOLATION) throw error;
      shopIds.forget();
      await storeDeliveries(pool, await withShopIds(deliveries, shopIds));
    }
  });
  const ingest = (delivery: NewDelivery): Promise<void> => inbox.store(delivery);
  const fronts: readonly (readonly [string, Front])[] = [
    [JUDGE_ME_PATH, judgeMeFront(world, makeReviewSecrets(world), ingest)],
    [SHOPIFY_PATH, shopifyFront(world, shopIds, ingest)],
    [FLOW_PATH, flowFront(world, shopIds, ingest)],
  ];
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const front = fronts.find(([start]) =>
      start.endsWith('/') ? path.startsWith(start) : path === start,
    );
    if (!front) return false;
    const answer = answerOf(request, readBody, (body) =>
      within(patience.answerMs, front[1](request, body, path)),
    );
    void respond(world, answer, request, response, patience.droppedRestMs);
    return true;
  };
}

async function respond(
  world: World,
  answering: Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
  droppedRestMs: number,
): Promise<void> {
  const answer = await answering.catch((error: unknown): Answer | null => {
    if (error instanceof SenderGone) return null;
    const reason = error instanceof Error ? error.message : String(error);
    world.log.error({ reason }, 'a delivery could not be stored; Shopify will send it again');
    return {
      status: 503,
      says: 'Cannot store this now, send it again.',
      headers: { 'Retry-After': '30' },
    };
  });
  if (!answer || response.destroyed) return;
  const { status, says, headers } = answer;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(says),
    'Cache-Control': 'no-store',
    ...headers,
  });
  if (headers?.['Connection'] === 'close') {
    // Closing while the sender still sends would reset the connection under the answer.
    response.write(says);
    await restIsDropped(request, droppedRestMs);
    response.end();
  } else {
    response.end(says);
  }
}

async function answerOf(
  request: IncomingMessage,
  readBody: BodyReader,
  front: (body: Buffer) => Promise<Answer>,
): Promise<Answer> {
  if (request.method !== 'POST') {
    request.resume();
    return { status: 405, says: 'Only POST.', headers: { Allow: 'POST' } };
  }
  try {
    return await front(await readBody(request));
  } catch (error) {
    if (!(error instanceof BodyRefused)) throw error;
    const { status, message } = error;
    const again = status === 503 ? { 'Retry-After': '30' } : {};
    return { status, says: message, headers: { Connection: 'close', ...again } };
  }
}

/** What is late may still be stored: sent again, it is known by its id. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => reject(new Error('The database took too long')), ms);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(late);
  }
}

const STORED: Answer = { status: 200, says: 'Stored.' };

function shopifyFront(
  { config, now }: World,
  shopIds: ShopIds,
  ingest: (delivery: NewDelivery) => Promise<void>,
): Front {
  const secrets = [config.apiSecret, config.previousApiSecret ?? []].flat().map(secretKey);
  return async ({ headers }, body) => {
    const signature = one(headers['x-shopify-hmac-sha256']);
    if (!isSignedByShopify(body, signature, secrets)) {
      return { status: 401, says: 'The signature is not valid.' };
    }
    const topic = one(headers['x-shopify-topic']).toLowerCase();
    const webhookId = one(headers['x-shopify-webhook-id']);
    const shopDomain = one(headers['x-shopify-shop-domain']).toLowerCase();
    const apiVersion = one(headers['x-shopify-api-version']);
    const [wrong] =
      Object.entries({ topic, webhookId, shopDomain, apiVersion }).find(
        ([, value]) => !isOneShortValue(value),
      ) ?? [];
    if (wrong)
      return { status: 400, says: `A header is missing, too long or there twice: ${wrong}.` };
    // Our own topics and the review apps' never come this way.
    const foreign = /^(laurel|judgeme|flow)\//.test(topic) ? `foreign/${topic}` : topic;
    const subject = subjectOf(foreign, body);
    await ingest({
      shopId: SHOP_DOMAIN.test(shopDomain) ? await shopIds.find(shopDomain) : NOBODY,
      webhookId,
      shopDomain,
      topic: foreign,
      apiVersion,
      eventId: one(headers['x-shopify-event-id']).slice(0, 255) || null,
      triggeredAt: moment(one(headers['x-shopify-triggered-at'])),
      receivedAt: new Date(now()),
      subject,
      lane: laneOf(subject),
      body,
    });
    return STORED;
  };
}

function judgeMeFront(
  { now }: World,
  secrets: ReviewSecrets,
  ingest: (delivery: NewDelivery) => Promise<void>,
): Front {
  return async ({ headers }, body, path) => {
    const shopDomain = path.slice(JUDGE_ME_PATH.length).toLowerCase();
    const shop = SHOP_DOMAIN.test(shopDomain) ? await secrets.find(shopDomain, 'judgeme') : null;
    const signature = one(headers['judgeme-hmac-sha256']);
    // A shop that is not connected costs the same work as a wrong signature.
    const signed = isSignedByJudgeMe(body, signature, shop?.secret ?? 'nobody');
    if (!shop || !signed) return { status: 401, says: 'The signature is not valid.' };
    const topic = 'judgeme/review';
    const subject = subjectOf(topic, body);
    await ingest({
      shopId: shop.shopId,
      // Judge.me numbers no deliveries: the same bytes are the same delivery.
      webhookId: `judgeme:${createHash('sha256').update(body).digest('hex')}`,
      shopDomain,
      topic,
      apiVersion: 'v1',
      eventId: null,
      triggeredAt: null,
      receivedAt: new Date(now()),
      subject,
      lane: laneOf(subject),
      body,
    });
    secrets.heard(shop.shopId, 'judgeme');
    return STORED;
  };
}

async function withShopIds(
  deliveries: readonly NewDelivery[],
  shopIds: ShopIds,
): Promise<readonly NewDelivery[]> {
  return Promise.all(
    deliveries.map(async (delivery) => ({
      ...delivery,
      shopId: await shopIds.find(delivery.shopDomain),
    })),
  );
}

/** A header that is there twice comes joined by a comma, which none of these values holds. */
function isOneShortValue(value: string): boolean {
  return value !== '' && value.length <= 255 && !value.includes(',');
}

function one(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header.join(',') : (header ?? '')).trim();
}

function moment(text: string): string | null {
  const at = Date.parse(text);
  return Number.isFinite(at) ? new Date(at).toISOString() : null;
}
