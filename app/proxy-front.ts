/**
 * What the storefront asks through Shopify's proxy, answered before Remix: finding a route and making
 * streams of request and answer take Remix longer than most of these calls. The routes are the same
 * ones, called as Remix calls them; whatever is out of the ordinary is left to Remix.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AppLoadContext, ServerBuild } from '@remix-run/node';

const FOLDER = 'proxy/';
/** Longer ones, and those that do not say how long they are, are for Remix. */
const MOST_BYTES = 16_000;

type RouteModule = ServerBuild['routes'][string]['module'];
type Called = NonNullable<RouteModule['action']>;

/** Answers, or returns false and has left the request alone. */
export type ProxyFront = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createProxyFront(
  routes: ServerBuild['routes'],
  context: AppLoadContext,
  headers: Readonly<Record<string, string>>,
): ProxyFront {
  const modules = new Map<string, RouteModule>();
  for (const { path = '', module } of Object.values(routes)) {
    const isPage = module.default !== undefined;
    if (path.startsWith(FOLDER) && !/[:*?]/.test(path) && !isPage) modules.set(`/${path}`, module);
  }
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const module = modules.get(path);
    const called = module && wayInto(module, request);
    if (!called) return false;
    void answer(called, request, context).then(
      ({ status, headers: told, body }) => {
        if (response.destroyed) return;
        response.writeHead(status, { ...headers, ...told, 'Content-Length': body.length });
        response.end(body);
      },
      () => response.destroy(),
    );
    return true;
  };
}

function wayInto(module: RouteModule, { method, headers }: IncomingMessage): Called | undefined {
  if (method === 'GET') return module.loader;
  const length = Number(headers['content-length'] ?? NaN);
  return method === 'POST' && length <= MOST_BYTES ? module.action : undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** @throws where the caller went away */
async function answer(
  called: Called,
  asked: IncomingMessage,
  context: AppLoadContext,
): Promise<Answer> {
  const body = asked.method === 'POST' ? await buffer(asked) : null;
  const url = new URL(asked.url ?? '', context.world.config.appUrl);
  const method = asked.method ?? '';
  const request = new Request(url, { method, headers: headersOf(asked), body });
  const told = await answerOf(() => called({ request, params: {}, context }));
  if (!(told instanceof Response)) {
    const reason = told instanceof Error ? told.stack : String(told);
    context.world.log.error({ path: url.pathname, reason }, 'a request failed');
    return { status: 500, headers: {}, body: Buffer.from('Unexpected Server Error') };
  }
  return {
    status: told.status,
    headers: Object.fromEntries(told.headers),
    body: Buffer.from(await told.arrayBuffer()),
  };
}

function headersOf({ headers }: IncomingMessage): Headers {
  return new Headers(
    Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []].flat().map((value): [string, string] => [name, value]),
    ),
  );
}

/** A response that is thrown is an answer too. */
async function answerOf(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (thrown) {
    return thrown;
  }
}
