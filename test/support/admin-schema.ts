/** Shopify's Admin schema of one version, with the access scopes that its fields ask for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';

interface DataFile {
  data: IntrospectionQuery;
  offline_scopes: {
    items: {
      typeName: string;
      fieldName?: string;
      requiredAccess: string;
      offlineScopes: string[];
    }[];
  };
}

/** All of the groups are needed; of a group, one scope. */
type Needs = string[][];

export interface AdminSchema {
  /** What is wrong with the document: Shopify's own rules, and fields that are about to go. */
  faults: (source: string) => string[];
  /** The fields that `granted` does not allow, each with what it needs. */
  missingScopes: (source: string, granted: ReadonlySet<string>) => string[];
}

function readFileOf(version: string): DataFile {
  const file = join(
    import.meta.dirname,
    `../../node_modules/@shopify/dev-mcp/dist/data/admin_${version}.json.gz`,
  );
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as DataFile;
}

/** What values an enum of the newest version has. */
export function enumValues(name: string): readonly string[] {
  const found = readFileOf('2026-10').data.__schema.types.find((type) => type.name === name);
  if (found?.kind !== 'ENUM') throw new Error(`Shopify has no enum ${name}.`);
  return found.enumValues.map((value) => value.name);
}

export function readAdminSchema(version: string): AdminSchema {
  const { data, offline_scopes } = readFileOf(version);
  const schema = buildClientSchema(data, { assumeValid: true });
  const needs = new Map(
    offline_scopes.items
      .filter((item) => item.offlineScopes.length > 0)
      .map((item) => [
        item.fieldName === undefined ? item.typeName : `${item.typeName}.${item.fieldName}`,
        needsOf(item.requiredAccess, item.offlineScopes),
      ]),
  );
  return {
    faults: (source) =>
      validate(schema, parse(source), [...specifiedRules, NoDeprecatedCustomRule]).map(
        (fault) => fault.message,
      ),
    missingScopes: (source, granted) => missingScopes(schema, needs, parse(source), granted),
  };
}

/**
 * The sentences read "`read_orders` access scope or `read_quick_sale` access scope. Also: Requires
 * `read_returns` scope": what stands between two ANDs is a choice.
 */
function needsOf(sentence: string, scopes: string[]): Needs {
  const groups = sentence
    .split(/\bAlso:|\band\b|\bas well as\b/)
    .map((clause) => scopes.filter((scope) => clause.includes(`\`${scope}\``)))
    .filter((group) => group.length > 0);
  return groups.length > 0 ? groups : [scopes];
}

/** A field's own entry counts, else that of the type it returns. */
function missingScopes(
  schema: GraphQLSchema,
  needs: ReadonlyMap<string, Needs>,
  document: DocumentNode,
  granted: ReadonlySet<string>,
): string[] {
  const missing: string[] = [];
  const types = new TypeInfo(schema);
  const allowed = (scope: string): boolean =>
    granted.has(scope) || granted.has(scope.replace(/^read_/, 'write_'));
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const parent = types.getParentType()?.name ?? '';
        const returned = getNamedType(types.getType())?.name ?? '';
        const field = `${parent}.${node.name.value}`;
        const groups = needs.get(field) ?? needs.get(returned) ?? [];
        for (const group of groups) {
          if (!group.some(allowed)) missing.push(`${field} needs ${group.join(' or ')}`);
        }
      },
    }),
  );
  return missing;
}
