// What a shopper does with challenges and streaks, and what every game shares; laurel.js fetches it at the
// first press. Liquid has drawn everything: this asks the shop, and puts in what it answers.
let token;
export const all = (selector, within) => [...within.querySelectorAll(selector)];
export const put = (row, name, text) =>
  all(`[data-is="${name}"]`, row).forEach((it) => (it.textContent = text ?? ''));
export const show = (row, name, on) =>
  all(`[data-if="${name}"]`, row).forEach((it) => (it.hidden = !on));
export const written = (pattern, values) =>
  pattern.replace(/\[(\w+)\]/g, (_all, name) => values[name]);
export const placeOf = (it) => it.closest('[data-laurel-script]').dataset;
export const number = (row, value) => new Intl.NumberFormat(placeOf(row).lang).format(value);

export const call = async (row, path, body) => {
  const { laurelProxy, lang, failed } = placeOf(row);
  if (body && !token) await call(row, '/play');
  const headers = { 'Content-Type': 'application/json' };
  const post = body && { method: 'POST', headers, body: JSON.stringify({ token, ...body }) };
  const mark = path.includes('?') ? '&' : '?';
  const answer = await fetch(`${laurelProxy}${path}${mark}lang=${lang}`, post);
  const told = await answer.json();
  if (!answer.ok) throw { says: told.says ?? failed };
  token = told.token ?? token;
  return told;
};

// What was pressed may be gone: the words that were said take the focus, where they are read from.
export const say = (row, text) => {
  const says = row.querySelector('[data-is="says"]');
  says.textContent = text;
  const at = document.activeElement;
  if (!row.contains(at) || at.closest('[hidden], :disabled')) {
    says.tabIndex = -1;
    says.focus({ preventScroll: true });
  }
};

// Liquid draws anew what has changed, a moment after the shop has written it down.
const redraw = async (row, before, says) => {
  const places = (page) => all('[data-laurel-script]', page);
  const index = places(document).indexOf(row.closest('[data-laurel-script]'));
  for (let tries = 0; tries < 15; tries += 1) {
    await new Promise((done) => setTimeout(done, 1000));
    const text = await (await fetch(location.href)).text();
    const place = places(new DOMParser().parseFromString(text, 'text/html'))[index];
    const drawn = place?.querySelector(`[data-key="${row.dataset.key}"]`);
    if (!row.isConnected) return;
    if (!drawn || drawn.textContent === before || row.ariaBusy === 'true') continue;
    const focused = row.contains(document.activeElement);
    all('[data-laurel-live]', drawn).forEach((it) => (it.hidden = false));
    row.replaceWith(drawn);
    put(drawn, 'says', says);
    if (focused) say(drawn, says);
    return;
  }
};

// The page as it is says nothing wrong; the next visit shows the rest.
const leaveIt = () => undefined;

// The act of a script that has these deeds: one after the other in each place, and no press counts twice.
const doing = new WeakMap();
export const acting = (deeds) => (target) => {
  const row = target.closest('[data-key]');
  const deed = target.dataset.laurelDo;
  const before = doing.get(row);
  if (before?.deed === deed) return;
  const act = async () => {
    await before?.done;
    row.ariaBusy = 'true';
    if (target.matches('button')) put(row, 'says', '');
    try {
      await deeds[deed](row, target);
    } catch ({ says }) {
      // Nobody pressed anything for a visit.
      if (deed !== 'visit') say(row, says ?? placeOf(row).failed);
    }
    row.ariaBusy = 'false';
    if (doing.get(row) === mine) doing.delete(row);
  };
  const mine = { deed };
  doing.set(row, mine);
  mine.done = act();
};

export const act = acting({
  join: async (row) => {
    const before = row.textContent;
    const { says } = await call(row, '/challenges/join', { challenge: row.dataset.key });
    all('button', row).forEach((it) => (it.hidden = true));
    say(row, says);
    redraw(row, before, says).catch(leaveIt);
  },

  // Being here keeps a streak of visits alive; said twice it counts once.
  visit: async (row) => {
    const before = row.textContent;
    await call(row, '/activities', { kind: 'visit' });
    redraw(row, before).catch(leaveIt);
  },

  freeze: async (row, button) => {
    // Pressed again, as after a broken line, it is the same wish.
    const key = (button.dataset.once ||= crypto.randomUUID());
    const before = row.textContent;
    const { says } = await call(row, '/streaks/freeze', { streak: row.dataset.key, key });
    delete button.dataset.once;
    say(row, says);
    redraw(row, before, says).catch(leaveIt);
  },
});
