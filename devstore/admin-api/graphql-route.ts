/** POST /shops/<shop>/admin/api/<version>/graphql.json */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { World } from '../state/world.ts';
import { useAccessToken } from '../oauth/tokens.ts';
import type { AdminApi, GraphqlAnswer } from './admin-api.ts';
import { internalError } from './errors.ts';
import type { Faults } from './faults.ts';

const requestSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** How long a call that is to time out is left without an answer. */
const silenceMs = 60_000;

export function graphqlRoute(world: World, api: AdminApi, faults: Faults) {
  return async (request: Request, response: Response): Promise<void> => {
    response.set('x-request-id', randomUUID());
    const store = world.find(String(request.params['shop']));
    const version = String(request.params['version']);
    if (!store || version !== world.app.apiVersion) {
      response.status(404).json({ errors: 'Not Found' });
      return;
    }
    response.set('x-shopify-api-version', version);
    const parsed = requestSchema.safeParse(request.body);
    const { query = '', variables, operationName } = parsed.data ?? {};
    const fault = faults.next(store.domain, api.documents.rootFields(query));
    const pace = faults.pace(store.domain);
    if (pace > 0) await sleep(pace);
    if (fault?.kind === 'error') {
      response.status(500).type('text/plain').send('Internal Server Error');
      return;
    }
    if (fault?.kind === 'too-many-requests') {
      response.status(429).set('Retry-After', '2.0').json({ errors: 'Too many requests' });
      return;
    }
    const token = useAccessToken(store, request.get('x-shopify-access-token') ?? '');
    if (!token || fault?.kind === 'unauthorized') {
      const errors = '[API] Invalid API key or access token (unrecognized login or wrong password)';
      response.status(401).json({ errors });
      return;
    }
    if (!parsed.success) {
      response.status(400).json({ errors: { query: 'Required parameter missing or invalid' } });
      return;
    }
    const asked = { query, variables: variables ?? {}, operationName: operationName ?? null };
    const refusal = fault?.kind === 'user-error' ? { field: fault.field, code: fault.code } : null;
    const answer: GraphqlAnswer =
      fault?.kind === 'throttled'
        ? api.throttled(store, 1)
        : await api.answer(store, token, asked, refusal);
    if (fault?.kind === 'hang-up') request.socket.destroy();
    else if (fault?.kind === 'time-out') {
      setTimeout(() => request.socket.destroy(), silenceMs).unref();
    } else if (fault?.kind === 'internal-error') {
      response.json({ errors: [internalError()] });
    } else response.json(answer);
  };
}
