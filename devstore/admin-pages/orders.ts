/** The order list, and one order with the buttons that change it. */
import type { Order, OrderLine } from '../state/order.ts';
import type { Store } from '../state/store.ts';
import { html, type Html } from './html.ts';
import { moment, money, nameOf, sentence } from './words.ts';
import { orderFigures } from '../state/orders/order-figures.ts';
import { pageOf, pager, searchForm } from './paging.ts';
import { storePath } from './shop-address.ts';

export function ordersPage(store: Store, query: string, page: unknown): Html {
  const path = `${storePath(store)}/orders`;
  const wanted = query.trim().toLowerCase();
  const matches = (order: Order) =>
    wanted === '' ||
    order.name.toLowerCase().includes(wanted) ||
    (order.email ?? '').toLowerCase().includes(wanted);
  const found = pageOf([...store.orders.values()].filter(matches).reverse(), page);
  return html`<h1>Orders</h1>
    ${searchForm(path, query, 'Order number or e-mail')}
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th>Order</th>
            <th>Date</th>
            <th>Customer</th>
            <th>Payment</th>
            <th class="right">Total</th>
          </tr>
        </thead>
        <tbody>
          ${found.rows.map((order) => {
            const figures = orderFigures(order);
            return html`<tr>
              <td><a href="${path}/${order.id}">${order.name}</a></td>
              <td>${moment(order.createdAt, store)}</td>
              <td>${buyer(store, order)}</td>
              <td>${badges(order)}</td>
              <td class="right">${money(figures.currentTotal.shop, order.currency)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${pager(path, query, found)}`;
}

export function orderPage(store: Store, order: Order): Html {
  const path = `${storePath(store)}/orders/${order.id}`;
  const figures = orderFigures(order);
  const open = order.cancelledAt === null;
  const sum = (label: string, minor: number) =>
    html`<tr>
      <th scope="row">${label}</th>
      <td class="right">${money(minor, order.currency)}</td>
    </tr>`;
  return html`<h1>${order.name} ${badges(order)}</h1>
    <p class="muted">
      ${moment(order.createdAt, store)} · ${buyer(store, order)} · ${order.sourceName}
      ${order.presentmentCurrency !== order.currency && html`· paid in ${order.presentmentCurrency}`}
    </p>
    <section class="card">
      <h2>Items</h2>
      ${order.lines.map((line) => lineRow(order, line, path))}
    </section>
    <div class="grid">
      <section class="card">
        <h2>Payment</h2>
        <table>
          <tbody>
            ${sum('Subtotal', figures.subtotal.shop)} ${sum('Shipping', figures.shipping.shop)}
            ${sum('Taxes', figures.tax.shop)} ${sum('Total', figures.total.shop)}
            ${figures.refunded.shop > 0 && sum('Refunded', -figures.refunded.shop)}
            ${sum('Left after refunds and edits', figures.currentTotal.shop)}
            ${figures.outstanding.shop > 0 && sum('Still owed', figures.outstanding.shop)}
          </tbody>
        </table>
      </section>
      <section class="card">
        <h2>Actions</h2>
        <div class="actions">
          ${open && figures.outstanding.shop > 0 && action(`${path}/pay`, 'Mark as paid')}
          ${open && !order.fulfilled && action(`${path}/fulfill`, 'Mark as fulfilled')}
          ${open && !order.fulfilled && action(`${path}/cancel`, 'Cancel and refund', 'critical')}
          ${(!open || order.fulfilled) && html`<span class="muted">${closedBecause(order)}</span>`}
        </div>
        ${open && addForm(store, path)}
      </section>
    </div>
    ${
      order.refunds.length > 0 &&
      html`<section class="card">
        <h2>Refunds and removals</h2>
        <ul>
          ${order.refunds.map(
            (refund) =>
              html`<li>
                ${moment(refund.createdAt, store)}:
                ${
                  refund.lines
                    .map((one) => `${one.quantity} × ${titleOf(order, one.lineId)}`)
                    .join(', ') || 'no items'
                }${refund.byEdit ? ' (edit)' : ''}
              </li>`,
          )}
        </ul>
      </section>`
    }`;
}

function lineRow(order: Order, line: OrderLine, path: string): Html {
  const left = line.currentQuantity;
  const paid = orderFigures(order).received.shop > 0;
  const units = html`<label>
    <span class="hidden">Units of ${line.title}</span>
    <input type="number" name="quantity" min="1" max="${left}" value="1" required />
  </label>`;
  return html`<div class="line">
    <div>
      <strong>${line.title}</strong>
      ${line.variantTitle && html`<span class="muted">${line.variantTitle}</span>`}
      <div class="muted">
        ${money(line.unitPrice.shop, order.currency)} ×
        ${line.quantity}${left !== line.quantity ? `, ${left} left` : ''}
      </div>
    </div>
    ${
      left > 0 &&
      html`<div class="actions">
        ${
          paid &&
          html`<form method="post" action="${path}/refund">
            <input type="hidden" name="lineId" value="${line.id}" />
            ${units}<button class="button">Refund item</button>
          </form>`
        }
        ${
          order.cancelledAt === null &&
          html`<form method="post" action="${path}/remove">
            <input type="hidden" name="lineId" value="${line.id}" />
            ${units}<button class="button">Remove by edit</button>
          </form>`
        }
      </div>`
    }
  </div>`;
}

function addForm(store: Store, path: string): Html {
  const sold = [...store.products.values()].filter((product) => product.status === 'ACTIVE');
  return html`<form method="post" action="${path}/add" class="stack">
    <label>
      Edit: add an item
      <select name="variantId" required>
        ${sold.flatMap((product) =>
          product.variants.map(
            (variant) =>
              html`<option value="${variant.id}">
                ${product.title}${product.variants.length > 1 ? `, ${variant.title}` : ''}
              </option>`,
          ),
        )}
      </select>
    </label>
    <label
      >Quantity <input type="number" name="quantity" min="1" max="1000" value="1" required
    /></label>
    <button class="button">Add item</button>
  </form>`;
}

export function badges(order: Order): Html {
  const { financialStatus } = orderFigures(order);
  return html`<span class="badge ${financialStatus}">${sentence(financialStatus)}</span>
    ${order.cancelledAt !== null && html`<span class="badge voided">Cancelled</span>`}
    ${order.test && html`<span class="badge">Test</span>`}`;
}

export function action(path: string, label: string, tone = ''): Html {
  return html`<form method="post" action="${path}">
    <button class="button ${tone}">${label}</button>
  </form>`;
}

function buyer(store: Store, order: Order): Html {
  const customer = order.customerId === null ? undefined : store.customers.get(order.customerId);
  if (!customer) return html`<span class="muted">${order.email ?? 'No customer'}</span>`;
  return html`<a href="${storePath(store)}/customers/${customer.id}">${nameOf(customer)}</a>`;
}

function closedBecause(order: Order): string {
  return order.cancelledAt === null
    ? 'Sent: it can be refunded, not cancelled.'
    : `Cancelled (${order.cancelReason ?? 'other'}).`;
}

function titleOf(order: Order, lineId: string): string {
  return order.lines.find((line) => line.id === lineId)?.title ?? 'an item';
}
