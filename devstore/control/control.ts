/** The control API: what merchants, buyers and bad luck do, by HTTP. For tests and for curious people. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Devstore } from '../start.ts';
import { localHostsOnly } from '../local-hosts-only.ts';
import { Refusal } from '../state/refusal.ts';
import { controlPage } from './page.ts';
import { sentenceOf, type Route } from './route.ts';
import { customerRoutes } from './routes/customers.ts';
import { orderRoutes } from './routes/orders.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { rewardRoutes } from './routes/rewards.ts';
import { shopRoutes } from './routes/shop.ts';
import { webhookRoutes } from './routes/webhooks.ts';

export type Chapter = { title: string; routes: Route[] };

export const chapters: Chapter[] = [
  { title: 'Orders', routes: orderRoutes },
  { title: 'Customers', routes: customerRoutes },
  { title: 'Discounts, gift cards, store credit', routes: rewardRoutes },
  { title: 'Reviews', routes: reviewRoutes },
  { title: 'Webhooks and failures', routes: webhookRoutes },
  { title: 'Shop, app and products', routes: shopRoutes },
];

export function createControl(devstore: Devstore): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('json spaces', 2);
  app.use(localHostsOnly(), sameOriginOnly(devstore));
  app.use(express.json({ limit: '6mb', type: () => true, strict: false }));
  app.get('/', (_request, response) => {
    response.type('html').send(controlPage(devstore, chapters));
  });
  for (const { routes } of chapters) {
    for (const one of routes) {
      const method = one.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
      app[method](one.path, (request, response, next) => {
        answer(devstore, one, request).then((body) => response.json(body), next);
      });
    }
  }
  app.use((request, response) => {
    const error = `There is no ${request.method} ${request.path} here; GET / lists what there is.`;
    response.status(404).json({ error });
  });
  app.use(refusals);
  return app;
}

async function answer(devstore: Devstore, one: Route, request: Request): Promise<unknown> {
  const { shop: inBody, ...body } = objectOf(request.body);
  const query: Record<string, string> = {};
  for (const [key, value] of Object.entries(request.query)) {
    if (typeof value !== 'string') throw new Refusal('invalid', `${key} may be given once.`);
    query[key] = value;
  }
  const named = inBody ?? query['shop'];
  if (named !== undefined && typeof named !== 'string') {
    throw new Refusal('invalid', 'shop must be a domain, such as laurel-demo.myshopify.com.');
  }
  const store = named === undefined ? devstore.world.demo() : devstore.world.store(named);
  return one.run({ devstore, store, params: request.params, query }, body);
}

function objectOf(body: unknown): Record<string, unknown> {
  if (body === undefined || body === '') return {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new Refusal('invalid', 'The body must be a JSON object.');
}

/** A page of another origin could otherwise post here from a developer's browser. */
function sameOriginOnly(devstore: Devstore): express.RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    const own = new URL(devstore.addresses.control);
    const allowed = [own.origin, own.origin.replace('localhost', '127.0.0.1')];
    if (origin === undefined || allowed.includes(origin)) {
      next();
      return;
    }
    const error = `Requests from pages of ${origin} are not answered here.`;
    response.status(403).json({ error });
  };
}

/** Wrong input is a sentence and no change. */
function refusals(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (error instanceof Refusal) {
    response.status(error.reason === 'not_found' ? 404 : 400).json({ error: error.message });
  } else if (error instanceof z.ZodError) {
    response.status(400).json({ error: sentenceOf(error) });
  } else if (error instanceof SyntaxError) {
    response.status(400).json({ error: 'The body is not JSON.' });
  } else {
    next(error);
  }
}
