/**
 * The whole road in one process: the local Shopify, the real edge behind a real socket, the worker's
 * jobs, and a database of its own. Time stands still until a test moves it, and nothing runs by
 * itself: `settle` lets deliveries arrive and the worker work until all is calm.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Session } from '@shopify/shopify-api';
import { PATIENT_EDGE, patientPool } from './patience.ts';
import { newDatabaseUrl } from './test-database.ts';
import { readConfig } from '../../app/config.server.ts';
import { createEdge } from '../../app/edge/edge.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import type { Difference } from '../../app/domain/proof/difference.ts';
import { makeAdminAccess } from '../../app/jobs/admin-access.ts';
import type { AdminAccess } from '../../app/jobs/admin-access.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import { passTime } from '../../app/jobs/pass-time.ts';
import { makeOutbox } from '../../app/jobs/perform-effects.ts';
import { makeHistory } from '../../app/jobs/read-history.ts';
import { offlineTokens } from '../../app/offline-tokens.server.ts';
import { installShop } from '../../app/operations/install-shop.ts';
import { proveShop } from '../../app/operations/prove-shop.ts';
import { publishProgramme } from '../../app/operations/publish-programme.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { makeAdminClient } from '../../app/shopify/admin-client.ts';
import { readShop } from '../../app/shopify/shop.ts';
import { shopifyFetch } from '../../app/shopify/transport.ts';
import { sealedSessionStorage } from '../../app/storage/sessions/sealed-session-storage.ts';
import { makeWorld } from '../../app/world.ts';
import type { World } from '../../app/world.ts';
import { sessionToken } from '../../devstore/oauth/session-token.ts';
import { startDevstore } from '../../devstore/start.ts';
import type { Devstore, DevstoreOptions } from '../../devstore/start.ts';
import { installApp } from '../../devstore/state/shops/install-app.ts';
import { SettableClock } from '../../devstore/state/clock.ts';
import type { Store } from '../../devstore/state/store.ts';

export const API_KEY = 'road-client-id';
export const API_SECRET = 'road-client-secret';

export interface Road {
  readonly world: World;
  readonly devstore: Devstore;
  readonly store: Store;
  readonly shopId: string;
  readonly clock: SettableClock;
  readonly edgeUrl: string;
  readonly access: AdminAccess;
  /** Publishes the first draft with these changes; the programme is in force from now on. */
  readonly publish: (change?: Partial<ProgrammeDocument>) => Promise<number>;
  /** Deliveries arrive, inbox, outbox and calendar are worked off, until nothing is left to do. */
  readonly settle: () => Promise<void>;
  /** Only the inbox. */
  readonly drain: () => Promise<void>;
  readonly passTime: () => Promise<void>;
  readonly readHistory: () => Promise<void>;
  readonly query: <R extends Record<string, unknown>>(
    sql: string,
    values?: unknown[],
  ) => Promise<R[]>;
  /** The merchant installs the app once more. */
  readonly installAgain: () => Promise<void>;
  readonly close: () => Promise<void>;
}

let databases = 0;

export async function openRoad(
  options: Partial<DevstoreOptions> & { readonly install?: boolean } = {},
): Promise<Road> {
  databases += 1;
  const databaseUrl = await newDatabaseUrl(
    `laurel_road_${process.env['VITEST_POOL_ID'] ?? '0'}_${process.pid}_${databases}`,
    'template',
  );
  const clock = new SettableClock('2026-11-20T12:00:00Z');
  const devstore = await startDevstore({
    basePort: 0,
    appUrl: 'http://localhost:1',
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    dataDir: null,
    clock,
    seed: { kind: 'bare' },
    ...options,
    webhooks: { timeScale: 0, timeoutMs: 60_000, ...options.webhooks },
  });
  const world = testWorld(databaseUrl, devstore, clock);
  const server = await serveEdge(world);
  const edgeUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
  devstore.world.appUrl = edgeUrl;
  const store = devstore.world.demo();
  const access = makeAdminAccess(world, offlineTokens(world));
  const shopId = options.install === false ? store.shop.id : await install(world, devstore, store);

  const drain = makeDrain(world);
  const outbox = makeOutbox(world, access);
  const history = makeHistory(world, access);
  const drainAll = async (): Promise<void> => {
    while ((await drain.once()) > 0);
  };
  const settle = async (): Promise<void> => {
    for (let calm = 0; calm < 2;) {
      await devstore.courier.settled({ retries: true });
      const done = (await drain.once()) + (await outbox.once()) + (await passTime(world));
      calm = done === 0 ? calm + 1 : 0;
    }
  };
  return {
    world,
    devstore,
    store,
    shopId,
    clock,
    edgeUrl,
    access,
    settle,
    drain: drainAll,
    passTime: async () => void (await passTime(world)),
    readHistory: async () => {
      for (let still = 0; still < 40;) {
        still = (await history.once()) ? 0 : still + 1;
        await settle();
      }
    },
    publish: (change = {}) => publish(world, shopId, change),
    installAgain: async () => {
      installApp(store, devstore.world.app);
      await install(world, devstore, store);
    },
    query: async <R extends Record<string, unknown>>(sql: string, values: unknown[] = []) =>
      (await world.db(shopId).query<R>(`/* cross-shop: test-assertion */ ${sql}`, values)).rows,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await devstore.close();
      await world.close();
    },
  };
}

