import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { html, type Html } from './html.ts';
import { storePath } from './shop-address.ts';

export function homePage(world: World, store: Store): Html {
  const base = storePath(store);
  const figures: [string, number, string][] = [
    ['Orders', store.orders.size, `${base}/orders`],
    ['Customers', store.customers.size, `${base}/customers`],
    ['Products', store.products.size, `${base}/products`],
  ];
  const storefront = world.demo() === store;
  return html`<h1>${store.shop.name}</h1>
    <div class="grid">
      ${figures.map(
        ([label, count, path]) =>
          html`<a class="card figure" href="${path}"
            ><span>${label}</span><strong>${count}</strong></a
          >`,
      )}
    </div>
    <section class="card">
      <h2>Where to go</h2>
      <ul class="links">
        <li><a href="${base}/apps/${world.app.handle}">Open ${world.app.name}</a></li>
        ${storefront && html`<li><a href="${world.addresses.storefront}">Visit the storefront</a></li>`}
        <li>
          <a href="${base}/themes/current/editor?context=apps">Switch theme blocks on or off</a>
        </li>
      </ul>
      <p class="muted">
        ${store.domain} is a shop of the local Shopify on this machine. Nothing here reaches
        Shopify.
      </p>
    </section>`;
}

export function shopsPage(world: World): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Shops</title>
        <link rel="stylesheet" href="/assets/admin.css" />
      </head>
      <body>
        <main>
          <h1>Shops of the local Shopify</h1>
          <ul class="card links">
            ${world
              .stores()
              .map((store) => html`<li><a href="${storePath(store)}">${store.shop.name}</a></li>`)}
          </ul>
        </main>
      </body>
    </html>`;
}
