/** The page that embeds the app, or offers to install it. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { action } from './orders.ts';
import { handleOf, storePath } from './shop-address.ts';
import { html, type Html } from './html.ts';
import { sessionToken } from '../oauth/session-token.ts';

export function installPage(world: World, store: Store): Html {
  return html`<h1>Install ${world.app.name}</h1>
    <section class="card">
      <p>${world.app.name} will be able to:</p>
      <ul>
        ${world.app.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>
      ${action(`${storePath(store)}/apps/${world.app.handle}/install`, 'Install', 'primary')}
    </section>`;
}

/** Languages that a merchant can set the local admin to; the app is told which by `locale`. */
export const adminLanguages = { en: 'English', de: 'Deutsch' } as const;
export type AdminLanguage = keyof typeof adminLanguages;

export function framePage(world: World, store: Store, path: string, language: AdminLanguage): Html {
  const base = storePath(store);
  return html`<div id="title-bar" class="title-bar"><h1>${world.app.name}</h1></div>
    <iframe
      id="app-frame"
      title="${world.app.name}"
      data-src="${frameAddress(world, store, path, language)}"
      data-origin="${world.addresses.tunnel}"
      data-store="${base}"
      data-app="${base}/apps/${world.app.handle}"
      data-name="${world.app.name}"
      allow="clipboard-write"
    ></iframe>
    <noscript>The app's page needs JavaScript.</noscript>`;
}

/** The address the iframe loads: the app's path with everything Shopify adds, signed as Shopify signs. */
export function frameAddress(
  world: World,
  store: Store,
  path: string,
  language: AdminLanguage,
): string {
  // Joined as text: resolved against the origin, a path like /\host would be another site.
  const url = new URL(world.addresses.tunnel + path);
  const host = Buffer.from(`admin.shopify.com/store/${handleOf(store)}`).toString('base64');
  const added = {
    embedded: '1',
    host,
    id_token: sessionToken(world, store),
    locale: language,
    session: randomBytes(32).toString('hex'),
    shop: store.domain,
    timestamp: String(Math.floor(world.clock.now().getTime() / 1000)),
  };
  for (const [name, value] of Object.entries(added)) url.searchParams.set(name, value);
  url.searchParams.set('hmac', signQuery(url.searchParams, world.credentials.apiSecret));
  return url.href;
}

function signQuery(parameters: URLSearchParams, secret: string): string {
  const message = [...parameters]
    .filter(([name]) => name !== 'hmac')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  return createHmac('sha256', secret).update(message).digest('hex');
}
