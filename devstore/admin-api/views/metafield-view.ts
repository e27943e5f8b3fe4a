import type { GraphQLResolveInfo } from 'graphql';
import type { Metafield } from '../../state/metafield.ts';
import type { Store } from '../../state/store.ts';
import { gid, parseGid } from '../../state/ids.ts';
import { connectionOf, type ConnectionArguments } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { ownerView } from './node-view.ts';

export function metafieldView(store: Store, metafield: Metafield): View {
  const owner = parseGid(metafield.ownerId);
  return {
    __typename: 'Metafield',
    id: gid('Metafield', metafield.id),
    legacyResourceId: metafield.id,
    namespace: metafield.namespace,
    key: metafield.key,
    type: metafield.type,
    value: metafield.value,
    jsonValue: () => jsonValue(metafield),
    compareDigest: metafield.compareDigest,
    sizeInBytes: Buffer.byteLength(metafield.value),
    ownerType: (owner?.type ?? '').toUpperCase(),
    owner: () => ownerView(store, metafield.ownerId),
    createdAt: metafield.createdAt,
    updatedAt: metafield.updatedAt,
  };
}

type NameArguments = { namespace?: string | null; key: string };
type ListArguments = ConnectionArguments & {
  namespace?: string | null;
  keys?: readonly string[] | null;
};

/** The fields `metafield` and `metafields` that every owner has. */
export function metafieldFields(store: Store, ownerId: string): Record<string, unknown> {
  return {
    metafield: ({ namespace, key }: NameArguments) => {
      const found = store.metafield(ownerId, namespace ?? null, key);
      return found ? metafieldView(store, found) : null;
    },
    metafields: (args: ListArguments, context: Context, info: GraphQLResolveInfo) => {
      const namespace = args.namespace == null ? null : store.namespaceOf(args.namespace);
      const keys = args.keys ?? null;
      const items = store
        .metafields(ownerId)
        .filter((one) => namespace === null || one.namespace === namespace)
        .filter(
          (one) =>
            keys === null || keys.includes(one.key) || keys.includes(`${one.namespace}.${one.key}`),
        );
      const sort = {
        of: (one: Metafield) => one.id.padStart(20, '0'),
        id: (one: Metafield) => one.id,
      };
      return connectionOf(items, args, context, info, sort, (one) => metafieldView(store, one));
    },
  };
}

function jsonValue(metafield: Metafield): unknown {
  const structured = metafield.type === 'json' || metafield.type.startsWith('list.');
  const literal = ['number_integer', 'boolean'].includes(metafield.type);
  return structured || literal ? (JSON.parse(metafield.value) as unknown) : metafield.value;
}
