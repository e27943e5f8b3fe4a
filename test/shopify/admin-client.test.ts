import { expect, it } from 'vitest';
import { z } from 'zod';
import { makeAdminClient, Refused } from '../../app/shopify/admin-client.ts';

const denied = {
  message: 'This app is not approved to access the shippingAddress field.',
  extensions: { code: 'ACCESS_DENIED' },
  path: ['order', 'shippingAddress'],
};
const answer = z.object({
  order: z.object({ id: z.string(), shippingAddress: z.object({}).nullable() }),
});

function asked(body: object): Promise<unknown> {
  const client = makeAdminClient({
    domain: 'small.myshopify.com',
    accessToken: 'token',
    fetch: () => Promise.resolve(Response.json(body)),
  });
  return client.request('query { order(id: "1") { id } }', {}, answer);
}

it('does without protected parts that the app is not approved for, when the rest is there', async () => {
  const data = { order: { id: '1', shippingAddress: null } };
  await expect(asked({ data, errors: [denied] })).resolves.toEqual(data);
});

it.each<[string, object]>([
  ['what was asked for itself is denied', { data: { order: null }, errors: [denied] }],
  ['there is nothing but a denial', { errors: [denied] }],
  [
    'something else is wrong, too',
    {
      data: { order: { id: '1', shippingAddress: null } },
      errors: [
        denied,
        { message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ],
    },
  ],
])('is refused when %s', async (_name, body) => {
  await expect(asked(body)).rejects.toThrow(Refused);
});

it('names the scope that is missing, and does not go on without it', async () => {
  const missing = {
    message: 'Access denied for order field. Required access: `read_orders` access scope.',
    extensions: { code: 'ACCESS_DENIED', requiredAccess: '`read_orders` access scope.' },
    path: ['order', 'shippingAddress'],
  };
  const data = { order: { id: '1', shippingAddress: null } };
  await expect(asked({ data, errors: [missing] })).rejects.toMatchObject({
    name: 'AccessDenied',
    scope: 'read_orders',
  });
});

it('knows from the last answer what is left of the budget', async () => {
  const cost = {
    requestedQueryCost: 10,
    throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1990, restoreRate: 100 },
  };
  const body = { data: { order: { id: '1', shippingAddress: null } }, extensions: { cost } };
  const client = makeAdminClient({
    domain: 'small.myshopify.com',
    accessToken: 'token',
    fetch: () => Promise.resolve(Response.json(body)),
  });
  expect(client.budget()).toBeNull();
  await client.request('query { order(id: "1") { id } }', {}, answer);
  expect(client.budget()).toEqual({ available: 1990, most: 2000, perSecond: 100 });
});
