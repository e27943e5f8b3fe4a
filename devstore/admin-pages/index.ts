/** The local Shopify admin: a few pages of a shop, and the page that embeds the app. */
import { readFileSync } from 'node:fs';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from 'express';
import { z } from 'zod';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { bridgeAnswers } from './bridge-answers.ts';
import { bundleScript } from './bundle.ts';
import { canonicalOrigin, localHostsOnly, ownPagesOnly } from '../local-hosts-only.ts';
import { customerPage, customersPage } from './customers.ts';
import { framePage, installPage, type AdminLanguage } from './app-page.ts';
import { homePage, shopsPage } from './home.ts';
import { html } from './html.ts';
import { installApp, uninstallApp } from '../state/shops/install-app.ts';
import { layout, type Page } from './layout.ts';
import { orderActions } from './order-actions.ts';
import { orderPage, ordersPage } from './orders.ts';
import { productsPage } from './products.ts';
import { settingsPage } from './settings.ts';
import { notFound, Refusal } from '../state/refusal.ts';
import { rewardPages } from './reward-pages.ts';
import { readThemeExtension } from '../storefront/theme-extension.ts';
import { storeByHandle, storePath } from './shop-address.ts';
import { themeEditorPage } from './theme-editor.ts';

export { createTunnel } from './tunnel.ts';

const css = new URL('admin.css', import.meta.url);
const frameScript = '/assets/frame.js';

export function createAdminPages(world: World): Express {
  const admin = express();
  admin.disable('x-powered-by');
  admin.use('/assets', localHostsOnly());
  admin.get('/assets/admin.css', (_request, response) => {
    response.type('css').send(readFileSync(css));
  });
  let frame: Promise<string> | null = null;
  admin.get(frameScript, (_request, response, next) => {
    frame ??= bundleScript(new URL('frame/index.ts', import.meta.url), {});
    frame.then((script) => response.type('text/javascript').send(script)).catch(next);
  });

  const origin = world.addresses.admin;
  const guards = [localHostsOnly(), canonicalOrigin(origin), ownPagesOnly(origin), notFramed];
  admin.get('/', guards, (_request: Request, response: Response) => {
    response.redirect(storePath(world.demo()));
  });
  admin.get('/stores', guards, (_request: Request, response: Response) => {
    response.send(shopsPage(world).text);
  });
  admin.use('/store/:handle', guards, storePages(world), pageErrors(world));
  return admin;
}

const storeOf = (world: World, request: Request): Store =>
  storeByHandle(world, String(request.params['handle']));

function storePages(world: World): express.Router {
  const router = express.Router({ mergeParams: true });
  router.use(
    express.urlencoded({ extended: false, limit: '64kb' }),
    express.json({ limit: '64kb' }),
  );
  const page = (path: string | string[], draw: (store: Store, request: Request) => Page) =>
    router.get(path, (request: Request, response: Response) => {
      const store = storeOf(world, request);
      response.send(layout(world, store, draw(store, request)));
    });
  const query = (request: Request) => z.string().catch('').parse(request.query['q']);

  page('/', (store) => ({ title: 'Home', section: 'home', body: homePage(world, store) }));
  page('/orders', (store, request) => ({
    title: 'Orders',
    section: 'orders',
    body: ordersPage(store, query(request), request.query['page']),
  }));
  page('/orders/:id', (store, request) => {
    const order = store.requireOrder(String(request.params['id']));
    return { title: order.name, section: 'orders', body: orderPage(store, order) };
  });
  page('/customers', (store, request) => ({
    title: 'Customers',
    section: 'customers',
    body: customersPage(store, query(request), request.query['page']),
  }));
  page('/customers/:id', (store, request) => {
    const customer = store.requireCustomer(String(request.params['id']));
    return { title: 'Customer', section: 'customers', body: customerPage(store, customer) };
  });
  page('/products', (store, request) => ({
    title: 'Products',
    section: 'products',
    body: productsPage(store, query(request), request.query['page']),
  }));
  rewardPages(router, (request) => storeOf(world, request), page);
  // Apps build this address from the shop's domain (`/admin/themes/…`) or from the admin's own.
  page(['/themes/current/editor', '/admin/themes/current/editor'], (store, request) => ({
    title: 'Theme editor',
    section: 'themes',
    body: themeEditorPage(
      world,
      store,
      z
        .string()
        .catch('')
        .parse(request.query['activateAppId'] ?? request.query['addAppBlockId']),
    ),
  }));
  page('/settings/apps', (store, request) => ({
    title: 'Settings',
    section: 'settings',
    body: settingsPage(world, store, languageOf(request)),
  }));

  router.use('/orders/:id', orderActions(world));
  router.use(
    '/bridge',
    bridgeAnswers(world, (request) => storeOf(world, request)),
  );
  router.post('/themes/current/blocks/:block', (request: Request, response: Response) => {
    const body = z.object({ active: z.enum(['yes', 'no']) }).parse(request.body);
    const store = storeOf(world, request);
    const block = String(request.params['block']);
    if (!readThemeExtension().blocks.some((one) => one.handle === block)) {
      notFound(`The app has no theme block ${block}.`);
    }
    store.setBlockActive(block, body.active === 'yes');
    response.redirect(303, request.get('referer') ?? `${storePath(store)}/themes/current/editor`);
  });
  appRoutes(world, router);
  return router;
}

