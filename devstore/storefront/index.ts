/** The storefront of the demo shop, with the app's real theme extension and the signed app proxy. */
import { extname } from 'node:path';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from 'express';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { World } from '../state/world.ts';
import { accountRoutes } from './account.ts';
import { appProxy } from './app-proxy.ts';
import { canonicalOrigin, localHostsOnly, ownPagesOnly } from '../local-hosts-only.ts';
import { cartRoutes } from './cart.ts';
import { catalogueRoutes } from './catalogue.ts';
import { checkoutRoutes } from './checkout.ts';
import { codeRoutes } from './codes.ts';
import { draw, drawAppLiquid, extensionAssets, languages, shopperOf, themeFolder } from './draw.ts';
import { localPath } from './account.ts';
import { notFound, Refusal } from '../state/refusal.ts';
import { readAsset } from './theme-extension.ts';
import { Sessions } from './sessions.ts';

const localizationBody = z.object({
  locale_code: z.enum(['en', 'de']).optional(),
  currency_code: z.string().optional(),
  return_to: z.string().optional(),
});

export function createStorefront(world: World): Express {
  const storefront = express();
  const sessions = new Sessions();
  storefront.disable('x-powered-by');
  storefront.use(localHostsOnly(), canonicalOrigin(world.addresses.storefront));

  // Before the check for own pages: Shopify forwards whatever comes, and the app must be ready for it.
  storefront.use(
    appProxy({
      world,
      sessionOf: (request) => sessions.read(request),
      drawLiquid: (request, liquid) =>
        drawAppLiquid(world, request, shopperOf(world, sessions, request), liquid),
    }),
  );

  storefront.use(ownPagesOnly(world.addresses.storefront));
  storefront.use(express.urlencoded({ extended: false, limit: '64kb' }));
  storefront.get('/assets/theme.css', (_request, response) => {
    response.type('css').send(readFileSync(`${themeFolder}assets/theme.css`));
  });
  storefront.get(`${extensionAssets}:file`, (request: Request, response: Response) => {
    const file = String(request.params['file']);
    const content = readAsset(file);
    if (!content) notFound('The theme extension has no such file.');
    response.type(extname(file)).send(content);
  });
  storefront.post('/localization', (request: Request, response: Response) => {
    const body = localizationBody.parse(request.body);
    sessions.change(request, response, (session) => {
      if (languages.some((one) => one.iso_code === body.locale_code)) {
        session.locale = body.locale_code ?? null;
      }
      const currency = body.currency_code ?? '';
      if (world.demo().currencies().includes(currency)) session.currency = currency;
    });
    response.redirect(303, localPath(body.return_to ?? '/'));
  });
  storefront.use(catalogueRoutes(world, sessions));
  storefront.use(cartRoutes(world, sessions));
  storefront.use(codeRoutes(world, sessions));
  storefront.use(checkoutRoutes(world, sessions));
  storefront.use(accountRoutes(world, sessions));
  storefront.use(() => notFound('This page does not exist.'));
  storefront.use(pageErrors(world, sessions));
  return storefront;
}

/** A refusal is shown as a sentence; anything else is a bug and goes on to be one. */
function pageErrors(world: World, sessions: Sessions): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next) => {
    const unreadable = error instanceof z.ZodError;
    if (!(error instanceof Refusal) && !unreadable) {
      next(error);
      return;
    }
    const missing = !unreadable && error.reason === 'not_found';
    draw(world, request, response, shopperOf(world, sessions, request), {
      template: 'problem',
      title: world.demo().shop.name,
      sentence: unreadable ? 'The request could not be read.' : error.message,
      status: unreadable ? 400 : missing ? 404 : 422,
    }).catch(next);
  };
}
