/**
 * The real edge behind a real socket, and the worker's drain, on the test worker's database. The
 * clock stands still until a test moves it; every site has a shop of its own.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryResultRow } from 'pg';
import { readConfig } from '../../app/config.server.ts';
import { createEdge } from '../../app/edge/edge.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import { installShop } from '../../app/operations/install-shop.ts';
import type { ShopFacts } from '../../app/operations/install-shop.ts';
import { publishProgramme } from '../../app/operations/publish-programme.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { makeWorld } from '../../app/world.ts';
import type { World } from '../../app/world.ts';
import { PATIENT_EDGE, patientPool } from '../support/patience.ts';
import { testDatabaseUrl } from '../support/test-database.ts';

export const SECRET = 'the-secret-of-the-app';
export const PREVIOUS_SECRET = 'the-secret-before-the-last-rotation';
export const SHOPIFY_PATH = '/webhooks/shopify';

/** A row of the inbox as a test looks at it. */
export interface InboxRow extends QueryResultRow {
  readonly id: string;
  readonly shop_id: string;
  readonly webhook_id: string;
  readonly topic: string;
  readonly api_version: string;
  readonly event_id: string | null;
  readonly triggered_at: Date | null;
  readonly received_at: Date;
  readonly subject: string;
  readonly lane: number;
  readonly body: Buffer;
  readonly state: string;
  readonly attempts: number;
  readonly run_after: Date | null;
  readonly outcome: string | null;
  readonly detail: string | null;
}

export interface EdgeSite {
  readonly world: World;
  readonly clock: { now: number };
  readonly url: string;
  readonly port: number;
  readonly shop: ShopFacts;
  /** Everything this shop's drain can do now. */
  readonly drain: () => Promise<void>;
  readonly query: <R extends QueryResultRow>(sql: string, values?: unknown[]) => Promise<R[]>;
  /** The row of this webhook id, whichever shop it was stored for. */
  readonly stored: (webhookId: string) => Promise<InboxRow | undefined>;
  readonly close: () => Promise<void>;
}

let shops = 0;

export interface SiteOptions {
  readonly databaseUrl?: string;
  readonly patience?: Parameters<typeof createEdge>[1];
  readonly currency?: string;
}

export async function openSite({
  databaseUrl,
  patience = PATIENT_EDGE,
  currency = 'USD',
}: SiteOptions = {}): Promise<EdgeSite> {
  const clock = { now: Date.parse('2026-11-20T12:00:00Z') };
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl ?? (await testDatabaseUrl()),
    SHOPIFY_API_KEY: 'client-id',
    SHOPIFY_API_SECRET: SECRET,
    SHOPIFY_API_SECRET_PREVIOUS: PREVIOUS_SECRET,
    SHOPIFY_APP_URL: 'http://localhost:1',
    LOG_LEVEL: 'silent',
  });
  const made = makeWorld(config, patientPool(8, 'laurel-test-edge'));
  const world: World = { ...made, now: () => clock.now };
  const edge = createEdge(world, patience);
  const server = createServer((request, response) => {
    if (!edge(request, response)) response.writeHead(404).end('not the edge');
  });
  // A connection that was idle while the worker worked is still there for the next delivery.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const shop = newShop({ currency });
  await installShop(world, shop);
  const query = async <R extends QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await world.db(shop.id).query<R>(`/* cross-shop: test-assertion */ ${sql}`, values)).rows;
  return {
    world,
    clock,
    url: `http://127.0.0.1:${port}`,
    port,
    shop,
    drain: async () => {
      const drain = makeDrain(world);
      for (let idle = 0; idle < 3;) idle = (await drain.once()) > 0 ? 0 : idle + 1;
    },
    query,
    stored: async (webhookId) =>
      (await query<InboxRow>(`SELECT * FROM deliveries WHERE webhook_id = $1`, [webhookId]))[0],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await world.close();
    },
  };
}

/** Facts of a shop that no other test has. */
export function newShop(change: Partial<ShopFacts> = {}): ShopFacts {
  shops += 1;
  const name = `site-${process.pid}-${Date.now().toString(36)}-${shops}`;
  return {
    id: String(
      BigInt(Date.now()) * 1_000_000n + BigInt(process.pid % 1000) * 1000n + BigInt(shops),
    ),
    domain: `${name}.myshopify.com`,
    name,
    currency: 'USD',
    timeZone: 'America/New_York',
    taxesIncluded: false,
    installationGid: 'gid://shopify/AppInstallation/1',
    scopes: ['read_orders', 'read_customers'],
    ...change,
  };
}

/** Publishes the first draft: one point for each whole dollar, 100 for joining, 50 for a review. */
export async function publish(site: EdgeSite): Promise<void> {
  const draft = { shopId: site.shop.id, actor: 'test' };
  const saved = await saveDraft(site.world, {
    ...draft,
    revision: 1,
    document: { ...firstDraft('Site'), pastOrdersEarn: true },
  });
  if (!saved.ok) throw new Error(`not saved: ${saved.refusal.kind}`);
  const published = await publishProgramme(site.world, {
    ...draft,
    revision: saved.revision,
    note: '',
  });
  if (!published.ok) throw new Error(`not published: ${published.refusal.kind}`);
}

export function sign(body: Buffer | string, secret: string = SECRET): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

export type Headers = Record<string, string | string[]>;

/** The headers of a real delivery of these bytes. */
export function headersOf(site: EdgeSite, topic: string, body: Buffer | string): Headers {
  return {
    'Content-Type': 'application/json',
    'X-Shopify-Topic': topic,
    'X-Shopify-Hmac-Sha256': sign(body),
    'X-Shopify-Shop-Domain': site.shop.domain,
    'X-Shopify-Api-Version': '2026-07',
    'X-Shopify-Webhook-Id': randomUUID(),
    'X-Shopify-Event-Id': randomUUID(),
    'X-Shopify-Triggered-At': '2026-11-20T11:59:58.123456789Z',
  };
}

export interface Sent {
  readonly status: number;
  readonly says: string;
  readonly headers: globalThis.Headers;
  readonly webhookId: string;
}

/** Sends a delivery as Shopify does, but for what the test changes. */
export async function send(
  site: EdgeSite,
  topic: string,
  body: Buffer | string | object,
  change: Record<string, string | null> = {},
): Promise<Sent> {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const headers = new Headers(headersOf(site, topic, bytes) as Record<string, string>);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const answer = await fetch(`${site.url}${SHOPIFY_PATH}`, {
    method: 'POST',
    headers,
    body: new Uint8Array(bytes),
  });
  return {
    status: answer.status,
    says: await answer.text(),
    headers: answer.headers,
    webhookId: headers.get('x-shopify-webhook-id') ?? '',
  };
}

/** Sends it, drains, and looks at what became of it. */
export async function outcomeOf(
  site: EdgeSite,
  topic: string,
  body: Buffer | string | object,
): Promise<InboxRow> {
  const sent = await send(site, topic, body);
  if (sent.status !== 200) throw new Error(`${topic} was answered ${sent.status}: ${sent.says}`);
  await site.drain();
  const row = await site.stored(sent.webhookId);
  if (!row) throw new Error(`${topic} was acknowledged and not stored`);
  return row;
}

const payloads = join(import.meta.dirname, '..', 'payloads');

/** A published sample, as its bytes. */
export function sample(name: string): Buffer {
  return readFileSync(join(payloads, name));
}
