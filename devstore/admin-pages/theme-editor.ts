/** A theme editor as small as it can be: which of the app's embeds and blocks are in the theme. */
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { readThemeExtension, type ThemeBlock } from '../storefront/theme-extension.ts';
import { html, type Html } from './html.ts';
import { storePath } from './shop-address.ts';

/** `activate` is the query's `activateAppId` or `addAppBlockId`: `<client id>/<block handle>`. */
export function themeEditorPage(world: World, store: Store, activate: string): Html {
  const extension = readThemeExtension();
  const embeds = extension.blocks.filter((block) => block.schema.target !== 'section');
  const blocks = extension.blocks.filter((block) => block.schema.target === 'section');
  const [clientId, asked] = activate.split('/');
  const known = clientId === world.credentials.apiKey;
  const list = (title: string, about: string, rows: ThemeBlock[]) =>
    html`<section class="card">
      <h2>${title}</h2>
      <p class="muted">${about}</p>
      ${rows.map((block) => blockRow(world, store, block, known && block.handle === asked))}
    </section>`;
  return html`<h1>Theme editor</h1>
    <p class="muted">
      The published theme of ${store.shop.name}.
      ${
        world.demo() === store &&
        html`<a href="${world.addresses.storefront}/?preview=editor"
          >Look at it as the editor does</a
        >`
      }
    </p>
    ${
      activate !== '' &&
      !known &&
      html`<p class="notice critical">
        The link names the app ${clientId ?? ''}, which is not here.
      </p>`
    }
    ${list('App embeds', 'Shown on every page. Off until you switch them on.', embeds)}
    ${list('App blocks', 'Placed on the product page and on the account page.', blocks)}`;
}

function blockRow(world: World, store: Store, block: ThemeBlock, asked: boolean): Html {
  const active = store.theme.activeBlocks.includes(block.handle);
  const verb =
    block.schema.target === 'section' ? ['Add to theme', 'Remove'] : ['Switch on', 'Switch off'];
  return html`<div class="line ${asked ? 'asked' : ''}">
    <div>
      <strong>${block.name}</strong> <span class="muted">${world.app.name}</span>
      <div><span class="badge ${active ? 'paid' : ''}">${active ? 'On' : 'Off'}</span></div>
    </div>
    <form method="post" action="${storePath(store)}/themes/current/blocks/${block.handle}">
      <input type="hidden" name="active" value="${active ? 'no' : 'yes'}" />
      <button class="button ${asked && !active ? 'primary' : ''}" ${asked && html`autofocus`}>
        ${active ? verb[1] : verb[0]}
      </button>
    </form>
  </div>`;
}

/** What `shopify.app.extensions()` answers. */
export function extensionStatus(store: Store): object[] {
  if (!store.installation) return [];
  const extension = readThemeExtension();
  return [
    {
      handle: extension.handle,
      type: 'theme_app_extension',
      activations: extension.blocks.map((block) => {
        const active = store.theme.activeBlocks.includes(block.handle);
        const target = block.schema.target;
        return {
          target,
          handle: block.handle,
          name: block.name,
          status: active ? 'active' : 'available',
          activations: active ? placesOf(target, block.handle) : [],
        };
      }),
    },
  ];
}

function placesOf(target: string, handle: string): { target: string; themeId: string }[] {
  const themeId = 'gid://shopify/OnlineStoreTheme/1';
  if (target !== 'section') return [{ target: `embed/${handle}`, themeId }];
  return [
    { target: `template--product/main/${handle}`, themeId },
    { target: `template--customers/account/main/${handle}`, themeId },
  ];
}
