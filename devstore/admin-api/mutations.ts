/** The root fields of mutations that the local Shopify performs; others are refused by name. */
import type { MetafieldInput, MetafieldName } from '../state/metafields/write-metafields.ts';
import { changeTags } from '../state/customers/change-customer.ts';
import { deleteMetafields, setMetafields } from '../state/metafields/write-metafields.ts';
import { parseGid } from '../state/ids.ts';
import type { Context, View } from './context.ts';
import { giftCardMutations } from './credit/gift-cards.ts';
import { storeCreditMutations } from './credit/store-credit.ts';
import { discountMutations } from './discounts/discount-mutations.ts';
import { accessDenied, badRequest, notImplemented } from './errors.ts';
import { mayAccess } from './access.ts';
import { bulkOperationView } from './views/bulk-operation-view.ts';
import { customerView } from './views/customer-view.ts';
import { metafieldView } from './views/metafield-view.ts';

type TagsArguments = { id: string; tags: readonly string[] };

export const mutations = {
  ...discountMutations,
  ...giftCardMutations,
  ...storeCreditMutations,

  metafieldsSet: ({ metafields }: { metafields: readonly MetafieldInput[] }, context: Context) => {
    const { store, world } = context;
    for (const { ownerId } of metafields) mayWrite(context, ownerId, 'metafieldsSet');
    const written = setMetafields(store, world.app.metafields, metafields);
    const failed = written.userErrors.length > 0;
    return {
      __typename: 'MetafieldsSetPayload',
      metafields: failed ? null : written.metafields.map((one) => metafieldView(store, one)),
      userErrors: written.userErrors,
    };
  },

  metafieldsDelete: (
    { metafields }: { metafields: readonly MetafieldName[] },
    context: Context,
  ) => {
    for (const { ownerId } of metafields) mayWrite(context, ownerId, 'metafieldsDelete');
    const { deleted, userErrors } = deleteMetafields(context.store, metafields);
    const deletedMetafields = userErrors.length > 0 ? null : deleted;
    return { __typename: 'MetafieldsDeletePayload', deletedMetafields, userErrors };
  },

  tagsAdd: ({ id, tags }: TagsArguments, context: Context) =>
    retag('tagsAdd', 'TagsAddPayload', id, context, (before) => [...before, ...split(tags)]),

  tagsRemove: ({ id, tags }: TagsArguments, context: Context) => {
    const gone = new Set(split(tags).map((tag) => tag.toLowerCase()));
    return retag('tagsRemove', 'TagsRemovePayload', id, context, (before) =>
      before.filter((tag) => !gone.has(tag.toLowerCase())),
    );
  },

  bulkOperationRunQuery: (
    { query, groupObjects }: { query: string; groupObjects: boolean },
    context: Context,
  ) => {
    if (groupObjects) throw notImplemented('bulkOperationRunQuery with groupObjects');
    const started = context.bulkOperations.start(context, query);
    const operation = 'operation' in started ? started.operation : null;
    return {
      __typename: 'BulkOperationRunQueryPayload',
      bulkOperation: operation ? bulkOperationView(context.world, operation) : null,
      userErrors: 'userErrors' in started ? started.userErrors : [],
    };
  },
};

const tagLimit = 250;
const tagLength = 255;

function retag(
  field: string,
  payload: string,
  id: string,
  context: Context,
  next: (tags: readonly string[]) => readonly string[],
): View {
  const { store } = context;
  const parsed = parseGid(id);
  if (!parsed) throw badRequest(`Invalid global id '${id}'`);
  if (parsed.type !== 'Customer') throw notImplemented(`${field} on ${parsed.type}`);
  mayWrite(context, id, field);
  const refuse = (message: string): View => {
    const name = parsed.type;
    const userErrors = [{ field: ['id'], message: message.replace('%', name) }];
    return { __typename: payload, node: null, userErrors };
  };
  const customer = store.customers.get(parsed.id);
  if (!customer) return refuse('% does not exist');
  const wanted = next(customer.tags);
  if (wanted.length > tagLimit) return refuse(`Tags can't be more than ${tagLimit}`);
  if (wanted.some((tag) => tag.length > tagLength)) {
    return refuse(`Tag is too long (maximum is ${tagLength} characters)`);
  }
  changeTags(store, customer.id, next);
  return { __typename: payload, node: customerView(store, customer), userErrors: [] };
}

/** A tag may come as "a, b". */
function split(tags: readonly string[]): string[] {
  return tags.flatMap((tag) => tag.split(',')).map((tag) => tag.trim());
}

const writeScopes: Record<string, string> = {
  Customer: 'write_customers',
  Order: 'write_orders',
  Product: 'write_products',
};

function mayWrite(context: Context, ownerId: string, field: string): void {
  const scope = writeScopes[parseGid(ownerId)?.type ?? ''];
  if (scope === undefined || mayAccess(context.token.scopes, [scope])) return;
  throw accessDenied(field, { requiredAccess: `\`${scope}\` access scope.`, anyOf: [scope] });
}
