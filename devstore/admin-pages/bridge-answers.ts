/** What the app's page asks through App Bridge. Mounted under `/store/<handle>/bridge`. */
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { extensionStatus } from './theme-editor.ts';
import { grantScopes, revokeScopes } from '../state/shops/install-app.ts';
import { sessionToken } from '../oauth/session-token.ts';
import { resources } from './resources.ts';

const scopesBody = z.object({ scopes: z.array(z.string()) });
const picked = z.object({
  type: z.enum(['product', 'variant', 'collection']),
  query: z.string().default(''),
  within: z.string().default(''),
  draft: z.enum(['yes', 'no']).default('yes'),
  archived: z.enum(['yes', 'no']).default('yes'),
  hidden: z.enum(['yes', 'no']).default('yes'),
});

export function bridgeAnswers(world: World, storeOf: (request: Request) => Store): Router {
  const router = Router({ mergeParams: true });
  const answer = (path: string, value: (store: Store, request: Request) => object) =>
    router.post(path, (request: Request, response: Response) => {
      response.json(value(storeOf(request), request));
    });

  answer('/id-token', (store) => ({ token: sessionToken(world, store) }));
  answer('/user', (store) => ({
    value: {
      id: Number(store.staff.id),
      name: `${store.staff.firstName} ${store.staff.lastName}`,
      email: store.staff.email,
      accountAccess: 'Administrator',
    },
  }));
  answer('/extensions', (store) => ({ value: extensionStatus(store) }));
  answer('/scopes', (store) => ({ value: scopeDetail(world, store) }));
  answer('/scopes-grant', (store, request) => {
    grantScopes(store, world.app, scopesBody.parse(request.body).scopes);
    return { value: scopeDetail(world, store) };
  });
  answer('/scopes-revoke', (store, request) => {
    revokeScopes(store, world.app, scopesBody.parse(request.body).scopes);
    return { value: scopeDetail(world, store) };
  });
  router.get('/resources', (request: Request, response: Response) => {
    response.json(resources(storeOf(request), picked.parse(request.query)));
  });
  return router;
}

function scopeDetail(world: World, store: Store): object {
  return {
    granted: store.installation?.grantedScopes ?? [],
    required: world.app.scopes,
    optional: world.app.optionalScopes,
  };
}
