/** The discounts of the shop, those of apps among them, as a merchant sees and changes them. */
import {
  classOf,
  statusOf,
  type Discount,
  type DiscountItems,
  type DiscountMinimum,
} from '../state/discount.ts';
import type { Store } from '../state/store.ts';
import { html, type Html } from './html.ts';
import { moment, money, nameOf, sentence } from './words.ts';
import { pageOf, pager, searchForm } from './paging.ts';
import { action } from './orders.ts';
import { storePath } from './shop-address.ts';

export function discountsPage(store: Store, query: string, page: unknown): Html {
  const path = `${storePath(store)}/discounts`;
  const wanted = query.trim().toLowerCase();
  const matches = (one: Discount) =>
    one.title.toLowerCase().includes(wanted) ||
    one.codes.some(({ code }) => code.toLowerCase().includes(wanted));
  const found = pageOf(store.discounts.all().filter(matches).reverse(), page);
  return html`<h1>Discounts</h1>
    ${searchForm(path, query, 'Title or code')}
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th>Title</th>
            <th>Status</th>
            <th>Code</th>
            <th>Takes off</th>
            <th class="right">Used</th>
          </tr>
        </thead>
        <tbody>
          ${found.rows.map(
            (one) =>
              html`<tr>
                <td><a href="${path}/${one.id}">${one.title}</a></td>
                <td>${badge(store, one)}</td>
                <td>${codesOf(one)}</td>
                <td>${summaryOf(store, one)}</td>
                <td class="right">${one.uses.length}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${pager(path, query, found)}`;
}

export function discountPage(store: Store, discount: Discount): Html {
  const base = storePath(store);
  const path = `${base}/discounts/${discount.id}`;
  const active = statusOf(discount, store.now()) !== 'EXPIRED';
  const { effect } = discount;
  const minimum = effect.kind === 'bxgy' ? null : effect.minimum;
  return html`<h1>${discount.title} ${badge(store, discount)}</h1>
    <p class="muted">
      ${codesOf(discount)} · made ${moment(discount.createdAt, store)} · id ${discount.id}
    </p>
    <div class="grid">
      <section class="card">
        <h2>What it does</h2>
        <dl class="facts">
          ${fact('Class', sentence(classOf(discount)))}
          ${fact('Takes off', summaryOf(store, discount))}
          ${fact('Minimum', minimumOf(store, minimum))} ${fact('For', forWhom(store, discount))}
          ${fact('Combines with', combinationsOf(discount))}
          ${fact('Uses of a code', discount.usageLimit === null ? 'As many as there are' : String(discount.usageLimit))}
          ${fact('Once per customer', discount.oncePerCustomer ? 'Yes' : 'No')}
          ${fact('From', moment(discount.startsAt, store))}
          ${fact('Until', discount.endsAt === null ? 'No end' : moment(discount.endsAt, store))}
        </dl>
      </section>
      <section class="card">
        <h2>Change it</h2>
        <form method="post" action="${path}/edit" class="stack">
          <label
            >Title <input name="title" value="${discount.title}" maxlength="255" required
          /></label>
          ${
            effect.kind === 'basic' &&
            'amountMinor' in effect.value &&
            html`<label
              >Amount off in hundredths
              <input
                type="number"
                name="amountMinor"
                min="1"
                value="${effect.value.amountMinor}"
                required
            /></label>`
          }
          <button class="button">Save</button>
        </form>
        <div class="actions">
          ${active ? action(`${path}/deactivate`, 'Deactivate') : action(`${path}/activate`, 'Activate')}
          ${action(`${path}/delete`, 'Delete', 'critical')}
        </div>
      </section>
    </div>
    <section class="card table">
      <h2>Used by</h2>
      <table>
        <tbody>
          ${discount.uses
            .slice(-20)
            .reverse()
            .map(
              (use) =>
                html`<tr>
                  <td>${use.code}</td>
                  <td>
                    <a href="${base}/orders/${use.orderId}">${orderName(store, use.orderId)}</a>
                  </td>
                  <td>${moment(use.at, store)}</td>
                </tr>`,
            )}
        </tbody>
      </table>
      ${discount.uses.length === 0 && html`<p class="muted">Nobody yet</p>`}
    </section>`;
}

function badge(store: Store, discount: Discount): Html {
  const status = statusOf(discount, store.now()).toLowerCase();
  const look = { active: 'paid', scheduled: 'pending', expired: 'voided' }[status] ?? '';
  return html`<span class="badge ${look}">${sentence(status)}</span>`;
}

export function fact(label: string, value: string | Html): Html {
  return html`<dt>${label}</dt>
    <dd>${value}</dd>`;
}

function codesOf({ codes }: Discount): string {
  const [first] = codes;
  if (codes.length <= 1) return first?.code ?? 'no code';
  return `${first?.code ?? ''} and ${codes.length - 1} more`;
}

function summaryOf(store: Store, { effect }: Discount): string {
  const { currency } = store.shop;
  switch (effect.kind) {
    case 'free-shipping':
      return effect.ceilingMinor === null
        ? 'Shipping'
        : `Shipping up to ${money(effect.ceilingMinor, currency)}`;
    case 'bxgy':
      return `${effect.gets.percent} % of ${effect.gets.quantity} of ${itemsOf(store, effect.gets.items)}`;
    case 'basic': {
      const { value } = effect;
      const off =
        'percent' in value
          ? `${value.percent} %`
          : `${money(value.amountMinor, currency)}${value.eachItem ? ' each' : ''}`;
      return `${off} of ${itemsOf(store, effect.items)}`;
    }
  }
}

function itemsOf(store: Store, items: DiscountItems): string {
  switch (items.kind) {
    case 'all':
      return 'the order';
    case 'products': {
      const names = [
        ...items.productIds.map((id) => store.products.get(id)?.title ?? id),
        ...items.variantIds.map((id) => store.variant(id)?.product.title ?? id),
      ];
      return names.length > 3 ? `${names.length} products` : names.join(', ');
    }
    case 'collections':
      return items.collectionIds.map((id) => store.collections.get(id)?.title ?? id).join(', ');
  }
}

function minimumOf(store: Store, minimum: DiscountMinimum | null): string {
  if (minimum === null) return 'None';
  return 'quantity' in minimum
    ? `${minimum.quantity} pieces`
    : money(minimum.subtotalMinor, store.shop.currency);
}

function forWhom(store: Store, { context }: Discount): Html {
  if (context.kind === 'all') return html`Everybody`;
  return html`${context.customerIds.map((id) => {
    const customer = store.customers.get(id);
    return html`<a href="${storePath(store)}/customers/${id}"
      >${customer ? nameOf(customer) : id}</a
    > `;
  })}`;
}

function combinationsOf({ combines }: Discount): string {
  const allowed = Object.entries(combines).flatMap(([name, on]) => (on ? [name] : []));
  return allowed.length === 0 ? 'Nothing' : `${allowed.join(', ')} discounts`;
}

function orderName(store: Store, id: string): string {
  return store.orders.get(id)?.name ?? id;
}
