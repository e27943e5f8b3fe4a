/** The frame around every page of the local admin. */
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { html, type Html, type Part } from './html.ts';
import { storePath } from './shop-address.ts';

export type Section =
  | 'home'
  | 'orders'
  | 'customers'
  | 'products'
  | 'discounts'
  | 'gift-cards'
  | 'themes'
  | 'settings'
  | 'app';

export type Page = {
  title: string;
  section: Section;
  body: Part;
  /** Shown above the body: what an action did, or why it was refused. */
  notice?: Notice | null;
  /** The app's page fills the whole width and draws its own title. */
  full?: boolean;
  script?: string;
};

export type Notice = { tone: 'success' | 'critical'; text: string };

const places: { section: Section; label: string; path: string }[] = [
  { section: 'home', label: 'Home', path: '' },
  { section: 'orders', label: 'Orders', path: '/orders' },
  { section: 'customers', label: 'Customers', path: '/customers' },
  { section: 'products', label: 'Products', path: '/products' },
  { section: 'discounts', label: 'Discounts', path: '/discounts' },
  { section: 'gift-cards', label: 'Gift cards', path: '/gift-cards' },
  { section: 'themes', label: 'Online store', path: '/themes/current/editor' },
  { section: 'settings', label: 'Settings', path: '/settings/apps' },
];

export function layout(world: World, store: Store, page: Page): string {
  const base = storePath(store);
  const appBase = `${base}/apps/${world.app.handle}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · ${store.shop.name}</title>
        <link rel="stylesheet" href="/assets/admin.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="top">
          <a class="brand" href="${base}">${store.shop.name}</a>
          <a class="local" href="/stores">local Shopify, ${world.stores().length} shops</a>
          <div
            id="save-bar"
            class="save-bar"
            role="region"
            aria-label="Unsaved changes"
            hidden
          ></div>
          <span class="who">${store.staff.firstName} ${store.staff.lastName}</span>
        </header>
        <div id="loading" class="loading" role="progressbar" aria-label="Loading" hidden></div>
        <details class="phone-nav">
          <summary>Menu</summary>
          ${nav(world, page, base, appBase, false)}
        </details>
        <div class="columns">
          <aside>${nav(world, page, base, appBase, true)}</aside>
          <main id="main" class="${page.full ? 'full' : ''}">
            ${page.notice && html`<p class="notice ${page.notice.tone}" role="status">${page.notice.text}</p>`}
            ${page.body}
          </main>
        </div>
        <div id="toasts" class="toasts" aria-live="polite"></div>
        ${page.script && html`<script src="${page.script}"></script>`}
      </body>
    </html>`.text;
}

/** Drawn twice, for wide and narrow windows; the app's own items are kept in the wide one. */
function nav(world: World, page: Page, base: string, appBase: string, wide: boolean): Html {
  const here = (section: Section) => (page.section === section ? html`aria-current="page"` : null);
  return html`<nav aria-label="${wide ? 'Admin' : 'Admin, small window'}">
    <ul>
      ${places.map(
        (place) =>
          html`<li><a href="${base}${place.path}" ${here(place.section)}>${place.label}</a></li>`,
      )}
    </ul>
    <h2>Apps</h2>
    <ul>
      <li>
        <a href="${appBase}" data-app-home ${here('app')}>${world.app.name}</a>
        <ul class="app-nav" data-app-nav></ul>
      </li>
    </ul>
  </nav>`;
}
