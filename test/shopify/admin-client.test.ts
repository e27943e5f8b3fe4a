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
