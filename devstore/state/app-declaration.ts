/** What shopify.app.toml says about the app, read as Shopify reads it on deploy. */
import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { z } from 'zod';

const access = z
  .object({
    admin: z.string().optional(),
    storefront: z.string().optional(),
    customer_account: z.string().optional(),
  })
  .optional();

const definition = z.object({
  type: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  access,
});

const owned = z
  .object({ metafields: z.object({ app: z.record(z.string(), definition) }) })
  .optional();

const toml = z.object({
  client_id: z.string(),
  name: z.string(),
  handle: z.string().optional(),
  application_url: z.string(),
  access_scopes: z.object({
    scopes: z.string().default(''),
    optional_scopes: z.array(z.string()).default([]),
  }),
  app_proxy: z.object({ url: z.string(), prefix: z.string(), subpath: z.string() }).optional(),
  webhooks: z.object({
    api_version: z.string(),
    subscriptions: z
      .array(
        z.object({
          topics: z.array(z.string()).default([]),
          compliance_topics: z.array(z.string()).default([]),
          uri: z.string(),
          include_fields: z.array(z.string()).optional(),
          name: z.string().optional(),
        }),
      )
      .default([]),
  }),
  customer: owned,
  order: owned,
  product: owned,
});

export type Subscription = {
  topic: string;
  uri: string;
  includeFields: string[] | null;
  name: string | null;
};

export type MetafieldDeclaration = {
  owner: 'Customer' | 'Order' | 'Product';
  key: string;
  type: string;
  name: string;
  storefront: string;
};

export type AppDeclaration = {
  name: string;
  handle: string;
  applicationUrl: string;
  apiVersion: string;
  scopes: string[];
  optionalScopes: string[];
  proxy: { url: string; prefix: string; subpath: string } | null;
  subscriptions: Subscription[];
  metafields: MetafieldDeclaration[];
};

export function readAppDeclaration(path: string): AppDeclaration {
  const read = toml.parse(parse(readFileSync(path, 'utf8')));
  return {
    name: read.name,
    handle: read.handle ?? read.name.toLowerCase(),
    applicationUrl: read.application_url,
    apiVersion: read.webhooks.api_version,
    scopes: splitScopes(read.access_scopes.scopes),
    optionalScopes: read.access_scopes.optional_scopes,
    proxy: read.app_proxy ?? null,
    subscriptions: read.webhooks.subscriptions.flatMap((one) =>
      [...one.topics, ...one.compliance_topics].map((topic) => ({
        topic,
        uri: one.uri,
        includeFields: one.include_fields ?? null,
        name: one.name ?? null,
      })),
    ),
    metafields: [
      ...declared('Customer', read.customer),
      ...declared('Order', read.order),
      ...declared('Product', read.product),
    ],
  };
}

function declared(
  owner: MetafieldDeclaration['owner'],
  section: z.infer<typeof owned>,
): MetafieldDeclaration[] {
  return Object.entries(section?.metafields.app ?? {}).map(([key, one]) => ({
    owner,
    key,
    type: one.type,
    name: one.name ?? key,
    storefront: one.access?.storefront ?? 'none',
  }));
}

function splitScopes(scopes: string): string[] {
  return scopes
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}
