/** Reads `ui-title-bar` and `ui-nav-menu` / `s-app-nav` and keeps the admin's copies of them true. */
import { tell } from './channel.ts';
import type { Action, NavItem, TitleBar } from './messages.ts';

const pressable = new Map<string, HTMLElement>();
let last = '';

export function press(ref: string): void {
  pressable.get(ref)?.click();
}

export function watchChrome(): void {
  let queued = false;
  const report = () => {
    queued = false;
    reportChrome();
  };
  const observer = new MutationObserver(() => {
    if (queued) return;
    queued = true;
    queueMicrotask(report);
  });
  observer.observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['title', 'variant', 'tone', 'disabled', 'loading', 'href', 'rel', 'label'],
  });
  reportChrome();
}

function reportChrome(): void {
  pressable.clear();
  const bar = document.querySelector('ui-title-bar:not(ui-modal *, s-modal *)');
  const titleBar = readTitleBar(bar);
  const items = readNav();
  const now = JSON.stringify([titleBar, items]);
  if (now === last) return;
  last = now;
  tell({ kind: 'title-bar', titleBar });
  if (items) tell({ kind: 'nav', items });
}

export function readTitleBar(bar: Element | null): TitleBar {
  const children = bar ? [...bar.children] : [];
  const buttons = children.filter((child) => child.matches('button, a'));
  const variant = (wanted: string) => buttons.find((one) => one.getAttribute('variant') === wanted);
  return {
    title: bar?.getAttribute('title') ?? document.title,
    breadcrumb: actionOf(variant('breadcrumb')),
    primary: actionOf(variant('primary')),
    secondary: buttons
      .filter((one) => !['primary', 'breadcrumb'].includes(one.getAttribute('variant') ?? ''))
      .flatMap((one) => actionOf(one) ?? []),
    groups: children
      .filter((child) => child.matches('section'))
      .map((section) => ({
        label: section.getAttribute('label') ?? '',
        actions: [...section.querySelectorAll('button, a')].flatMap((one) => actionOf(one) ?? []),
      })),
  };
}

function actionOf(element: Element | undefined): Action | null {
  if (!(element instanceof HTMLElement)) return null;
  const ref = String(pressable.size);
  pressable.set(ref, element);
  return {
    ref,
    label: element.textContent.trim(),
    disabled: isOn(element, 'disabled'),
    loading: isOn(element, 'loading'),
    critical: element.getAttribute('tone') === 'critical',
  };
}

/** React writes `loading={true}` on a plain element as "" or "true". */
export function isOn(element: Element, attribute: string): boolean {
  const value = element.getAttribute(attribute);
  return value !== null && value !== 'false';
}

/** Null while the page has no menu: the admin then keeps the one it knows. */
function readNav(): NavItem[] | null {
  const menu = document.querySelector('ui-nav-menu, s-app-nav');
  if (!menu) return null;
  return [...menu.querySelectorAll('a[href], s-link[href]')].map((link) => ({
    label: link.textContent.trim(),
    href: link.getAttribute('href') ?? '/',
    home: link.getAttribute('rel') === 'home',
  }));
}
