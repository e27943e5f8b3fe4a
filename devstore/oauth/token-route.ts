/** POST /shops/<shop>/admin/oauth/access_token: token exchange and refresh, with Shopify's bodies. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { readSessionToken } from './session-token.ts';
import {
  accessSeconds,
  issueOffline,
  issueOnline,
  refresh,
  refreshSeconds,
  type Issued,
} from './tokens.ts';

const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const idTokenType = 'urn:ietf:params:oauth:token-type:id_token';
const offlineType = 'urn:shopify:params:oauth:token-type:offline-access-token';
const onlineType = 'urn:shopify:params:oauth:token-type:online-access-token';

const bodySchema = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.string(),
  subject_token: z.string().optional(),
  subject_token_type: z.string().optional(),
  requested_token_type: z.string().optional(),
  expiring: z.union([z.string(), z.number(), z.boolean()]).optional(),
  refresh_token: z.string().optional(),
});

type Body = z.infer<typeof bodySchema>;

export function tokenRoute(world: World) {
  return (request: Request, response: Response): void => {
    const store = world.find(String(request.params['shop']));
    if (!store) {
      response.status(404).json({ errors: 'Not Found' });
      return;
    }
    const parsed = bodySchema.safeParse(request.body);
    if (!parsed.success) {
      fail(response, 'invalid_request', 'client_id, client_secret and grant_type are required');
      return;
    }
    const body = parsed.data;
    const { apiKey, apiSecret } = world.credentials;
    if (body.client_id !== apiKey || body.client_secret !== apiSecret) {
      fail(response, 'invalid_client', 'The client id or secret is wrong');
      return;
    }
    if (!store.installation) {
      fail(response, 'application_cannot_be_found', `The app is not installed in ${store.domain}`);
      return;
    }
    if (body.grant_type === exchangeGrant) exchange(world, store, body, response);
    else if (body.grant_type === 'refresh_token') renew(store, body, response);
    else fail(response, 'unsupported_grant_type', `${body.grant_type} is not supported`);
  };
}

function exchange(world: World, store: Store, body: Body, response: Response): void {
  if (body.subject_token_type !== idTokenType || body.subject_token === undefined) {
    fail(response, 'invalid_request', 'subject_token must be an id_token');
    return;
  }
  const read = readSessionToken(world, store, body.subject_token);
  if ('refusal' in read) {
    fail(response, 'invalid_subject_token', `The session token was refused: ${read.refusal}`);
    return;
  }
  const { staff } = store;
  if (body.requested_token_type === offlineType) {
    const expiring = ['1', 'true'].includes(String(body.expiring ?? '0'));
    response.json(offlineAnswer(issueOffline(store, expiring)));
  } else if (body.requested_token_type === onlineType) {
    const { access } = issueOnline(store);
    response.json({
      access_token: access.token,
      scope: access.scopes.join(','),
      expires_in: 86_399,
      associated_user_scope: access.scopes.join(','),
      associated_user: {
        id: Number(staff.id),
        first_name: staff.firstName,
        last_name: staff.lastName,
        email: staff.email,
        account_owner: true,
        locale: store.shop.primaryLocale,
        collaborator: false,
        email_verified: true,
      },
    });
  } else {
    fail(response, 'invalid_request', 'requested_token_type must be online or offline');
  }
}

function renew(store: Store, body: Body, response: Response): void {
  const issued = body.refresh_token === undefined ? null : refresh(store, body.refresh_token);
  if (issued) response.json(offlineAnswer(issued));
  else fail(response, 'invalid_grant', 'The refresh token is unknown, used or expired');
}

function offlineAnswer({ access, refreshToken }: Issued): Record<string, string | number> {
  const scope = access.scopes.join(',');
  if (refreshToken === null) return { access_token: access.token, scope };
  return {
    access_token: access.token,
    scope,
    expires_in: accessSeconds,
    refresh_token: refreshToken,
    refresh_token_expires_in: refreshSeconds,
  };
}

/** Shopify answers 400 to every refusal here. */
function fail(response: Response, error: string, description: string): void {
  response.status(400).json({ error, error_description: description });
}
