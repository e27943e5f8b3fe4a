/** The page at the control API's root: what can be done, as buttons, as JSON to edit and as curl. */
import type { Devstore } from '../start.ts';
import type { Chapter } from './control.ts';
import type { Route } from './route.ts';
import { describeOrder } from './describe.ts';

const recentOrders = 8;

export function controlPage(devstore: Devstore, chapters: readonly Chapter[]): string {
  const { control, admin, storefront } = devstore.addresses;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Control · local Shopify</title><style>${style}</style></head><body>
<header><h1>Control the local Shopify</h1>
<p>Everything here happens in the shop and reaches the app by webhook, as it would from Shopify.
Add <code>"shop": "laurel-second.myshopify.com"</code> to a body (or <code>?shop=</code>) for the other shop.
<a href="${admin}">Admin</a> · <a href="${storefront}">Storefront</a></p>
<output id="answer" aria-live="polite"></output></header>
<main>
<section><h2>Recent orders</h2>${ordersTable(devstore)}</section>
${chapters.map((chapter) => chapterHtml(chapter, control)).join('\n')}
</main><script>${script}</script></body></html>`;
}

function ordersTable(devstore: Devstore): string {
  const store = devstore.world.demo();
  const orders = [...store.orders.values()].slice(-recentOrders).reverse();
  if (orders.length === 0) return '<p>There are none yet.</p>';
  const rows = orders.map((order) => {
    const { id, name, email, financialStatus, currentTotal, lines } = describeOrder(store, order);
    const items = lines
      .map((line) => {
        const label = `${escape(line.title)} × ${line.currentQuantity}`;
        const button =
          line.currentQuantity > 0
            ? actionButton(`/orders/${id}/refund`, 'Refund one', {
                lines: [{ line: line.id, quantity: 1 }],
              })
            : '';
        return `<li>${label} ${button}</li>`;
      })
      .join('');
    const owed = ['pending', 'authorized', 'partially_paid'].includes(financialStatus);
    const buttons = [
      owed ? actionButton(`/orders/${id}/pay`, 'Pay', {}) : '',
      order.cancelledAt === null && !order.fulfilled
        ? actionButton(`/orders/${id}/cancel`, 'Cancel', { reason: 'customer' })
        : '',
    ];
    return `<tr><td><b>${name}</b><br>${escape(email ?? 'nobody')}</td><td>${currentTotal}<br>${financialStatus}</td><td><ul>${items}</ul></td><td>${buttons.join(' ')}</td></tr>`;
  });
  return `<table><thead><tr><th>Order</th><th>Total now</th><th>Lines</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function actionButton(path: string, label: string, body: object): string {
  return `<button type="button" data-path="${path}" data-body="${escape(JSON.stringify(body))}">${label}</button>`;
}

function chapterHtml(chapter: Chapter, control: string): string {
  const routes = chapter.routes.map((one) => routeHtml(one, control)).join('\n');
  return `<section><h2>${escape(chapter.title)}</h2>${routes}</section>`;
}

function routeHtml(route: Route, control: string): string {
  const { method, path, says, example } = route;
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const fields = names.map(
    (name) =>
      `<label>${name} <input name="${name}" required placeholder="${placeholders[name] ?? ''}"></label>`,
  );
  const bodyField =
    example === null
      ? ''
      : `<label>body <textarea name="body" rows="${rowsFor(example)}" spellcheck="false">${escape(JSON.stringify(example, null, 2))}</textarea></label>`;
  return `<details><summary><b>${method}</b> <code>${path}</code> <span>${escape(says)}</span></summary>
<form data-method="${method}" data-path="${path}">${fields.join('')}${bodyField}<button>Send</button></form>
<pre>${escape(curlFor(route, control))}</pre></details>`;
}

const placeholders: Record<string, string> = {
  order: 'latest',
  customer: 'mia@example.com',
  product: 'misty-ridge-oolong',
  discount: 'WELCOME10',
  card: 'present2026',
  owner: 'mia@example.com',
};

function curlFor({ method, path, example }: Route, control: string): string {
  const url =
    control + path.replace(/:(\w+)/g, (_, name: string) => placeholders[name] ?? `<${name}>`);
  if (example === null) return `curl '${url}'`;
  const body = Object.keys(example).length > 0 ? ` -d '${JSON.stringify(example)}'` : '';
  return `curl -X ${method} '${url}'${body}`;
}

function rowsFor(example: object): number {
  return Math.max(2, JSON.stringify(example, null, 2).split('\n').length);
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:60rem;padding:1.5rem}h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
table{width:100%;border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.4rem;border-top:1px solid #8884}
ul{margin:0;padding-left:1.1rem}details{border-top:1px solid #8884;padding:.4rem 0}summary{cursor:pointer}summary span{opacity:.75}
form{display:grid;gap:.5rem;margin:.6rem 0}label{display:grid;gap:.2rem}input,textarea{font:13px/1.4 ui-monospace,monospace;padding:.4rem}
button{font:inherit;padding:.25rem .7rem;justify-self:start;cursor:pointer}pre{overflow:auto;background:#8882;padding:.6rem;border-radius:6px}
output{display:block;white-space:pre-wrap;font:13px/1.4 ui-monospace,monospace;background:#8882;border-radius:6px;max-height:18rem;overflow:auto}
output:not(:empty){padding:.6rem;margin-top:.8rem}`;

const script = `
const answer = document.getElementById('answer');
async function send(method, path, body) {
  answer.textContent = method + ' ' + path + ' …';
  try {
    const options = { method };
    if (method !== 'GET') { options.body = body || '{}'; options.headers = { 'content-type': 'application/json' }; }
    const response = await fetch(path, options);
    answer.textContent = response.status + '\\n' + await response.text();
  } catch (error) { answer.textContent = String(error); }
  scrollTo({ top: 0, behavior: 'smooth' });
}
document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const path = form.dataset.path.replace(/:(\\w+)/g, (_, name) => encodeURIComponent(form.elements[name].value.trim()));
  send(form.dataset.method, path, form.elements.body && form.elements.body.value);
});
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-path]');
  if (button) send('POST', button.dataset.path, button.dataset.body);
});`;
