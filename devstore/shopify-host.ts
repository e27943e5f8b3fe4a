/** What a shop's own host answers, `https://<shop>/admin/...`, and the admin pages behind it. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { graphqlRoute } from './admin-api/graphql-route.ts';
import { localHostsOnly } from './local-hosts-only.ts';
import { tokenRoute } from './oauth/token-route.ts';
import type { Devstore } from './start.ts';

export function createShopifyHost(devstore: Devstore, adminPages: Express): Express {
  const { world, api, faults, bulkOperations } = devstore;
  const app = express();
  app.disable('x-powered-by');
  app.use(localHostsOnly());
  const json = express.json({ limit: '12mb', type: () => true });
  const form = express.urlencoded({ extended: false });
  const graphql = graphqlRoute(world, api, faults);
  app.post('/shops/:shop/admin/oauth/access_token', form, jsonUnlessRead(json), tokenRoute(world));
  app.post('/shops/:shop/admin/api/:version/graphql.json', json, (request, response, next) => {
    graphql(request, response).catch(next);
  });
  app.use('/shops', (error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (error instanceof SyntaxError) response.status(400).json({ errors: 'Bad Request' });
    else next(error);
  });
  app.get('/bulk/:file', (request, response) => {
    const result = bulkOperations.result(request.params.file.replace(/\.jsonl$/, ''));
    if (result === null) response.status(404).type('text/plain').send('There is no such result.\n');
    else response.type('application/jsonl').send(result);
  });
  app.get('/cdn/:shop/products/:file', (request, response) => {
    const store = world.find(request.params.shop);
    const product = store?.products.get(request.params.file.replace(/\.svg$/, ''));
    if (product) response.type('image/svg+xml').send(product.artwork);
    else response.status(404).type('text/plain').send('There is no such picture.\n');
  });
  app.use(adminPages);
  return app;
}

/** The library sends JSON; OAuth clients in general send forms. */
function jsonUnlessRead(json: express.RequestHandler): express.RequestHandler {
  return (request, response, next) => {
    if (request.is('application/x-www-form-urlencoded')) next();
    else json(request, response, next);
  };
}
