/** Keeps the admin's address in step with the app's, and sends links to the admin where they belong. */
import { adminOrigin, ask, embedded, tell } from './channel.ts';
import { storeHandle, type Config } from './config.ts';

const own = [
  'appLoadId',
  'embedded',
  'hmac',
  'host',
  'id_token',
  'link_source',
  'locale',
  'protocol',
  'session',
  'shop',
  'timestamp',
];

/** The app's path as a person may keep it: without what the admin adds to each load. */
export function currentPath(): string {
  const url = new URL(window.location.href);
  for (const name of own) url.searchParams.delete(name);
  return url.pathname + url.search + url.hash;
}

export function followHistory(): void {
  const report = () => tell({ kind: 'location', path: currentPath() });
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = window.history[method].bind(window.history);
    window.history[method] = (...parts: Parameters<History['pushState']>) => {
      original(...parts);
      report();
    };
  }
  window.addEventListener('popstate', report);
  window.addEventListener('hashchange', report);
  tell({ kind: 'loaded', path: currentPath() });
}

/** A click in the admin's nav: the app's router takes it, or, where none runs, the browser. */
export function navigate(href: string): void {
  const menu = document.querySelector('ui-nav-menu, s-app-nav');
  if (!menu) {
    window.location.assign(href);
    return;
  }
  const link = document.createElement('a');
  link.setAttribute('href', href);
  link.hidden = true;
  document.body.append(link);
  link.dispatchEvent(new Event('shopify:navigate', { bubbles: true }));
  link.remove();
}

/**
 * The local address of a page of the real admin, or null. Shopify's hosts cannot be reached here, so
 * links to `admin.shopify.com/store/<store>/…` and `<shop>/admin/…` lead to the local admin.
 */
export function localAdminUrl(address: string, config: Config): string | null {
  const store = `${adminOrigin}/store/${storeHandle(config)}`;
  const direct = /^shopify:(?:\/\/)?\/?admin(\/.*)?$/i.exec(address);
  if (direct) return store + (direct[1] ?? '');
  const url = new URL(address, window.location.href);
  if (url.origin === adminOrigin) return url.href;
  const rest = url.pathname + url.search + url.hash;
  if (url.hostname === 'admin.shopify.com') return adminOrigin + rest;
  if (url.hostname === config.shop && /^\/admin(\/|$)/.test(url.pathname)) {
    return store + rest.slice('/admin'.length);
  }
  return null;
}

/** Opens a page outside the iframe. In the iframe itself the admin would refuse to be framed. */
export function leaveTo(address: string, target: string, config: Config): void {
  const url = localAdminUrl(address, config) ?? new URL(address, window.location.href).href;
  if (embedded && target !== '_blank') tell({ kind: 'open', url, target: '_top' });
  else if (target === '_blank') originalOpen(url, '_blank', 'noopener');
  else window.location.assign(url);
}

const originalOpen = window.open.bind(window);

/** `unsaved` says whether a save bar shows; `abandon` gives its changes up. */
export function catchLinks(config: Config, unsaved: () => boolean, abandon: () => void): void {
  window.open = (url, target, features) => {
    if (url === undefined) return originalOpen(url, target, features);
    const outside = localAdminUrl(String(url), config);
    const wanted = target ?? '_blank';
    if (outside === null && !['_top', '_parent'].includes(wanted)) {
      return originalOpen(url, target, features);
    }
    leaveTo(String(url), wanted === '_self' ? '_top' : wanted, config);
    return null;
  };

  const opened = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const address = link.getAttribute('href') ?? '';
    const target = link.getAttribute('target') ?? '_self';
    if (unsaved() && target !== '_blank' && !address.startsWith('#')) {
      event.preventDefault();
      event.stopPropagation();
      void ask({ ask: 'leave-confirmation' }).then((leave) => {
        if (leave !== true) return;
        abandon();
        (link as HTMLElement).click();
      });
      return;
    }
    const outside = localAdminUrl(address, config);
    if (outside === null && target !== '_top' && target !== '_parent') return;
    event.preventDefault();
    event.stopPropagation();
    leaveTo(address, target === '_self' ? '_top' : target, config);
  };
  document.addEventListener('click', opened, true);
}
