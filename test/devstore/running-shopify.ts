/** A local Shopify with an app behind it that writes down every webhook, both on free ports. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sessionToken } from '../../devstore/oauth/session-token.ts';
import { startDevstore, type Devstore, type DevstoreOptions } from '../../devstore/start.ts';
import { SettableClock } from '../../devstore/state/clock.ts';
import type { Store } from '../../devstore/state/store.ts';

export const apiKey = 'test-client-id';
export const apiSecret = 'test-client-secret';

export type Heard = { topic: string; headers: IncomingHttpHeaders; body: string; url: string };

export type App = {
  origin: string;
  heard: Heard[];
  /** What the next answers are; 200 when there is none left. 0 never answers. */
  answers: number[];
  topics(): string[];
  close(): Promise<void>;
};

export async function listeningApp(): Promise<App> {
  const heard: Heard[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      const topic = String(request.headers['x-shopify-topic'] ?? request.url);
      heard.push({ topic, headers: request.headers, body, url: request.url ?? '' });
      const status = answers.shift() ?? 200;
      if (status !== 0) response.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    heard,
    answers,
    topics: () => heard.map((one) => one.topic),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Running = {
  devstore: Devstore;
  app: App;
  clock: SettableClock;
  store: Store;
  control(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
  accessToken(): Promise<string>;
  graphql(query: string, variables?: object, token?: string): Promise<GraphqlBody>;
  close(): Promise<void>;
};

export type GraphqlBody = {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
  extensions?: {
    cost: {
      requestedQueryCost: number;
      actualQueryCost: number | null;
      throttleStatus: Record<string, number>;
    };
  };
};

export async function runningShopify(options: Partial<DevstoreOptions> = {}): Promise<Running> {
  const app = await listeningApp();
  const clock = new SettableClock('2026-11-20T12:00:00Z');
  const devstore = await startDevstore({
    basePort: 0,
    appUrl: app.origin,
    apiKey,
    apiSecret,
    dataDir: null,
    clock,
    seed: { kind: 'bare' },
    webhooks: { timeScale: 0, timeoutMs: 60_000, chance: () => 0.5 },
    ...options,
  });
  const store = devstore.world.demo();
  let token: string | null = null;
  const accessToken = async (): Promise<string> => {
    const answer = await exchange(devstore, store, { expiring: '1' });
    return String(answer.body['access_token']);
  };
  return {
    devstore,
    app,
    clock,
    store,
    accessToken,
    control: async (method, path, body) => {
      const response = await fetch(devstore.addresses.control + path, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, body: await response.json() };
    },
    graphql: async (query, variables = {}, given) => {
      token ??= await accessToken();
      const response = await fetch(graphqlUrl(devstore, store), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': given ?? token },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphqlBody;
    },
    close: async () => {
      await devstore.close();
      await app.close();
    },
  };
}

export function graphqlUrl(devstore: Devstore, store: Store): string {
  return `${devstore.addresses.admin}/shops/${store.domain}/admin/api/2026-10/graphql.json`;
}

export async function exchange(
  devstore: Devstore,
  store: Store,
  change: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const url = `${devstore.addresses.admin}/shops/${store.domain}/admin/oauth/access_token`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: apiKey,
      client_secret: apiSecret,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: sessionToken(devstore.world, store),
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      ...change,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
