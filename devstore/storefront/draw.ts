/** Draws a page: the theme's template in its layout, with the app's embeds and blocks where they belong. */
import { fileURLToPath } from 'node:url';
import { readdirSync, readFileSync } from 'node:fs';
import type { Request, Response } from 'express';
import type { Customer } from '../state/customer.ts';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import type { Session, Sessions } from './sessions.ts';
import { appMetafields, customerMetafields } from './metafields.ts';
import { cartObject, customerObject, quoteCart, shopObject, type LiquidObject } from './objects.ts';
import { balanceOf, creditAccount } from '../state/credit/store-credit.ts';
import { createEngine, type Page } from './liquid.ts';
import { defaultSettings } from './block-schema.ts';
import { extensionFolder, readThemeExtension, type ThemeBlock } from './theme-extension.ts';
import { flatten, type Translations } from './translations.ts';
import { html, trusted } from '../admin-pages/html.ts';
import { moneyFormatOf } from './money-format.ts';

export const themeFolder = fileURLToPath(new URL('theme/', import.meta.url));
export const extensionAssets = '/extensions/loyalty-theme/assets/';

/** Blocks that this theme's merchant put on product pages and into the account, too. */
const BESIDE = ['member-card', 'refer-friend'];

export type Shopper = {
  store: Store;
  session: Session;
  customer: Customer | null;
  locale: string;
  currency: string;
  /** As the theme editor draws the shop, with notes for the merchant. */
  designMode: boolean;
};

export const languages = [
  { iso_code: 'en', endonym_name: 'English' },
  { iso_code: 'de', endonym_name: 'Deutsch' },
];

export function shopperOf(world: World, sessions: Sessions, request: Request): Shopper {
  const store = world.demo();
  const session = sessions.read(request);
  const preferred = request.acceptsLanguages(languages.map((one) => one.iso_code));
  const currency = session.currency ?? store.shop.currency;
  return {
    store,
    session,
    customer:
      session.customerId === null ? null : (store.customers.get(session.customerId) ?? null),
    locale: session.locale ?? (preferred || store.shop.primaryLocale),
    currency: store.currencies().includes(currency) ? currency : store.shop.currency,
    designMode: request.query['preview'] === 'editor',
  };
}

export type View = {
  template: string;
  title: string;
  /** Drawn where the template says `app_blocks`: beside what the page is about, or on the club's own page. */
  blocks?: 'beside' | 'all';
  /** Nothing of an app's theme extension is drawn in Shopify's checkout. */
  inCheckout?: boolean;
  status?: number;
  [name: string]: unknown;
};

export async function draw(
  world: World,
  request: Request,
  response: Response,
  shopper: Shopper,
  view: View,
): Promise<void> {
  const { template, status, blocks, inCheckout, ...variables } = view;
  const place = inCheckout === true ? 'checkout' : (blocks ?? 'page');
  const drawn = await inLayout(world, request, shopper, view.title, place, (engine, globals) =>
    engine.renderFile(`templates/${template}`, variables, { globals }),
  );
  response
    .status(status ?? 200)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(drawn);
}

/** The app's `application/liquid`: in the theme, unless it says `{% layout none %}`. */
export async function drawAppLiquid(
  world: World,
  request: Request,
  shopper: Shopper,
  liquid: string,
): Promise<string> {
  const bare = /^\s*\{%-?\s*layout\s+none\s*-?%\}/.exec(liquid);
  const globals = globalObjects(world, request, shopper, false);
  const engine = themeEngine(world, shopper, false);
  const text = bare ? liquid.slice(bare[0].length) : liquid;
  if (bare) return String(await engine.parseAndRender(text, {}, { globals }));
  return inLayout(world, request, shopper, world.app.name, 'page', () =>
    engine.parseAndRender(text, {}, { globals }),
  );
}

type Engine = ReturnType<typeof createEngine>;

async function inLayout(
  world: World,
  request: Request,
  shopper: Shopper,
  title: string,
  place: 'page' | 'beside' | 'all' | 'checkout',
  content: (engine: Engine, globals: LiquidObject) => Promise<unknown>,
): Promise<string> {
  const { store } = shopper;
  const active =
    store.installation && place !== 'checkout'
      ? readThemeExtension().blocks.filter((block) =>
          store.theme.activeBlocks.includes(block.handle),
        )
      : [];
  const embeds = active.filter((block) => block.schema.target !== 'section');
  const blocks = active.filter(
    ({ schema, handle }) =>
      schema.target === 'section' &&
      (place === 'all' || (place === 'beside' && BESIDE.includes(handle))),
  );
  const engine = themeEngine(world, shopper, true);
  const globals: LiquidObject = {
    ...globalObjects(world, request, shopper, false),
    has_club: active.some(
      ({ schema, handle }) => schema.target === 'section' && !BESIDE.includes(handle),
    ),
    app_blocks: await drawBlocks(world, request, shopper, blocks),
  };
  const drawn = String(await content(engine, globals));
  const page = {
    page_title: title,
    content_for_layout: drawn,
    content_for_header: headerOf([...embeds, ...blocks]),
    app_embeds: await drawBlocks(world, request, shopper, embeds),
  };
  return String(await engine.renderFile('layout', page, { globals }));
}

