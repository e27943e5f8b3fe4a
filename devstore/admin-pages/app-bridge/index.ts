/**
 * The local Shopify's App Bridge: `window.shopify` as @shopify/app-bridge-react and the pages of
 * @shopify/shopify-app-remix expect it. What it does not have answers with an error that says so.
 */
import { adminOrigin, ask, embedded, listen, tell } from './channel.ts';
import { bounce, returnToAdmin } from './bounce.ts';
import { readConfig } from './config.ts';
import { catchLinks, followHistory, leaveTo, navigate } from './navigation.ts';
import { modalById, ModalElement } from './modal.ts';
import { patchFetch } from './fetch.ts';
import { pickResources } from './resource-picker.ts';
import { press, watchChrome } from './title-bar.ts';
import {
  abandon,
  isUnsaved,
  leaveConfirmation,
  pressDiscard,
  pressSave,
  SaveBarElement,
  watchForms,
} from './save-bar.ts';
import { toast, toastPressed } from './toast.ts';

if (!('shopify' in window)) start();

function start(): void {
  const config = readConfig();
  const idToken = async () => String(await ask({ ask: 'id-token' }));
  const saveBar = (id: string): SaveBarElement => {
    const found = document.getElementById(id);
    if (found instanceof SaveBarElement) return found;
    throw new Error(`There is no ui-save-bar with the id "${id}" on this page.`);
  };
  const shopify = {
    config,
    origin: adminOrigin,
    ready: Promise.resolve(),
    environment: { mobile: false, embedded, pos: false, intent: false },
    idToken,
    user: () => ask({ ask: 'user' }),
    loading: (on?: boolean) => tell({ kind: 'loading', on: on ?? true }),
    toast,
    modal: {
      show: (id: string) => modalById(id).show(),
      hide: (id: string) => modalById(id).hide(),
      toggle: (id: string) => modalById(id).toggle(),
    },
    saveBar: {
      show: async (id: string) => saveBar(id).show(),
      hide: async (id: string) => saveBar(id).hide(),
      toggle: async (id: string) => saveBar(id).toggle(),
      leaveConfirmation,
    },
    resourcePicker: pickResources,
    scopes: {
      query: () => ask({ ask: 'scopes' }),
      request: (scopes: string[]) => ask({ ask: 'scopes-request', scopes }),
      revoke: (scopes: string[]) => ask({ ask: 'scopes-revoke', scopes }),
    },
    app: { extensions: () => ask({ ask: 'extensions' }) },
  };
  Object.defineProperty(window, 'shopify', { value: refusingTheRest(shopify) });

  // Before anything is asked: the bounce page waits for an answer too.
  listen((message) => {
    switch (message.kind) {
      case 'navigate':
        navigate(message.href);
        return;
      case 'press':
        press(message.ref);
        return;
      case 'save':
        pressSave();
        return;
      case 'discard':
        void pressDiscard();
        return;
      case 'abandon':
        abandon();
        return;
      case 'toast-action':
      case 'toast-dismiss':
        toastPressed(message.id, message.kind);
        return;
    }
  });

  if (bounce(idToken) || returnToAdmin(config)) return;
  customElements.define('ui-save-bar', SaveBarElement);
  customElements.define('ui-modal', ModalElement);
  customElements.define('s-modal', class extends ModalElement {});
  hideChromeElements();
  patchFetch(idToken, config.locale, (url) => leaveTo(url, '_top', config));
  catchLinks(config, isUnsaved, abandon);
  followHistory();
  watchForms();
  watchChrome();
}

/** As an adopted sheet: a <style> in the head would not be what the app's server rendered. */
function hideChromeElements(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('ui-title-bar, ui-nav-menu, s-app-nav, ui-save-bar { display: none }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Symbols and `then` are asked for by the language itself, so only named parts are refused. */
function refusingTheRest<T extends object>(parts: T): T {
  return new Proxy(parts, {
    get(target, name, receiver) {
      if (name in target || typeof name === 'symbol' || name === 'then' || name === 'toJSON') {
        return Reflect.get(target, name, receiver) as unknown;
      }
      throw new Error(`The local App Bridge does not have shopify.${name}.`);
    },
  });
}
