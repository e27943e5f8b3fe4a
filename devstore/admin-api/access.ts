/** May a token read a field? Shopify's own table of scopes decides; `write_x` includes `read_x`. */
import { getNamedType, type GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.ts';
import { accessDenied } from './errors.ts';
import type { ScopeRule } from './schema.ts';

export function mayAccess(granted: readonly string[], anyOf: readonly string[]): boolean {
  return anyOf.some(
    (scope) => granted.includes(scope) || granted.includes(scope.replace(/^read_/, 'write_')),
  );
}

export function checkAccess(context: Context, info: GraphQLResolveInfo): void {
  const rule = ruleFor(context.scopes, info);
  if (rule && !mayAccess(context.token.scopes, rule.anyOf)) {
    throw accessDenied(info.fieldName, rule);
  }
}

/** A field's own rule, else that of the type it returns; a connection stands for what it connects. */
function ruleFor(
  scopes: ReadonlyMap<string, ScopeRule>,
  info: GraphQLResolveInfo,
): ScopeRule | undefined {
  const own = scopes.get(`${info.parentType.name}.${info.fieldName}`);
  if (own) return own;
  const returned = getNamedType(info.returnType).name;
  return scopes.get(returned.replace(/Connection$/, ''));
}
