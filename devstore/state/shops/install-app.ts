/** The app comes into a shop, is granted scopes, and leaves. */
import type { AppDeclaration } from '../app-declaration.ts';
import type { Installation } from '../shop.ts';
import type { Store } from '../store.ts';
import { notFound, refuse } from '../refusal.ts';

/** Managed install: the scopes of shopify.app.toml are granted before the app is opened. */
export function installApp(store: Store, app: AppDeclaration): Installation {
  return store.act(() => {
    if (store.installation) return store.installation;
    store.installation = {
      id: `${store.shop.id}${store.appNumber}`.slice(-13),
      installedAt: store.timestamp(),
      grantedScopes: [...app.scopes],
    };
    return store.installation;
  });
}

/** Every token dies at once. Tells app/uninstalled. */
export function uninstallApp(store: Store): void {
  store.act((tell) => {
    requireInstallation(store);
    store.installation = null;
    store.accessTokens = [];
    store.refreshTokens = [];
    tell({ topic: 'app/uninstalled' });
  });
}

/** Grants optional scopes, as the merchant does in the app's request. Tells app/scopes_update. */
export function grantScopes(
  store: Store,
  app: AppDeclaration,
  scopes: readonly string[],
): string[] {
  return store.act((tell) => {
    const installation = requireInstallation(store);
    const foreign = scopes.find((one) => ![...app.scopes, ...app.optionalScopes].includes(one));
    if (foreign !== undefined) refuse(`shopify.app.toml does not declare the scope ${foreign}.`);
    const current = [...new Set([...installation.grantedScopes, ...scopes])].sort();
    return tellScopes(store, installation, current, tell);
  });
}

/** Takes optional scopes away. Tells app/scopes_update. */
export function revokeScopes(
  store: Store,
  app: AppDeclaration,
  scopes: readonly string[],
): string[] {
  return store.act((tell) => {
    const installation = requireInstallation(store);
    const required = scopes.find((one) => app.scopes.includes(one));
    if (required !== undefined) refuse(`${required} is required and cannot be revoked.`);
    const current = installation.grantedScopes.filter((one) => !scopes.includes(one));
    return tellScopes(store, installation, current, tell);
  });
}

function tellScopes(
  store: Store,
  installation: Installation,
  current: string[],
  tell: Parameters<Parameters<Store['act']>[0]>[0],
): string[] {
  const previous = installation.grantedScopes;
  if (current.toSorted().join() === previous.toSorted().join()) return previous;
  installation.grantedScopes = current;
  for (const token of store.accessTokens) token.scopes = [...current];
  tell({ topic: 'app/scopes_update', previous, current });
  return current;
}

export function requireInstallation(store: Store): Installation {
  return store.installation ?? notFound(`The app is not installed in ${store.domain}.`);
}
