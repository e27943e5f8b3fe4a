/** Shopify's own Admin schema, from the data files that @shopify/dev-mcp carries. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';

export type ScopeRule = { requiredAccess: string; anyOf: readonly string[] };

export type AdminSchema = {
  schema: GraphQLSchema;
  /** What reading a field asks for, by `Type.field`, or by the bare name of the type it returns. */
  scopes: ReadonlyMap<string, ScopeRule>;
};

type DataFile = {
  data: IntrospectionQuery;
  offline_scopes: {
    items: {
      type: 'type' | 'field';
      typeName: string;
      fieldName?: string;
      requiredAccess: string;
      offlineScopes: string[];
    }[];
  };
};

const loaded = new Map<string, AdminSchema>();

export function adminSchema(version: string): AdminSchema {
  const known = loaded.get(version);
  if (known) return known;
  const name = `../../node_modules/@shopify/dev-mcp/dist/data/admin_${version}.json.gz`;
  const packed = readFileSync(new URL(name, import.meta.url));
  const file = JSON.parse(gunzipSync(packed).toString('utf8')) as DataFile;
  const scopes = new Map<string, ScopeRule>();
  for (const item of file.offline_scopes.items) {
    if (item.offlineScopes.length === 0) continue;
    const name = item.type === 'type' ? item.typeName : `${item.typeName}.${item.fieldName ?? ''}`;
    scopes.set(name, { requiredAccess: item.requiredAccess, anyOf: item.offlineScopes });
  }
  const schema = buildClientSchema(file.data, { assumeValid: true });
  const ready = { schema, scopes };
  loaded.set(version, ready);
  return ready;
}
