/** The admin's side of the page that embeds the app. */
import {
  isMarked,
  mark,
  type FromAdmin,
  type FromApp,
  type Question,
} from '../app-bridge/messages.ts';
import { drawNav, drawSaveBar, drawTitleBar, drawToast, hideToast, markNav } from './chrome.ts';
import { byId } from './elements.ts';
import { choose, confirmDiscarding, confirmLeaving } from './dialogs.ts';
import { pick } from './picker.ts';

const frame = byId('app-frame') as HTMLIFrameElement;
const appOrigin = frame.dataset['origin'] ?? '';
/** `/store/<handle>` and `/store/<handle>/apps/<app>` */
const storeBase = frame.dataset['store'] ?? '';
const appBase = frame.dataset['app'] ?? '';
const appName = frame.dataset['name'] ?? 'App';
/** Where the app's nav item marked as home leads. */
let homePath = '/';
let unsaved = false;

function tell(message: FromAdmin): void {
  frame.contentWindow?.postMessage({ ...message, mark }, appOrigin);
}

window.addEventListener('message', (event) => {
  if (event.source !== frame.contentWindow || event.origin !== appOrigin) return;
  if (isMarked(event.data)) hear(event.data as unknown as FromApp);
});

function hear(message: FromApp): void {
  switch (message.kind) {
    case 'loaded':
    case 'location':
      if (message.kind === 'loaded') reset();
      window.history.replaceState(null, '', appBase + (message.path === '/' ? '' : message.path));
      markNav(message.path);
      return;
    case 'title-bar':
      drawTitleBar(message.titleBar, appName, (ref) => tell({ kind: 'press', ref }));
      return;
    case 'nav':
      homePath = message.items.find((item) => item.home)?.href ?? '/';
      drawNav(message.items, appBase, (href) => void go(href));
      markNav(window.location.pathname.slice(appBase.length) || '/');
      return;
    case 'save-bar':
      unsaved = message.saveBar !== null;
      drawSaveBar(
        message.saveBar,
        () => tell({ kind: 'save' }),
        () => tell({ kind: 'discard' }),
      );
      return;
    case 'toast':
      drawToast(message.toast, (kind) => tell({ kind, id: message.toast.id }));
      return;
    case 'toast-hide':
      hideToast(message.id);
      return;
    case 'loading':
      byId('loading').hidden = !message.on;
      return;
    case 'dim':
      document.body.toggleAttribute('data-dim', message.on);
      return;
    case 'open':
      unsaved = false;
      window.location.assign(message.url);
      return;
    case 'question':
      void answer(message.question).then(
        (value) => tell({ kind: 'answer', id: message.id, value }),
        (error: unknown) => tell({ kind: 'refusal', id: message.id, reason: String(error) }),
      );
      return;
  }
}

/** A page of the app has loaded anew: what the one before it showed is gone. */
function reset(): void {
  unsaved = false;
  byId('save-bar').hidden = true;
  byId('loading').hidden = true;
  document.body.removeAttribute('data-dim');
}

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'id-token':
      return (await call('id-token', {}))['token'];
    case 'user':
    case 'extensions':
    case 'scopes':
      return (await call(question.ask, {}))['value'];
    case 'scopes-request': {
      const granted = await choose({
        heading: `${appName} asks for more access`,
        text: question.scopes.join(', '),
        confirm: 'Update permissions',
        cancel: 'Decline',
      });
      const path = granted ? 'scopes-grant' : 'scopes';
      const detail = (await call(path, { scopes: question.scopes }))['value'];
      return { result: granted ? 'granted-all' : 'declined-all', detail };
    }
    case 'scopes-revoke':
      return { detail: (await call('scopes-revoke', { scopes: question.scopes }))['value'] };
    case 'leave-confirmation':
      return confirmLeaving();
    case 'discard-confirmation':
      return confirmDiscarding();
    case 'picker':
      return pick(question, storeBase);
  }
}

async function call(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${storeBase}/bridge/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answered = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(String(answered['error']));
  return answered;
}

async function go(href: string): Promise<void> {
  if (unsaved && !(await confirmLeaving())) return;
  if (unsaved) tell({ kind: 'abandon' });
  tell({ kind: 'navigate', href });
}

for (const home of document.querySelectorAll('[data-app-home]')) {
  home.addEventListener('click', (event) => {
    event.preventDefault();
    void go(homePath);
  });
}

document.addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (
      !unsaved ||
      !(link instanceof HTMLAnchorElement) ||
      link.closest('[data-app-nav], [data-app-home]')
    )
      return;
    event.preventDefault();
    void confirmLeaving().then((leave) => {
      if (!leave) return;
      unsaved = false;
      window.location.assign(link.href);
    });
  },
  true,
);

window.addEventListener('beforeunload', (event) => {
  if (unsaved) event.preventDefault();
});

// Only now, so that nothing the app says first is missed.
frame.src = frame.dataset['src'] ?? 'about:blank';