const languageCookie = 'local_admin_language';

function languageOf(request: Request): AdminLanguage {
  const found = new RegExp(`(?:^|;\\s*)${languageCookie}=(\\w+)`).exec(
    request.headers.cookie ?? '',
  );
  return found?.[1] === 'de' ? 'de' : 'en';
}

function appRoutes(world: World, router: express.Router): void {
  const { handle } = world.app;
  router.post('/settings/language', (request: Request, response: Response) => {
    const { language } = z.object({ language: z.enum(['en', 'de']) }).parse(request.body);
    response.cookie(languageCookie, language, { httpOnly: true, sameSite: 'lax', path: '/' });
    response.redirect(303, `${storePath(storeOf(world, request))}/settings/apps`);
  });
  router.post(`/apps/${handle}/install`, (request: Request, response: Response) => {
    const store = storeOf(world, request);
    installApp(store, world.app);
    response.redirect(303, `${storePath(store)}/apps/${handle}`);
  });
  router.post(`/apps/${handle}/uninstall`, (request: Request, response: Response) => {
    const store = storeOf(world, request);
    uninstallApp(store);
    response.redirect(303, `${storePath(store)}/settings/apps`);
  });
  // Shopify takes the client id in place of the handle.
  router.get(
    [`/apps/${world.credentials.apiKey}`, `/apps/${world.credentials.apiKey}/*`],
    (request: Request, response: Response) => {
      const store = storeOf(world, request);
      const rest = request.url.slice(`/apps/${world.credentials.apiKey}`.length);
      response.redirect(`${storePath(store)}/apps/${handle}${rest}`);
    },
  );
  router.get([`/apps/${handle}`, `/apps/${handle}/*`], (request: Request, response: Response) => {
    const store = storeOf(world, request);
    const rest = request.url.slice(`/apps/${handle}`.length);
    const path = rest.startsWith('/') ? rest.replace(/^\/+/, '/') : `/${rest}`;
    const installed = store.installation !== null;
    const page: Page = installed
      ? {
          title: world.app.name,
          section: 'app',
          body: framePage(world, store, path, languageOf(request)),
          full: true,
          script: frameScript,
        }
      : { title: 'Install', section: 'app', body: installPage(world, store) };
    response.set('Cache-Control', 'no-store').send(layout(world, store, page));
  });
}

/** The admin is not to be framed by the app or anybody else. */
function notFramed(_request: Request, response: Response, next: () => void): void {
  response.set('Content-Security-Policy', "frame-ancestors 'none'");
  next();
}

/** A refusal is shown as a sentence; anything else is a bug and goes on to be one. */
function pageErrors(world: World): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const unreadable = error instanceof z.ZodError;
    if (!(error instanceof Refusal) && !unreadable) {
      next(error);
      return;
    }
    const status = unreadable ? 400 : error.reason === 'not_found' ? 404 : 422;
    const text = unreadable ? 'The request could not be read.' : error.message;
    response.status(status);
    const handle = /^\/store\/([^/?]+)/.exec(request.originalUrl)?.[1] ?? '';
    const store = world.find(`${handle}.myshopify.com`);
    if (!store || request.is('json')) {
      response.json({ error: text });
      return;
    }
    const body = html`<p><a href="${storePath(store)}">Home</a></p>`;
    const notice = { tone: 'critical' as const, text };
    response.send(layout(world, store, { title: 'Not possible', section: 'home', body, notice }));
  };
}
