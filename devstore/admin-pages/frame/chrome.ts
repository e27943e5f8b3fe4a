/** Title bar, app nav, save bar, toasts and loading bar, drawn as the app asks for them. */
import type {
  Action,
  NavItem,
  SaveBarState,
  TitleBar,
  ToastRequest,
} from '../app-bridge/messages.ts';
import { byId, element } from './elements.ts';

export type Press = (ref: string) => void;

export function drawTitleBar(bar: TitleBar, appName: string, press: Press): void {
  document.title = `${bar.title || appName} · ${appName}`;
  const heading = element('h1', {}, bar.title || appName);
  const crumb = bar.breadcrumb ? [button(bar.breadcrumb, 'button plain', press, '‹ ')] : [];
  const groups = bar.groups.map((group) =>
    element(
      'details',
      { class: 'menu' },
      element('summary', { class: 'button' }, `${group.label} ▾`),
      element('div', {}, ...group.actions.map((one) => button(one, 'button plain', press))),
    ),
  );
  const actions = element(
    'div',
    { class: 'title-actions' },
    ...groups,
    ...bar.secondary.map((one) => button(one, 'button', press)),
    ...(bar.primary ? [button(bar.primary, 'button primary', press)] : []),
  );
  byId('title-bar').replaceChildren(...crumb, heading, actions);
}

function button(action: Action, look: string, press: Press, before = ''): HTMLElement {
  return element(
    'button',
    {
      type: 'button',
      class: action.critical ? `${look} critical` : look,
      disabled: action.disabled || action.loading,
      'aria-busy': action.loading ? 'true' : 'false',
      click: () => press(action.ref),
    },
    before + action.label,
  );
}

/** The link marked home is the app's name itself. */
export function drawNav(items: NavItem[], base: string, go: (href: string) => void): void {
  const links = () =>
    items
      .filter((item) => !item.home)
      .map((item) =>
        element(
          'li',
          {},
          element(
            'a',
            {
              href: base + item.href,
              'data-app-href': item.href,
              click: (event) => {
                const mouse = event as MouseEvent;
                if (mouse.metaKey || mouse.ctrlKey || mouse.shiftKey) return;
                event.preventDefault();
                go(item.href);
              },
            },
            item.label,
          ),
        ),
      );
  for (const list of appNavs()) list.replaceChildren(...links());
}

/** The menu beside the page, and the one for small windows. */
const appNavs = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-app-nav]')];

/** The item with the longest path that the app's path begins with is the current one. */
export function markNav(path: string): void {
  const pathname = new URL(path, 'http://app').pathname;
  const links = appNavs().flatMap((list) => [...list.querySelectorAll<HTMLElement>('a')]);
  const matches = links.filter((link) => {
    const href = new URL(link.dataset['appHref'] ?? '/', 'http://app').pathname;
    return pathname === href || pathname.startsWith(`${href.replace(/\/$/, '')}/`);
  });
  const longest = matches.sort((a, b) => hrefOf(b).length - hrefOf(a).length)[0];
  for (const link of links) {
    if (longest && hrefOf(link) === hrefOf(longest)) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  for (const home of document.querySelectorAll('[data-app-home]')) {
    home.toggleAttribute('data-current', longest === undefined);
  }
}

const hrefOf = (link: HTMLElement): string => link.dataset['appHref'] ?? '';

export function drawSaveBar(
  state: SaveBarState | null,
  save: () => void,
  discard: () => void,
): void {
  const bar = byId('save-bar');
  bar.hidden = state === null;
  const drawn = bar.dataset['drawn'];
  bar.dataset['drawn'] = JSON.stringify(state);
  // A field that is left tells again what it told: a button that is being pressed stays the same one.
  if (state === null || bar.dataset['drawn'] === drawn) return;
  bar.replaceChildren(
    element('span', {}, 'Unsaved changes'),
    element('button', { type: 'button', class: 'button dark', click: discard }, 'Discard'),
    element(
      'button',
      {
        type: 'button',
        class: 'button light',
        disabled: state.saveDisabled || state.saving,
        'aria-busy': state.saving ? 'true' : 'false',
        click: save,
      },
      state.saveLabel,
    ),
  );
}

export function drawToast(
  toast: ToastRequest,
  pressed: (how: 'toast-action' | 'toast-dismiss') => void,
): void {
  const dismiss = () => {
    box.remove();
    pressed('toast-dismiss');
  };
  const action = element(
    'button',
    { type: 'button', class: 'toast-action', click: () => pressed('toast-action') },
    toast.action ?? '',
  );
  const box = element(
    'div',
    { class: toast.isError ? 'toast error' : 'toast', 'data-toast': toast.id, role: 'status' },
    element('span', {}, toast.message),
    ...(toast.action === null ? [] : [action]),
    element('button', { type: 'button', 'aria-label': 'Dismiss', click: dismiss }, '✕'),
  );
  byId('toasts').append(box);
  setTimeout(() => box.isConnected && dismiss(), toast.duration);
}

export function hideToast(id: string): void {
  document.querySelector(`[data-toast="${CSS.escape(id)}"]`)?.remove();
}
