/**
 * The web process. Webhooks are answered before anything else sees the request, then what the storefront
 * asks; then come the health check, the built assets, and Remix. SIGTERM lets open requests end, then closes the database.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { AppLoadContext, ServerBuild } from '@remix-run/node';
import express from 'express';
import type { Express } from 'express';
import { ConfigFault, readConfig } from './config.server.ts';
import { WEB_POOL } from './db.server.ts';
import { createEdge } from './edge/edge.ts';
import { makeAdminAccess } from './jobs/admin-access.ts';
import { makeAtOnce } from './jobs/make-at-once.ts';
import { offlineTokens } from './offline-tokens.server.ts';
import { createProxyFront } from './proxy-front.ts';
import { makeShopify } from './shopify.server.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

const buildFolder = fileURLToPath(new URL('../build/', import.meta.url));
const serverBuild = `${buildFolder}server/index.js`;
const LAST_REQUESTS_MS = 10_000;
/** With every answer that is not about files. */
const SAFE = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

async function main(): Promise<void> {
  try {
    const world = makeWorld(readConfig(process.env), WEB_POOL);
    const server = await startWeb(world);
    endOnSignals(world, server);
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = 1;
  }
}

/** Resolves when it listens. */
export async function startWeb(world: World): Promise<Server> {
  if (!existsSync(serverBuild)) {
    throw new ConfigFault('The pages are not built yet. Run: npm run build');
  }
  const build = (await import(pathToFileURL(serverBuild).href)) as ServerBuild;
  const edge = createEdge(world);
  const context = contextOf(world);
  const proxy = createProxyFront(build.routes, context, SAFE);
  const pages = createPages(build, context);
  const server = createServer((request, response) => {
    if (!edge(request, response) && !proxy(request, response)) pages(request, response);
  });
  // Longer than a load balancer's idle time-out, so that it never reuses a socket that we just closed.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 80_000;
  server.listen(world.config.port);
  await once(server, 'listening');
  world.log.info({ port: world.config.port }, 'web is listening');
  return server;
}

function contextOf(world: World): AppLoadContext {
  const makeReward = makeAtOnce(world, makeAdminAccess(world, offlineTokens(world)));
  return { world, shopify: makeShopify(world), makeReward };
}

function createPages(build: ServerBuild, context: AppLoadContext): Express {
  const pages = express();
  pages.disable('x-powered-by');
  // Behind a proxy, request URLs must be those that Shopify signed.
  pages.set('trust proxy', true);
  pages.get('/health', (_request, response) => {
    context.world.prisma.$queryRaw`SELECT 1`.then(
      () => response.set('Cache-Control', 'no-store').json({ ok: true }),
      () => response.status(503).set('Cache-Control', 'no-store').json({ ok: false }),
    );
  });
  // Vite names these files by their content.
  const assets = express.static(`${buildFolder}client/assets`, { immutable: true, maxAge: '1y' });
  pages.use('/assets', assets, (_request, response) => void response.status(404).end());
  pages.use(express.static(`${buildFolder}client`, { maxAge: '1h', index: false }));
  pages.use((_request, response, next) => {
    response.set(SAFE);
    next();
  });
  const remix = createRequestHandler({ build, getLoadContext: () => context });
  pages.all('*', (request, response, next) => void remix(request, response, next));
  return pages;
}

function endOnSignals(world: World, server: Server): void {
  const end = (): void => {
    server.close(() => void world.close());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS).unref();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
