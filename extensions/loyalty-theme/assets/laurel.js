// Everything shows and opens without this script. It adds a close button, Escape, focus, and
// "hide until my next visit". Listeners sit on the document, because the theme editor replaces
// the launcher's element when a setting changes.
(() => {
  const HIDDEN = 'laurel-launcher-hidden';
  const launcher = () => document.getElementById('laurel-launcher');

  const remembered = () => {
    try {
      return sessionStorage.getItem(HIDDEN) === '1';
    } catch {
      return false;
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

  const prepare = () => {
    const details = launcher();
    if (!details) return;
    if (remembered() && !window.Shopify?.designMode) details.hidden = true;
    details.querySelectorAll('[data-laurel-close], [data-laurel-hide]').forEach((button) => {
      button.hidden = false;
    });
  };

  document.addEventListener('click', (event) => {
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
})();
