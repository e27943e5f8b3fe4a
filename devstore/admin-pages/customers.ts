/** The customer list, and one customer with tags and the metafields that apps wrote. */
import type { Customer } from '../state/customer.ts';
import type { Metafield } from '../state/metafield.ts';
import type { Store } from '../state/store.ts';
import { badges } from './orders.ts';
import { gid } from '../state/ids.ts';
import { purseCard } from './gift-cards.ts';
import { html, type Html } from './html.ts';
import { moment, money, nameOf } from './words.ts';
import { orderFigures } from '../state/orders/order-figures.ts';
import { pageOf, pager, searchForm } from './paging.ts';
import { storePath } from './shop-address.ts';

export function customersPage(store: Store, query: string, page: unknown): Html {
  const path = `${storePath(store)}/customers`;
  const wanted = query.trim().toLowerCase();
  const matches = (customer: Customer) =>
    `${nameOf(customer)} ${customer.email ?? ''} ${customer.tags.join(' ')}`
      .toLowerCase()
      .includes(wanted);
  const found = pageOf([...store.customers.values()].filter(matches).reverse(), page);
  return html`<h1>Customers</h1>
    ${searchForm(path, query, 'Name, e-mail or tag')}
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>E-mail</th>
            <th>Tags</th>
            <th class="right">Orders</th>
          </tr>
        </thead>
        <tbody>
          ${found.rows.map(
            (customer) =>
              html`<tr>
                <td><a href="${path}/${customer.id}">${nameOf(customer)}</a></td>
                <td>${customer.email}</td>
                <td>${tags(customer)}</td>
                <td class="right">${store.ordersOf(customer.id).length}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${pager(path, query, found)}`;
}

export function customerPage(store: Store, customer: Customer): Html {
  const orders = store.ordersOf(customer.id).slice(-20).reverse();
  const base = storePath(store);
  return html`<h1>${nameOf(customer)}</h1>
    <p class="muted">
      ${customer.email ?? 'no e-mail'} · customer since ${moment(customer.createdAt, store)} · id
      ${customer.id}
    </p>
    <div class="grid">
      <section class="card">
        <h2>Tags</h2>
        <p>
          ${customer.tags.length === 0 ? html`<span class="muted">None</span>` : tags(customer)}
        </p>
        <h2>Account</h2>
        <p>${customer.state === 'enabled' ? 'Can log in' : 'No account'}</p>
        ${
          customer.note &&
          html`<h2>Note</h2>
            <p>${customer.note}</p>`
        }
      </section>
      <section class="card">
        <h2>Metafields</h2>
        ${metafieldList(store.metafields(gid('Customer', customer.id)))}
      </section>
    </div>
    ${purseCard(store, customer)}
    <section class="card table">
      <h2>Latest orders</h2>
      <table>
        <tbody>
          ${orders.map(
            (order) =>
              html`<tr>
                <td><a href="${base}/orders/${order.id}">${order.name}</a></td>
                <td>${moment(order.createdAt, store)}</td>
                <td>${badges(order)}</td>
                <td class="right">
                  ${money(orderFigures(order).currentTotal.shop, order.currency)}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${orders.length === 0 && html`<p class="muted">None</p>`}
    </section>`;
}

function tags(customer: Customer): Html[] {
  return customer.tags.map((tag) => html`<span class="badge">${tag}</span> `);
}

function metafieldList(metafields: readonly Metafield[]): Html {
  if (metafields.length === 0) return html`<p class="muted">None</p>`;
  return html`<dl class="metafields">
    ${metafields.map(
      (one) =>
        html`<dt>${one.namespace}.${one.key} <span class="muted">${one.type}</span></dt>
          <dd><pre>${readable(one)}</pre></dd>`,
    )}
  </dl>`;
}

function readable(metafield: Metafield): string {
  if (metafield.type !== 'json') return metafield.value;
  return JSON.stringify(JSON.parse(metafield.value), null, 2);
}