/** The stylesheets and scripts that blocks name in their schema, each once, as Shopify puts them in. */
function headerOf(blocks: readonly ThemeBlock[]): string {
  const styles = new Set(blocks.flatMap((block) => block.schema.stylesheet ?? []));
  const scripts = new Set(blocks.flatMap((block) => block.schema.javascript ?? []));
  return [
    ...[...styles].map((name) => html`<link href="${extensionAssets}${name}" rel="stylesheet" />`),
    ...[...scripts].map((name) => html`<script src="${extensionAssets}${name}" defer></script>`),
  ].join('\n');
}

async function drawBlocks(
  world: World,
  request: Request,
  shopper: Shopper,
  blocks: readonly ThemeBlock[],
): Promise<string> {
  const globals = globalObjects(world, request, shopper, true);
  const engine = createEngine({
    page: pageOf(world, shopper),
    roots: [`${extensionFolder}snippets`],
    translations: readThemeExtension().translations,
    assetUrl: (name) => extensionAssets + name,
    escapes: false,
  });
  const drawn = blocks.map(async (block) => {
    const id = `laurel_${block.handle.replaceAll('-', '_')}`;
    const own = {
      app: { metafields: appMetafields(shopper.store) },
      block: {
        id,
        type: block.handle,
        settings: {
          ...defaultSettings(block.schema),
          ...shopper.store.theme.settings?.[block.handle],
        },
        shopify_attributes: shopper.designMode ? `data-shopify-editor-block="${id}"` : '',
      },
    };
    const content = String(await engine.parseAndRender(block.liquid, own, { globals }));
    const look =
      block.schema.target === 'section' ? 'shopify-block shopify-app-block' : 'shopify-block';
    return html`<div id="shopify-block-${id}" class="${look}">${trusted(content)}</div>`.text;
  });
  return (await Promise.all(drawn)).join('\n');
}

function themeEngine(world: World, shopper: Shopper, escapes: boolean): Engine {
  return createEngine({
    page: pageOf(world, shopper),
    roots: [themeFolder, `${themeFolder}snippets`],
    translations: themeTranslations(),
    assetUrl: (name) => `/assets/${name}`,
    escapes,
  });
}

function themeTranslations(): Map<string, Translations> {
  return new Map(
    readdirSync(`${themeFolder}locales`).map((file) => [
      file.split('.')[0] ?? '',
      flatten(JSON.parse(readFileSync(`${themeFolder}locales/${file}`, 'utf8'))),
    ]),
  );
}

function pageOf(world: World, shopper: Shopper): Page {
  const { currency, locale, store } = shopper;
  return { currency, locale, moneyFormat: moneyFormatOf(store, currency), now: world.clock.now() };
}

/** What Liquid knows everywhere, snippets included. */
function globalObjects(
  world: World,
  request: Request,
  shopper: Shopper,
  inExtension: boolean,
): LiquidObject {
  const { store, session, customer, currency, locale } = shopper;
  const origin = world.addresses.storefront;
  const account = customer && creditAccount(store, customer.id, currency);
  const credit = account && !store.shop.classicCustomerAccounts ? balanceOf(account) : 0;
  const metafields = customer && customerMetafields(world, store, customer.id, inExtension);
  const language = languages.find((one) => one.iso_code === locale) ?? languages[0];
  return {
    shop: shopObject(store, origin),
    customer: customer && customerObject(store, customer, metafields),
    cart: cartObject(quoteCart(store, session, currency, customer), currency, credit),
    localization: { language, available_languages: languages, currencies: store.currencies() },
    request: {
      locale: language,
      path: request.baseUrl + request.path,
      host: new URL(origin).host,
      origin,
      design_mode: shopper.designMode,
      visual_preview_mode: false,
    },
    routes: {
      root_url: '/',
      account_url: '/account',
      account_login_url: '/account/login',
      account_logout_url: '/account/logout',
      account_register_url: '/account/login',
      cart_url: '/cart',
      cart_add_url: '/cart/add',
      cart_change_url: '/cart/change',
      collections_url: '/collections',
      all_products_collection_url: '/collections/all',
    },
    admin_url: world.addresses.admin,
  };
}
