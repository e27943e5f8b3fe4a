/**
 * The bounce page and pages that are open outside the admin. The app sends a document request without
 * a valid token to a bounce page; there the token is fetched and the page it wanted is loaded again.
 */
import { adminOrigin, embedded } from './channel.ts';
import { storeHandle, type Config } from './config.ts';
import { currentPath } from './navigation.ts';

/** True when this page is about to be replaced. */
export function bounce(idToken: () => Promise<string>): boolean {
  const wanted = new URLSearchParams(window.location.search).get('shopify-reload');
  if (wanted === null || !embedded) return false;
  const url = new URL(wanted, window.location.href);
  // The address came in the query string, and the token is about to be put into it.
  if (url.origin !== window.location.origin) {
    throw new Error('shopify-reload must be a page of the app.');
  }
  void idToken().then((token) => {
    url.searchParams.set('id_token', token);
    window.location.replace(url.href);
  });
  return true;
}

/** Outside the admin an embedded app has no token; App Bridge sends it back in. */
export function returnToAdmin(config: Config): boolean {
  if (embedded || config.shop === '' || config.apiKey === '') return false;
  const path = currentPath();
  window.location.replace(
    `${adminOrigin}/store/${storeHandle(config)}/apps/${config.apiKey}${path}`,
  );
  return true;
}
