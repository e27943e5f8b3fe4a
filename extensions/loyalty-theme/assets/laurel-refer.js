// From a friend's link to the prize, and to a link of one's own; laurel.js fetches it when either begins.
const { proxy, root, claimed, refused, failed } =
  document.querySelector('[data-laurel-refer]').dataset;
const each = (name, deed) => document.querySelectorAll(`[data-refer-${name}]`).forEach(deed);
const say = (text) => each('says', (it) => (it.textContent = text));
const send = async (url, body) => {
  const headers = { 'Content-Type': 'application/json' };
  const post = body && { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch(url, post)).json();
};

export const act = async (button) => {
  try {
    const kept = localStorage;
    if (!button.matches('button')) {
      const code = new URLSearchParams(location.search).get('ref');
      if (code) kept.laurelRef = code;
      each('friend', (it) => (it.hidden = !kept.laurelRef));
      // The cart carries the code to the order, also of who never signs in.
      if (code) await send(`${root}cart/update.js`, { attributes: { _laurel_ref: code } });
      return;
    }
    const url = `${proxy}/referral`;
    const own = await send(url);
    const { token } = own;
    if (button.dataset.laurelDo === 'claim') {
      const device = (kept.laurelDevice ??= crypto.randomUUID());
      const { ok } = await send(`${url}/claim`, { token, device, code: kept.laurelRef });
      delete kept.laurelRef;
      button.hidden = true;
      say(ok ? claimed : refused);
      return;
    }
    const code = button.parentElement.querySelector('input')?.value;
    const { path } = code ? await send(`${url}/code`, { token, code }) : own;
    each('own', (it) => (it.hidden = !path));
    each('link', (it) => (it.value = location.origin + path));
    say(path ? '' : refused);
  } catch {
    say(failed);
  }
};
