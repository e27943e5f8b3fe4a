// What a shopper does with rewards; laurel.js fetches it when they begin. It fills in what Liquid drew.
let token;
let timer;
let polls = 0;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const put = (selector, text) => all(selector).forEach((it) => (it.textContent = text));
const say = (text) => put('[data-laurel-says]', text);
const places = () => all('[data-laurel-rewards]');
const { lang, currency, some, copied, failed, back } = places()[0].dataset;

const call = async (path, body) => {
  const [{ dataset }] = all('[data-laurel-proxy]');
  const headers = { 'Content-Type': 'application/json' };
  const post = body && { method: 'POST', headers, body: JSON.stringify({ token, ...body }) };
  return (await fetch(`${dataset.laurelProxy}${path}?lang=${lang}`, post)).json();
};

const count = (slider) => {
  const { cost, cents } = slider.dataset;
  const points = new Intl.NumberFormat(lang).format(cost * slider.value);
  const money = new Intl.NumberFormat(lang, { style: 'currency', currency });
  const says = `${some.replace('[n]', points)} = ${money.format((cents * slider.value) / 100)}`;
  slider.nextElementSibling.value = says;
  slider.ariaValueText = says;
};

const fill = (row, told) => {
  all('[data-is]', row).forEach((it) => (it.textContent = told[it.dataset.is] ?? ''));
  all('[data-if]', row).forEach((it) => (it.hidden = !told[it.dataset.if]));
  all('a', row).forEach((it) => (it.href = told.apply));
  all('input', row).forEach((slider) => {
    slider.max = told.most;
    slider.dataset.cents = told.worth.cents;
    count(slider);
  });
};

const rowOf = (place, id) => {
  const [known] = all(`[data-id="${id}"]`, place);
  if (known) return known;
  const row = place.querySelector('template').content.firstElementChild.cloneNode(true);
  row.dataset.id = id;
  place.querySelector('ul').prepend(row);
  return row;
};

const refresh = async () => {
  clearTimeout(timer);
  const told = await call('/rewards');
  token = told.token;
  put('[data-laurel-balance]', told.balance);
  for (const place of places()) {
    for (const one of told.rewards) {
      all(`[data-reward="${one.key}"]`, place).forEach((row) => fill(row, one));
    }
    for (const one of told.held) fill(rowOf(place, one.id), one);
  }
  if (told.again && (polls += 1) < 60) timer = setTimeout(act, 1500);
};

const send = async (path, body) => {
  if (!token) await refresh();
  const { ok, reward, says } = await call(path, body);
  await refresh();
  say(ok ? `${reward.name}: ${reward.says}` : says);
  return reward?.id;
};

const acts = {
  steps: (_row, slider) => count(slider),
  redeem: async (row) => {
    // Pressed again, as after a broken line, it is the same wish.
    const key = (row.dataset.key ||= crypto.randomUUID());
    const steps = Number(all('input', row)[0]?.value ?? 1);
    const id = await send('/redeem', { reward: row.dataset.reward, steps, key });
    delete row.dataset.key;
    all('details', row)[0].open = false;
    all(`[data-id="${id}"] code`, row.closest('section'))[0]?.focus();
  },
  copy: async (row) => {
    await navigator.clipboard.writeText(all('code', row)[0].textContent);
    say(copied);
  },
  open: refresh,
  back: (row) => confirm(back) && send('/redemptions/cancel', { redemption: row.dataset.id }),
};

export const act = async (target) => {
  const row = target?.closest('li');
  if (row) polls = 0;
  row?.setAttribute('aria-busy', true);
  try {
    await (row ? acts[target.dataset.laurelDo](row, target) : refresh());
  } catch {
    say(failed);
  }
  row?.removeAttribute('aria-busy');
};
