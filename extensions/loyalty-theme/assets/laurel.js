// Everything shows and opens without this script. It adds a close button, Escape, focus, "hide until my
// next visit" and joining. Listeners sit on the document, because the theme editor replaces elements.
// Two blocks may bring it: it runs once. Only a customer who was never seen signed in says once that
// they are here, which claims what they bought as a guest, and a member whose streak lives on visits;
// nobody else's page asks anything.
(() => {
  if (window.laurelRuns) return;
  window.laurelRuns = true;
  const HIDDEN = 'laurel-launcher-hidden';
  const launcher = () => document.getElementById('laurel-launcher');

  const remembered = (storage, key) => {
    try {
      return window[storage].getItem(key);
    } catch {
      return null;
    }
  };

  const close = (details) => {
    details.open = false;
    details.querySelector('summary').focus();
  };

  const hide = (details) => {
    details.hidden = true;
    try {
      sessionStorage.setItem(HIDDEN, '1');
    } catch {
      // Storage is blocked: hidden on this page only.
    }
  };

  const proxy = () => document.querySelector('[data-laurel-proxy]')?.dataset.laurelProxy;

  const ask = async (path, options) => {
    const answer = await fetch(proxy() + path, options);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const SEEN = 'laurel-seen';
  const beSeen = () => {
    try {
      if (!document.querySelector('[data-laurel-unseen]') || sessionStorage.getItem(SEEN)) return;
      sessionStorage.setItem(SEEN, '1');
      ask('/me').catch(() => sessionStorage.removeItem(SEEN));
    } catch {
      // Storage is blocked: the next visit may be seen.
    }
  };

  const join = async (button) => {
    const says = button.parentElement.querySelector('[role="status"]');
    button.disabled = true;
    try {
      const { join: invitation } = await ask('/me');
      if (invitation) {
        const headers = { 'Content-Type': 'application/json' };
        await ask('/join', { method: 'POST', headers, body: JSON.stringify(invitation) });
      }
      button.hidden = true;
      says.textContent = button.dataset.joined;
    } catch {
      button.disabled = false;
      says.textContent = button.dataset.failed;
    }
  };

  // What is done in a place of rewards, friends or games is a script of its own, fetched by whoever begins.
  const begin = (target) => {
    const place = target?.closest('[data-laurel-script]');
    if (place) import(place.dataset.laurelScript).then(({ act }) => act(target));
  };

  const prepare = () => {
    document.querySelectorAll('[data-laurel-live]').forEach((part) => {
      part.hidden = false;
    });
    document.querySelectorAll('[data-laurel-join]').forEach((button) => {
      button.hidden = false;
    });
    const details = launcher();
    if (!details) return;
    if (remembered('sessionStorage', HIDDEN) && !window.Shopify?.designMode) details.hidden = true;
    details.querySelectorAll('[data-laurel-close], [data-laurel-hide]').forEach((button) => {
      button.hidden = false;
    });
  };

  document.addEventListener('input', ({ target }) => {
    if (target.closest('[data-laurel-do]')) begin(target);
  });

  document.addEventListener('click', (event) => {
    begin(event.target.closest('button[data-laurel-do]'));
    const joining = event.target.closest('[data-laurel-join]');
    if (joining) join(joining);
    const details = launcher();
    if (!details?.open) return;
    if (event.target.closest('[data-laurel-close]')) close(details);
    else if (event.target.closest('[data-laurel-hide]')) hide(details);
    else if (!details.contains(event.target)) details.open = false;
  });

  document.addEventListener('keydown', (event) => {
    const details = launcher();
    if (event.key === 'Escape' && !event.defaultPrevented && details?.open) close(details);
  });

  // `toggle` does not bubble, so it is caught on the way down.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (target === launcher() && target.open) {
        target.querySelector('.laurel-panel').focus({ preventScroll: true });
      }
    },
    true,
  );

  document.addEventListener('shopify:block:select', (event) => {
    const details = launcher();
    if (details && event.target.contains(details)) details.open = true;
  });
  document.addEventListener('shopify:section:load', prepare);

  prepare();
  beSeen();
  const first = (mark) => begin(document.querySelector(`[data-laurel-${mark}]`));
  if (/[?&]ref=/.test(location.search) || remembered('localStorage', 'laurelRef')) first('refer');
  first('pending');
  first('visit');
})();
