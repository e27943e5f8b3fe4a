/** Metafields as Liquid sees them: `owner.metafields.<namespace>.<key>.value`. */
import type { Metafield } from '../state/metafield.ts';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { gid } from '../state/ids.ts';

type Drop = Record<string, Record<string, { value: unknown; type: string }>>;

/**
 * The customer's. `$app` stands for the app's own namespace only inside the app's extension. What the
 * app declares without `access.storefront = "public_read"` stays hidden, as on a real storefront.
 */
export function customerMetafields(
  world: World,
  store: Store,
  customerId: string,
  inExtension: boolean,
): Drop {
  const own = store.namespaceOf('$app');
  const readable = new Set(
    world.app.metafields
      .filter((one) => one.owner === 'Customer' && one.storefront === 'public_read')
      .map((one) => one.key),
  );
  const seen = store
    .metafields(gid('Customer', customerId))
    .filter((one) => one.namespace !== own || readable.has(one.key));
  return drop(seen, inExtension ? own : null);
}

/** The app's own, which only its extension can read. */
export function appMetafields(store: Store): Drop {
  if (!store.installation) return {};
  const owned = store.metafields(gid('AppInstallation', store.installation.id));
  return drop(owned, store.namespaceOf('$app'));
}

function drop(metafields: readonly Metafield[], own: string | null): Drop {
  const drop: Drop = {};
  for (const one of metafields) {
    (drop[one.namespace] ??= {})[one.key] = { value: valueOf(one), type: one.type };
  }
  const mine = own === null ? undefined : drop[own];
  if (mine) drop['$app'] = mine;
  return drop;
}

function valueOf(metafield: Metafield): unknown {
  const { type, value } = metafield;
  if (type === 'json' || type.startsWith('list.')) return JSON.parse(value) as unknown;
  if (type === 'number_integer' || type === 'number_decimal') return Number(value);
  if (type === 'boolean') return value === 'true';
  return value;
}