function testWorld(databaseUrl: string, devstore: Devstore, clock: SettableClock): World {
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: API_KEY,
    SHOPIFY_API_SECRET: API_SECRET,
    SHOPIFY_APP_URL: 'http://localhost:1',
    LAUREL_SHOPIFY_URL: devstore.addresses.admin,
    LOG_LEVEL: 'silent',
  });
  const world = makeWorld(config, patientPool(10, 'laurel-test'));
  return { ...world, now: () => clock.now().getTime() };
}

async function serveEdge(world: World): Promise<Server> {
  const edge = createEdge(world, PATIENT_EDGE);
  const server = createServer((request, response) => {
    if (!edge(request, response)) response.writeHead(404).end();
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Installs by a real token exchange; the session is stored as the app's own storage does. */
async function install(world: World, devstore: Devstore, store: Store): Promise<string> {
  const answer = await fetch(
    `${devstore.addresses.admin}/shops/${store.domain}/admin/oauth/access_token`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id: API_KEY,
        client_secret: API_SECRET,
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: sessionToken(devstore.world, store),
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
        expiring: '1',
      }),
    },
  );
  const told = (await answer.json()) as Record<string, string | number>;
  const session = new Session({
    id: `offline_${store.domain}`,
    shop: store.domain,
    state: '',
    isOnline: false,
    accessToken: String(told['access_token']),
    scope: String(told['scope']),
    // Shopify's library looks at the real clock when it asks whether a token is old.
    expires: new Date(Date.now() + Number(told['expires_in']) * 1000),
    refreshToken: String(told['refresh_token']),
    refreshTokenExpires: new Date(Date.now() + Number(told['refresh_token_expires_in']) * 1000),
  });
  await sealedSessionStorage(world.prisma, world.sealer, () => undefined).storeSession(session);
  const client = makeAdminClient({
    domain: store.domain,
    accessToken: String(told['access_token']),
    fetch: shopifyFetch(world.config),
  });
  const shop = await readShop(client);
  await installShop(world, shop);
  return shop.id;
}

async function publish(
  world: World,
  shopId: string,
  change: Partial<ProgrammeDocument>,
): Promise<number> {
  const draft = await world.prisma.programmeDraft.findUniqueOrThrow({
    where: { shopId: BigInt(shopId) },
  });
  const saved = await saveDraft(world, {
    shopId,
    actor: 'test',
    revision: draft.revision,
    document: { ...firstDraft('Road'), ...change },
  });
  if (!saved.ok) throw new Error(`not saved: ${saved.refusal.kind}`);
  const published = await publishProgramme(world, {
    shopId,
    actor: 'test',
    revision: saved.revision,
    note: '',
  });
  if (!published.ok) throw new Error(`not published: ${JSON.stringify(published.refusal)}`);
  return published.version;
}

/** A member's figures by the customer's id. */
export async function memberOf(
  road: Road,
  customerId: string,
): Promise<{ id: string; available: number; pending: number; debt: number; tier: string | null }> {
  const [row] = await road.query<{
    id: string;
    available: string;
    pending: string;
    debt: string;
    tier_key: string | null;
  }>(
    `SELECT m.id, available, pending, debt, tier_key FROM members m WHERE customer_id = $1
      OR id = (SELECT member_id FROM member_aliases WHERE customer_id = $1)`,
    [customerId],
  );
  if (!row) throw new Error(`nobody has the customer id ${customerId}`);
  return {
    id: row.id,
    available: Number(row.available),
    pending: Number(row.pending),
    debt: Number(row.debt),
    tier: row.tier_key,
  };
}

/** Everything that must be the same however the facts arrived: no order of entries, no recording time. */
export async function booksOf(road: Road): Promise<unknown> {
  const [members, lots, awards, progress, entries] = await Promise.all([
    road.query(
      `SELECT customer_id, state, available, pending, debt, earned_total, tier_key, tier_since, tier_due_at
        FROM members ORDER BY customer_id`,
    ),
    road.query(
      `SELECT m.customer_id, l.state, sum(l.remaining) AS remaining, l.source_kind, l.source_id, l.rule_key
        FROM lots l JOIN members m ON m.id = l.member_id GROUP BY 1, 2, 4, 5, 6 ORDER BY 1, 4, 5, 6, 2`,
    ),
    road.query(
      `SELECT m.customer_id, a.source_kind, a.source_id, a.rule_key, a.programme_version, a.tier_key, a.posted,
          a.explanation, a.occurred_at
        FROM awards a JOIN members m ON m.id = a.member_id ORDER BY 1, 2, 3, 4`,
    ),
    road.query(
      `SELECT m.customer_id, p.key, p.have, p.need, p.counted, p.completed_at, p.until, p.details
        FROM progress p JOIN members m ON m.id = p.member_id ORDER BY 1, 2`,
    ),
    road.query(
      `SELECT m.customer_id, e.source_kind, e.source_id, e.rule_key,
          sum(CASE WHEN e.from_account = 'issued' THEN e.points WHEN e.to_account = 'issued' THEN -e.points ELSE 0 END) AS net
        FROM entries e JOIN members m ON m.id = e.member_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    ),
  ]);
  return { members, lots, awards, progress, entries };
}

/** What the proof of the books finds: nothing, when they are right. Whether anything is late is left to the test. */
export async function proof(road: Road): Promise<Difference[]> {
  const all: Difference[] = [];
  const found = (some: readonly Difference[]): void => void all.push(...some);
  await proveShop(road.world, road.shopId, { found, punctual: false });
  return all;
}
