/** POST /shops/<shop>/admin/api/<version>/graphql.json */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { World } from '../state/world.ts';
import { useAccessToken } from '../oauth/tokens.ts';
import type { AdminApi, GraphqlAnswer } from './admin-api.ts';
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
    const fault = faults.next(store.domain);
    if (fault === 'error') {
      response.status(500).type('text/plain').send('Internal Server Error');
      return;
    }
    const token = useAccessToken(store, request.get('x-shopify-access-token') ?? '');
    if (!token || fault === 'unauthorized') {
      const errors = '[API] Invalid API key or access token (unrecognized login or wrong password)';
      response.status(401).json({ errors });
      return;
    }
    const parsed = requestSchema.safeParse(request.body);
    if (!parsed.success) {
      response.status(400).json({ errors: { query: 'Required parameter missing or invalid' } });
      return;
    }
    const { query, variables, operationName } = parsed.data;
    const answer: GraphqlAnswer =
      fault === 'throttled'
        ? api.throttled(store, 1)
        : await api.answer(store, token, {
            query,
            variables: variables ?? {},
            operationName: operationName ?? null,
          });
    if (fault === 'hang-up') request.socket.destroy();
    else if (fault === 'time-out') setTimeout(() => request.socket.destroy(), silenceMs).unref();
    else response.json(answer);
  };
}
