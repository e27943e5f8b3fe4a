/** Errors in the words and with the codes of Shopify's API. */
import {
  BREAK,
  GraphQLError,
  Kind,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLFormattedError,
} from 'graphql';
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

/** Shopify's words for what went wrong within. */
export function internalError(): GraphQLFormattedError {
  return {
    message: 'Internal error. Looks like something went wrong on our end.',
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

/** A variable that does not fit its type; graphql-js says so before it runs anything. */
export function variableError(error: GraphQLError): GraphQLFormattedError | null {
  const match =
    /^Variable "(\$\w+)" (?:got invalid value|of (?:required|non-null) type "(.+?)")/.exec(
      error.message,
    );
  if (!match) return null;
  const [, variable = '', type] = match;
  return {
    message: `Variable ${variable}${type ? ` of type ${type}` : ''} was provided invalid value`,
    locations: error.locations ?? [],
    extensions: {
      code: 'INVALID_VARIABLE',
      problems: [{ path: [], explanation: error.message }],
    },
  };
}

/** Shopify runs on graphql-ruby, whose validation errors have other words, a code and a path. */
export function validationError(
  document: DocumentNode,
  error: GraphQLError,
): GraphQLFormattedError {
  const locations = error.locations ?? [];
  for (const [pattern, say] of wordings) {
    const match = pattern.exec(error.message);
    if (!match) continue;
    const [, ...parts] = match;
    const { message, ...extensions } = say(parts.map((part) => part ?? ''));
    return { message, locations, path: pathOf(document, error), extensions };
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

/** graphql-ruby's path: the operation or fragment, and the fields that lead to the place. */
function pathOf(document: DocumentNode, error: GraphQLError): string[] {
  const wanted = error.nodes?.[0];
  let path: string[] = [];
  visit(document, {
    enter: (node, _key, _parent, _path, ancestors) => {
      if (node !== wanted) return undefined;
      const nodes = ancestors.filter((one): one is ASTNode => !Array.isArray(one));
      path = [...nodes, node].flatMap(stepOf);
      return BREAK;
    },
  });
  return path;
}

function stepOf(node: ASTNode): string[] {
  switch (node.kind) {
    case Kind.OPERATION_DEFINITION:
      return [node.name ? `${node.operation} ${node.name.value}` : node.operation];
    case Kind.FRAGMENT_DEFINITION:
      return [`fragment ${node.name.value}`];
    case Kind.INLINE_FRAGMENT:
      return [node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...'];
    case Kind.FIELD:
      return [node.alias?.value ?? node.name.value];
    default:
      return [];
  }
}
