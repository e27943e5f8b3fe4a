/** How the admin names a shop in its addresses: `my-shop` for `my-shop.myshopify.com`. */
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';

export function handleOf(store: Store): string {
  return store.domain.replace(/\.myshopify\.com$/, '');
}

export function storeByHandle(world: World, handle: string): Store {
  return world.store(`${handle}.myshopify.com`);
}

export function storePath(store: Store): string {
  return `/store/${handleOf(store)}`;
}
