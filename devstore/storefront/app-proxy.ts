/** Shopify's app proxy: a storefront path that is forwarded to the app, with a signed query. */
import { createHmac } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { World } from '../state/world.ts';
import type { Session } from './sessions.ts';

/** Added by Shopify; what a shopper sends under these names is dropped. */
const added = ['shop', 'logged_in_customer_id', 'path_prefix', 'timestamp', 'signature'];

/** Never forwarded to the app, and never back to the shopper. */
const droppedRequest = [
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
];
const droppedResponse = [
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'pragma',
  'server',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
  'x-powered-by',
];

const timeLimit = 30_000;

export type ProxyParts = {
  world: World;
  sessionOf: (request: Request) => Session;
  /** Draws the app's `application/liquid` answer inside the theme. */
  drawLiquid: (request: Request, liquid: string) => Promise<string>;
};

export function appProxy({ world, sessionOf, drawLiquid }: ProxyParts): Router {
  const router = express.Router();
  const { proxy } = world.app;
  if (!proxy) return router;
  const prefix = `/${proxy.prefix}/${proxy.subpath}`;
  router.use(prefix, express.raw({ type: () => true, limit: '2mb' }), (request, response, next) => {
    forward(request, response).catch(next);
  });

  async function forward(request: Request, response: Response): Promise<void> {
    const asked = new URL(`http://shopper${request.url}`);
    const target = new URL(
      proxyBase(world, proxy?.url ?? '') + (asked.pathname === '/' ? '' : asked.pathname),
    );
    const query: [string, string][] = [...asked.searchParams].filter(
      ([name]) => !added.includes(name),
    );
    query.push(
      ['shop', world.demo().domain],
      ['logged_in_customer_id', sessionOf(request).customerId ?? ''],
      ['path_prefix', prefix],
      ['timestamp', String(Math.floor(world.clock.now().getTime() / 1000))],
    );
    query.push(['signature', signProxyQuery(query, world.credentials.apiSecret)]);
    for (const [name, value] of query) target.searchParams.append(name, value);

    const sendsBody = request.method !== 'GET' && request.method !== 'HEAD';
    const body: unknown = request.body;
    let answer: globalThis.Response;
    try {
      answer = await fetch(target, {
        method: request.method,
        headers: requestHeaders(request),
        body: sendsBody && Buffer.isBuffer(body) ? new Uint8Array(body) : null,
        signal: AbortSignal.timeout(timeLimit),
      });
    } catch {
      response.status(502).type('text/plain').send('The app does not answer.\n');
      return;
    }
    await reply(request, response, answer);
  }

  async function reply(
    request: Request,
    response: Response,
    answer: globalThis.Response,
  ): Promise<void> {
    const liquid = /^application\/liquid\b/i.test(answer.headers.get('content-type') ?? '');
    response.status(answer.status);
    for (const [name, value] of answer.headers) {
      if (!droppedResponse.includes(name)) response.setHeader(name, value);
    }
    if (liquid) {
      response.type('html').send(await drawLiquid(request, await answer.text()));
      return;
    }
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  return router;
}

/** `/proxy` in shopify.app.toml is below the app's own address; a whole address stands for itself. */
function proxyBase(world: World, declared: string): string {
  return declared.startsWith('/') ? world.appUrl + declared : declared;
}

function requestHeaders(request: Request): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || droppedRequest.includes(name)) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set('x-forwarded-for', request.socket.remoteAddress ?? '');
  return headers;
}

/** Values of one name joined by commas, `name=value` sorted and joined by nothing, hex HMAC-SHA256. */
export function signProxyQuery(
  query: readonly (readonly [string, string])[],
  secret: string,
): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of query) {
    if (name !== 'signature') values.set(name, [...(values.get(name) ?? []), value]);
  }
  const message = [...values].map(([name, all]) => `${name}=${all.join(',')}`).sort();
  return createHmac('sha256', secret).update(message.join('')).digest('hex');
}
