/** Errors in the words and with the codes of Shopify's API. */
import { GraphQLError, Kind, type ASTNode, type GraphQLFormattedError } from 'graphql';
import type { ScopeRule } from './schema.ts';

export function notImplemented(what: string): GraphQLError {
  return new GraphQLError(`The local Shopify does not implement ${what}.`, {
    extensions: { code: 'NOT_IMPLEMENTED_LOCALLY', what },
  });
}

export function accessDenied(field: string, rule: ScopeRule): GraphQLError {
  return new GraphQLError(
    `Access denied for ${field} field. Required access: ${rule.requiredAccess}`,
    {
      extensions: {
        code: 'ACCESS_DENIED',
        documentation: 'https://shopify.dev/api/usage/access-scopes',
        requiredAccess: rule.requiredAccess,
      },
    },
  );
}

export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

/** Shopify runs on graphql-ruby, whose validation errors have other words, a code and a path. */
export function validationError(error: GraphQLError): GraphQLFormattedError {
  const locations = error.locations ?? [];
  for (const [pattern, say] of wordings) {
    const match = pattern.exec(error.message);
    if (!match) continue;
    const [, ...parts] = match;
    const { message, ...extensions } = say(parts.map((part) => part ?? ''));
    return { message, locations, path: pathOf(error), extensions } as GraphQLFormattedError;
  }
  return { message: error.message, locations, extensions: { code: 'invalid' } };
}

type Said = { message: string; code: string; [key: string]: string };

const wordings: [RegExp, (parts: string[]) => Said][] = [
  [
    /^Cannot query field "(.+?)" on type "(.+?)"/,
    ([field = '', type = '']) => ({
      message: `Field '${field}' doesn't exist on type '${type}'`,
      code: 'undefinedField',
      typeName: type,
      fieldName: field,
    }),
  ],
  [
    /^Unknown argument "(.+?)" on field "(.+?)\.(.+?)"/,
    ([argument = '', type = '', field = '']) => ({
      message: `Field '${field}' doesn't accept argument '${argument}'`,
      code: 'argumentNotAccepted',
      name: field,
      typeName: type,
      argumentName: argument,
    }),
  ],
  [
    /^Field "(.+?)" of type ".+?" must have a selection of subfields/,
    ([field = '']) => ({
      message: `Field must have selections (field '${field}' returns an object but has no selections)`,
      code: 'selectionMismatch',
      nodeName: `field '${field}'`,
    }),
  ],
  [
    /^Field "(.+?)" must not have a selection since type "(.+?)" has no subfields/,
    ([field = '', type = '']) => ({
      message: `Selections can't be made on scalars (field '${field}' returns ${type.replace(/!$/, '')} but has selections)`,
      code: 'selectionMismatch',
      nodeName: `field '${field}'`,
    }),
  ],
  [
    /^Field "(.+?)" argument "(.+?)" of type "(.+?)" is required/,
    ([field = '', argument = '']) => ({
      message: `Field '${field}' is missing required arguments: ${argument}`,
      code: 'missingRequiredArguments',
      className: 'Field',
      name: field,
      arguments: argument,
    }),
  ],
  [
    /^Variable "(\$.+?)" is not defined/,
    ([variable = '']) => ({
      message: `Variable ${variable} is used but not declared`,
      code: 'variableNotDefined',
      variableName: variable.slice(1),
    }),
  ],
  [
    /^Variable "(\$.+?)" is never used/,
    ([variable = '']) => ({
      message: `Variable ${variable} is declared but not used`,
      code: 'variableNotUsed',
      variableName: variable.slice(1),
    }),
  ],
  [
    /^Variable "(\$.+?)" of type "(.+?)" used in position expecting type "(.+?)"/,
    ([variable = '', type = '', expected = '']) => ({
      message: `Type mismatch on variable ${variable} and argument (${type} / ${expected})`,
      code: 'variableMismatch',
      variableName: variable.slice(1),
      typeName: type,
    }),
  ],
];

/** graphql-ruby's path: the operation and the fields that lead to the place. */
function pathOf(error: GraphQLError): string[] {
  const node = error.nodes?.[0];
  const source = node?.loc?.source.body;
  if (!node?.loc || source === undefined) return [];
  return (
    error.nodes?.flatMap((one: ASTNode) => (one.kind === Kind.FIELD ? [one.name.value] : [])) ?? []
  );
}
