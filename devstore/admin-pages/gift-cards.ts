/** Gift cards as a merchant sees them, and what a customer has of cards and store credit. */
import { isExpired, type GiftCard } from '../state/credit/gift-card.ts';
import { balanceOf, creditAccountsOf } from '../state/credit/store-credit.ts';
import type { Customer } from '../state/customer.ts';
import type { Store } from '../state/store.ts';
import { fact } from './discounts.ts';
import { html, type Html } from './html.ts';
import { moment, money, nameOf } from './words.ts';
import { pageOf, pager, searchForm } from './paging.ts';
import { action } from './orders.ts';
import { storePath } from './shop-address.ts';

export function giftCardsPage(store: Store, query: string, page: unknown): Html {
  const path = `${storePath(store)}/gift-cards`;
  const wanted = query.trim().toLowerCase();
  const all = [...store.purses.cards.values()].filter((card) =>
    `${card.code} ${card.note ?? ''}`.toLowerCase().includes(wanted),
  );
  const found = pageOf(all.reverse(), page);
  return html`<h1>Gift cards</h1>
    ${searchForm(path, query, 'Code or note')}
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th>Code</th>
            <th>Status</th>
            <th>Customer</th>
            <th>Expires</th>
            <th class="right">Balance</th>
          </tr>
        </thead>
        <tbody>
          ${found.rows.map(
            (card) =>
              html`<tr>
                <td><a href="${path}/${card.id}">•••• ${card.code.slice(-4)}</a></td>
                <td>${badge(store, card)}</td>
                <td>${ownerOf(store, card)}</td>
                <td>${card.expiresOn ?? 'Never'}</td>
                <td class="right">
                  ${money(card.balanceMinor, card.currency)} of
                  ${money(card.initialMinor, card.currency)}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${pager(path, query, found)}`;
}

export function giftCardPage(store: Store, card: GiftCard): Html {
  const base = storePath(store);
  return html`<h1>Gift card •••• ${card.code.slice(-4)} ${badge(store, card)}</h1>
    <p class="muted">Made ${moment(card.createdAt, store)} · id ${card.id}</p>
    <section class="card">
      <dl class="facts">
        ${fact('Balance', `${money(card.balanceMinor, card.currency)} of ${money(card.initialMinor, card.currency)}`)}
        ${fact('Customer', ownerOf(store, card))} ${fact('Expires', card.expiresOn ?? 'Never')}
        ${fact('Note', card.note ?? 'None')}
        ${fact('Sent by e-mail', card.sentAt.length === 0 ? 'No' : card.sentAt.map((at) => moment(at, store)).join(', '))}
      </dl>
      ${
        card.deactivatedAt === null &&
        html`<div class="actions">
          ${action(`${base}/gift-cards/${card.id}/deactivate`, 'Deactivate for good', 'critical')}
        </div>`
      }
    </section>
    <section class="card table">
      <h2>Payments</h2>
      <table>
        <tbody>
          ${card.transactions.map(
            (one) =>
              html`<tr>
                <td>${moment(one.at, store)}</td>
                <td>
                  ${
                    one.orderId &&
                    html`<a href="${base}/orders/${one.orderId}"
                      >${store.orders.get(one.orderId)?.name ?? one.orderId}</a
                    >`
                  }
                </td>
                <td class="right">${money(one.amountMinor, card.currency)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${card.transactions.length === 0 && html`<p class="muted">None</p>`}
    </section>`;
}

/** On a customer's page. */
export function purseCard(store: Store, customer: Customer): Html {
  const accounts = creditAccountsOf(store, customer.id);
  const cards = [...store.purses.cards.values()].filter((one) => one.customerId === customer.id);
  return html`<section class="card">
    <h2>Store credit</h2>
    ${accounts.length === 0 && html`<p class="muted">None</p>`}
    ${accounts.map(
      (account) =>
        html`<p><strong>${money(balanceOf(account), account.currency)}</strong></p>
          <ul>
            ${account.transactions
              .slice(-5)
              .reverse()
              .map(
                (one) =>
                  html`<li>
                    ${money(one.amountMinor, account.currency)}
                    <span class="muted"
                      >${one.kind},
                      ${moment(one.createdAt, store)}${
                        one.expiresAt === null ? '' : `, until ${moment(one.expiresAt, store)}`
                      }</span
                    >
                  </li>`,
              )}
          </ul>`,
    )}
    <h2>Gift cards</h2>
    ${cards.length === 0 && html`<p class="muted">None</p>`}
    ${cards.map(
      (card) =>
        html`<p>
          <a href="${storePath(store)}/gift-cards/${card.id}">•••• ${card.code.slice(-4)}</a>
          ${money(card.balanceMinor, card.currency)} ${badge(store, card)}
        </p>`,
    )}
  </section>`;
}

function badge(store: Store, card: GiftCard): Html {
  if (card.deactivatedAt !== null) return html`<span class="badge voided">Deactivated</span>`;
  if (isExpired(store, card)) return html`<span class="badge voided">Expired</span>`;
  return html`<span class="badge paid">${card.balanceMinor === 0 ? 'Spent' : 'Active'}</span>`;
}

function ownerOf(store: Store, { customerId }: GiftCard): Html {
  const customer = customerId === null ? undefined : store.customers.get(customerId);
  if (!customer) return html`<span class="muted">Nobody</span>`;
  return html`<a href="${storePath(store)}/customers/${customer.id}">${nameOf(customer)}</a>`;
}
