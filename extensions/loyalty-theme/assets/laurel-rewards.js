// What a shopper does with rewards; laurel.js fetches it when they begin. It fills in what Liquid has
// drawn; sentences come from there, or with the answers.
let token;
let timer;
let polls = 60;
const opened = new Set();
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const places = () => all('[data-laurel-rewards]');
const { lang, currency, some, copied, failed, back } = places()[0].dataset;
const say = (text) => all('[data-laurel-says]').forEach((line) => (line.textContent = text));

const call = async (path, body) => {
  const proxy = all('[data-laurel-proxy]')[0].dataset.laurelProxy;
  const headers = { 'Content-Type': 'application/json' };
  const post = body && { method: 'POST', headers, body: JSON.stringify({ token, ...body }) };
  return (await fetch(`${proxy}${path}?lang=${lang}`, post)).json();
};

const count = (row) => {
  const [slider] = all('input', row);
  if (!slider) return;
  const { cost, cents } = slider.dataset;
  const points = new Intl.NumberFormat(lang).format(cost * slider.value);
  const money = new Intl.NumberFormat(lang, { style: 'currency', currency });
  const says = `${some.replace('[n]', points)} = ${money.format((cents * slider.value) / 100)}`;
  row.querySelector('output').value = says;
  slider.setAttribute('aria-valuetext', says);
};

const fill = (row, told) => {
  all('[data-is]', row).forEach((it) => (it.textContent = told[it.dataset.is] ?? ''));
  all('[data-if]', row).forEach((it) => (it.hidden = !told[it.dataset.if]));
  all('input', row).forEach((slider) => {
    slider.max = told.most;
    slider.dataset.cents = told.worth.cents;
  });
  count(row);
};

const drawHeld = (place, held) => {
  let row = place.querySelector(`[data-id="${held.id}"]`);
  if (!row) {
    row = place.querySelector('template').content.firstElementChild.cloneNode(true);
    row.dataset.id = held.id;
    place.querySelector('ul').prepend(row);
  }
  const code = held.code ?? (opened.has(held.id) ? held.secret : null);
  fill(row, { ...held, code, sealed: held.secret && !code });
  row.querySelector('a').href = held.apply;
};

const refresh = async () => {
  clearTimeout(timer);
  const told = await call('/rewards');
  token = told.token;
  all('[data-laurel-balance]').forEach((figure) => (figure.textContent = told.balance));
  for (const place of places()) {
    for (const offer of told.rewards) {
      all(`[data-reward="${offer.key}"]`, place).forEach((row) => fill(row, offer));
    }
    for (const held of told.held.toReversed()) drawHeld(place, held);
  }
  const waits = told.held.some(({ state }) => state === 'making' || state === 'ending');
  if (waits && (polls -= 1) > 0) timer = setTimeout(() => refresh().catch(() => {}), 1500);
};

const send = async (path, body) => {
  polls = 60;
  if (!token) await refresh();
  const told = await call(path, body);
  if (told.ok) opened.add(told.reward.id);
  await refresh();
  say(told.ok ? `${told.reward.name}: ${told.reward.says}` : told.says);
  return told;
};

const acts = {
  steps: count,
  redeem: async (row, place) => {
    // Pressed again after the line broke, it is the same wish.
    const key = (row.dataset.key ||= crypto.randomUUID());
    const steps = Number(all('input', row)[0]?.value ?? 1);
    row.inert = true;
    try {
      const { reward } = await send('/redeem', { reward: row.dataset.reward, steps, key });
      delete row.dataset.key;
      row.querySelector('details').open = false;
      place.querySelector(`[data-id="${reward?.id}"] code`)?.focus();
    } finally {
      row.inert = false;
    }
  },
  copy: async (row) => {
    await navigator.clipboard.writeText(row.querySelector('code').textContent);
    say(copied);
  },
  open: (row) => refresh(opened.add(row.dataset.id)),
  back: (row) => confirm(back) && send('/redemptions/cancel', { redemption: row.dataset.id }),
};

export const act = async (target) => {
  try {
    const row = target?.closest('li');
    await (row ? acts[target.dataset.laurelDo](row, row.closest('section')) : refresh());
  } catch {
    say(failed);
  }
};
