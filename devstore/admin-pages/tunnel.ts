/**
 * What stands between the admin's iframe and the app, as a tunnel does in development. It passes bytes
 * through and rewrites only what holds for Shopify's real hosts alone: who may frame the app, and where
 * App Bridge and the admin are found.
 */
import { Transform } from 'node:stream';
import express, { type Express, type Request, type Response } from 'express';
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { World } from '../state/world.ts';
import { bundleScript } from './bundle.ts';
import { html } from './html.ts';
import { localHostsOnly } from '../local-hosts-only.ts';

export const bridgePath = '/local/app-bridge.js';
const cdnBridge = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';

export function createTunnel(world: World): Express {
  const tunnel = express();
  tunnel.disable('x-powered-by');
  tunnel.use(localHostsOnly());

  let bridge: Promise<string> | null = null;
  tunnel.get(bridgePath, (_request, response, next) => {
    bridge ??= bundleScript(new URL('app-bridge/index.ts', import.meta.url), {
      LOCAL_ADMIN_ORIGIN: world.addresses.admin,
    });
    bridge
      .then((script) =>
        response.set('Cache-Control', 'no-cache').type('text/javascript').send(script),
      )
      .catch(next);
  });

  tunnel.use((request, response) => pass(world, request, response));
  return tunnel;
}

function pass(world: World, request: Request, response: Response): void {
  const target = new URL(world.appUrl);
  const upstream = http.request(
    {
      hostname: target.hostname,
      port: target.port,
      method: request.method,
      path: request.originalUrl,
      headers: forwarded(request, world.addresses.tunnel),
    },
    (answer) => reply(world, answer, response),
  );
  upstream.on('error', (error) => {
    if (response.headersSent || response.destroyed) response.destroy(error);
    else appIsDown(world, request, response);
  });
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy();
  });
  request.pipe(upstream);
}

const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

function forwarded(request: Request, origin: string): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = { ...request.headers };
  const chunked = headers['transfer-encoding'] !== undefined;
  for (const name of hopByHop) delete headers[name];
  if (chunked) headers['transfer-encoding'] = 'chunked';
  // Pages are searched for App Bridge's address on their way back.
  headers['accept-encoding'] = 'identity';
  headers['x-forwarded-host'] = new URL(origin).host;
  headers['x-forwarded-proto'] = new URL(origin).protocol.slice(0, -1);
  headers['x-forwarded-for'] = request.socket.remoteAddress ?? '';
  return headers;
}

function reply(world: World, answer: IncomingMessage, response: Response): void {
  const page = /^text\/html\b/i.test(answer.headers['content-type'] ?? '');
  response.status(answer.statusCode ?? 502);
  if (answer.statusMessage) response.statusMessage = answer.statusMessage;
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined || hopByHop.includes(name)) continue;
    if (page && name === 'content-length') continue;
    const rewritten = rewriteHeader(world, name, value);
    if (rewritten !== null) response.setHeader(name, rewritten);
  }
  // The app broke off in the middle: so do we, instead of ending a page that is not whole.
  answer.on('error', (error) => response.destroy(error));
  if (page) answer.pipe(replacing(cdnBridge, world.addresses.tunnel + bridgePath)).pipe(response);
  else answer.pipe(response);
}

function rewriteHeader(
  world: World,
  name: string,
  value: string | string[],
): string | string[] | null {
  if (Array.isArray(value)) return value;
  if (name === 'link') {
    const links = value.split(/,(?=\s*<)/).filter((link) => !link.includes('//cdn.shopify.com/'));
    return links.length === 0 ? null : links.join(',');
  }
  if (name === 'content-security-policy') return letAdminFrame(world, value);
  if (name === 'location') return localLocation(world, value);
  return value;
}

/** Adds the local admin beside the shop, and only there: a missing or wrong header must show. */
export function letAdminFrame(world: World, policy: string): string {
  const shops = world.stores().map((store) => `https://${store.domain}`);
  return policy
    .split(';')
    .map((directive) => {
      const [name, ...sources] = directive.trim().split(/\s+/);
      if (name?.toLowerCase() !== 'frame-ancestors') return directive;
      if (!sources.some((source) => shops.includes(source))) return directive;
      return `${directive.trimEnd()} ${world.addresses.admin}`;
    })
    .join(';');
}

export function localLocation(world: World, location: string): string {
  const hosted = /^https:\/\/admin\.shopify\.com(\/.*)?$/.exec(location);
  if (hosted) return world.addresses.admin + (hosted[1] ?? '/');
  for (const store of world.stores()) {
    const inShop = `https://${store.domain}/admin`;
    if (!location.startsWith(inShop)) continue;
    const handle = store.domain.replace(/\.myshopify\.com$/, '');
    return `${world.addresses.admin}/store/${handle}${location.slice(inShop.length)}`;
  }
  return location;
}

/** Replaces a text in a stream of bytes, also where it lies across two chunks. */
export function replacing(wanted: string, replacement: string): Transform {
  const needle = Buffer.from(wanted);
  let rest: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let open = Buffer.concat([rest, chunk]);
      for (let at = open.indexOf(needle); at >= 0; at = open.indexOf(needle)) {
        this.push(open.subarray(0, at));
        this.push(replacement);
        open = open.subarray(at + needle.length);
      }
      const keep = longestStartAtEnd(open, needle);
      this.push(open.subarray(0, open.length - keep));
      rest = open.subarray(open.length - keep);
      done();
    },
    flush(done) {
      done(null, rest);
    },
  });
}

/** How many bytes at the end of `bytes` could be the beginning of `needle`. */
function longestStartAtEnd(bytes: Buffer, needle: Buffer): number {
  const most = Math.min(bytes.length, needle.length - 1);
  for (let size = most; size > 0; size -= 1) {
    if (bytes.subarray(bytes.length - size).equals(needle.subarray(0, size))) return size;
  }
  return 0;
}

function appIsDown(world: World, request: Request, response: Response): void {
  response.status(502).set('Cache-Control', 'no-store');
  if (request.method !== 'GET' || !(request.headers.accept ?? '').includes('text/html')) {
    response.type('text/plain').send(`The app does not answer at ${world.appUrl}.\n`);
    return;
  }
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="refresh" content="2" />
        <title>The app does not answer</title>
        <style>
          body {
            margin: 15vh auto;
            max-width: 32rem;
            padding: 0 1rem;
            font: 16px/1.5 sans-serif;
            color: #303030;
          }
        </style>
      </head>
      <body>
        <h1>The app does not answer</h1>
        <p>
          Nothing answers at ${world.appUrl}. Is the web process running? This page tries again by
          itself.
        </p>
      </body>
    </html>`;
  response.type('html').send(page.text);
}
