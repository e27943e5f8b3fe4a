import type { AccessToken } from '../state/shop.ts';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import type { BulkOperations } from './bulk/bulk-operations.ts';
import type { ScopeRule } from './schema.ts';

/** What an object of the API is made of: plain values, or functions of the field's arguments. */
export type View = { readonly __typename: string; readonly [field: string]: unknown };

export type Context = {
  world: World;
  store: Store;
  token: Pick<AccessToken, 'scopes'>;
  scopes: ReadonlyMap<string, ScopeRule>;
  bulkOperations: BulkOperations;
  /** Counts what the query really cost. */
  spent: { points: number };
  /** Ordered by a test: what the mutation is to answer instead of doing its work. */
  refusal: OrderedRefusal | null;
  /** In a bulk operation connections give everything, and the outermost one a window of its items. */
  bulk: BulkWindow | null;
};

export type OrderedRefusal = { field: string | null; code: string | null };

export type BulkWindow = {
  rootField: string;
  /** Filled by the root connection at the first window, so that later ones see the same list. */
  items: readonly unknown[] | null;
  from: number;
  size: number;
};
