/** The Admin GraphQL API: Shopify's schema, executed over a store's state. */
import {
  execute,
  getNamedType,
  isObjectType,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLResolveInfo,
} from 'graphql';
import type { AccessToken } from '../state/shop.ts';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { Refusal } from '../state/refusal.ts';
import { checkAccess } from './access.ts';
import type { BulkOperations } from './bulk/bulk-operations.ts';
import type { BulkWindow, Context, OrderedRefusal } from './context.ts';
import { requestedCost, spentOn } from './cost.ts';
import { Documents, operationOf } from './documents.ts';
import { badRequest, notImplemented, variableError } from './errors.ts';
import { mutations } from './mutations.ts';
import { queries } from './queries.ts';
import { adminSchema, type AdminSchema } from './schema.ts';
import { singleQueryLimit, Throttle, type ThrottleStatus } from './throttle.ts';

export type GraphqlRequest = {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | null;
};

export type GraphqlAnswer = {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: { cost: Cost };
};

type Cost = {
  requestedQueryCost: number;
  actualQueryCost: number | null;
  throttleStatus: ThrottleStatus;
};

export class AdminApi {
  readonly admin: AdminSchema;
  readonly documents: Documents;
  readonly throttle: Throttle;
  readonly #world: World;
  readonly #bulkOperations: BulkOperations;

  constructor(world: World, bulkOperations: BulkOperations, throttle = new Throttle()) {
    this.#world = world;
    this.#bulkOperations = bulkOperations;
    this.throttle = throttle;
    this.admin = adminSchema(world.app.apiVersion);
    this.documents = new Documents(this.admin.schema);
  }

  async answer(
    store: Store,
    token: Pick<AccessToken, 'scopes'>,
    request: GraphqlRequest,
    refusal: OrderedRefusal | null = null,
  ): Promise<GraphqlAnswer> {
    const checked = this.documents.check(request.query);
    if ('errors' in checked) return { errors: checked.errors };
    const operation = operationOf(checked.document, request.operationName);
    if (!operation) return { errors: [{ message: 'An operation name is required' }] };

    const { domain, plan } = { domain: store.domain, plan: store.shop.plan };
    const asked = requestedCost(this.admin.schema, checked.document, operation, request.variables);
    if (asked > singleQueryLimit) return tooExpensive(asked);
    if (!this.throttle.take(domain, plan, asked)) {
      return this.throttled(store, asked);
    }
    const context = { ...this.contextFor(store, token, null), refusal };
    const result = await this.run(checked.document, request, context);
    const actual = Math.min(asked, context.spent.points);
    this.throttle.giveBack(domain, asked - actual);
    return {
      ...result,
      extensions: {
        cost: {
          requestedQueryCost: asked,
          actualQueryCost: actual,
          throttleStatus: this.throttle.status(domain, plan),
        },
      },
    };
  }

  /** Shopify says so with HTTP 200 and no data. */
  throttled(store: Store, asked: number): GraphqlAnswer {
    return {
      errors: [
        {
          message: 'Throttled',
          extensions: {
            code: 'THROTTLED',
            documentation: 'https://shopify.dev/api/usage/rate-limits',
          },
        },
      ],
      extensions: {
        cost: {
          requestedQueryCost: asked,
          actualQueryCost: null,
          throttleStatus: this.throttle.status(store.domain, store.shop.plan),
        },
      },
    };
  }

  contextFor(store: Store, token: Pick<AccessToken, 'scopes'>, bulk: BulkWindow | null): Context {
    return {
      world: this.#world,
      store,
      token,
      scopes: this.admin.scopes,
      bulkOperations: this.#bulkOperations,
      spent: { points: 0 },
      refusal: null,
      bulk,
    };
  }

  async run(
    document: Parameters<typeof execute>[0]['document'],
    request: Pick<GraphqlRequest, 'variables' | 'operationName'>,
    context: Context,
  ): Promise<Pick<GraphqlAnswer, 'data' | 'errors'>> {
    const result = await execute({
      schema: this.admin.schema,
      document,
      contextValue: context,
      rootValue: undefined,
      variableValues: request.variables,
      operationName: request.operationName,
      fieldResolver,
    });
    return {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors ? { errors: result.errors.map(formatted) } : {}),
    };
  }
}

/** Strict: a field that no view has is refused by name, never answered with null. */
const fieldResolver: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  checkAccess(context, info);
  const { parentType, fieldName, schema } = info;
  const from =
    parentType === schema.getQueryType()
      ? queries
      : parentType === schema.getMutationType()
        ? mutations
        : source;
  if (typeof from !== 'object' || from === null || !(fieldName in from)) {
    throw notImplemented(`${parentType.name}.${fieldName}`);
  }
  const refused = from === mutations ? orderedRefusal(context, info) : null;
  if (refused) return refused;
  const value = (from as Record<string, unknown>)[fieldName];
  const resolved: unknown =
    typeof value === 'function'
      ? (value as (...all: unknown[]) => unknown)(args, context, info)
      : value;
  context.spent.points += spentOn(info, resolved);
  return resolved;
};

/** The mutation's payload with nothing in it but an error of the code that was ordered. */
function orderedRefusal(
  { refusal }: Context,
  { fieldName, returnType }: GraphQLResolveInfo,
): Record<string, unknown> | null {
  if (!refusal || (refusal.field !== null && refusal.field !== fieldName)) return null;
  const type = getNamedType(returnType);
  if (!isObjectType(type)) return null;
  const empty = Object.keys(type.getFields()).map((name) => [name, null] as const);
  const message = `Ordered by the control API: ${refusal.code ?? 'without a code'}`;
  const error = { field: null, code: refusal.code, message, extraInfo: null };
  return { ...Object.fromEntries(empty), userErrors: [error] };
}

function formatted(error: GraphQLError): GraphQLFormattedError {
  const original = error.originalError;
  if (original instanceof Refusal) {
    const { message, extensions } = badRequest(original.message);
    return { ...error.toJSON(), message, extensions };
  }
  return variableError(error) ?? error.toJSON();
}

function tooExpensive(cost: number): GraphqlAnswer {
  return {
    errors: [
      {
        message: `Query cost is ${cost}, which exceeds the single query max cost limit (${singleQueryLimit}).`,
        extensions: {
          code: 'MAX_COST_EXCEEDED',
          cost,
          maxCost: singleQueryLimit,
          documentation: 'https://shopify.dev/api/usage/rate-limits',
        },
      },
    ],
  };
}
