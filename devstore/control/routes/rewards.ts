/** What a merchant does with discounts, gift cards and store credit. */
import { z } from 'zod';
import {
  createGiftCard,
  deactivateGiftCard,
  findGiftCard,
  type GiftCard,
} from '../../state/credit/gift-card.ts';
import { balanceOf, creditAccountsOf, creditCustomer } from '../../state/credit/store-credit.ts';
import { statusOf, type Discount } from '../../state/discount.ts';
import {
  activateDiscount,
  changeDiscount,
  deactivateDiscount,
  deleteDiscount,
} from '../../state/discounts/change-discount.ts';
import { customerNamed } from '../named.ts';
import { minor, noBody, reading, route, type Call, type Route } from '../route.ts';
import { notFound } from '../../state/refusal.ts';

function discountOf({ store, params }: Call): Discount {
  const name = params['discount'] ?? '';
  const found = store.discounts.find(name) ?? store.discounts.get(name);
  return found ?? notFound(`${store.domain} has no discount ${name}.`);
}

function cardOf({ store, params }: Call): GiftCard {
  const name = params['card'] ?? '';
  const found = findGiftCard(store, name) ?? store.purses.cards.get(name);
  return found ?? notFound(`${store.domain} has no gift card ${name}.`);
}

const described = ({ store }: Call, discount: Discount) => ({
  discount: {
    ...discount,
    status: statusOf(discount, store.now()),
    codes: discount.codes.slice(0, 250).map(({ code }) => code),
    codesCount: discount.codes.length,
  },
});

export const rewardRoutes: Route[] = [
  reading('/discounts', 'All discounts, newest first, with at most 250 codes of each.', (call) => ({
    discounts: call.store.discounts
      .all()
      .reverse()
      .map((one) => described(call, one).discount),
  })),
  reading('/discounts/:discount', 'One discount, by a code or its id.', (call) =>
    described(call, discountOf(call)),
  ),
  route(
    'PATCH',
    '/discounts/:discount',
    'Edits a discount, as a merchant may, and sends discounts/update.',
    z.strictObject({
      title: z.string().min(1).optional(),
      code: z.string().min(1).optional(),
      endsAt: z.iso.datetime().nullable().optional(),
      usageLimit: z.int().min(1).nullable().optional(),
      oncePerCustomer: z.boolean().optional(),
    }),
    { title: 'Thank you' },
    (call, body) => {
      const given = Object.entries(body).filter(([, value]) => value !== undefined);
      const { id } = discountOf(call);
      return described(call, changeDiscount(call.store, id, Object.fromEntries(given)));
    },
  ),
  route(
    'POST',
    '/discounts/:discount/deactivate',
    'Ends a discount now and sends discounts/update.',
    noBody,
    {},
    (call) => described(call, deactivateDiscount(call.store, discountOf(call).id)),
  ),
  route(
    'POST',
    '/discounts/:discount/activate',
    'Lets a discount begin now, without an end, and sends discounts/update.',
    noBody,
    {},
    (call) => described(call, activateDiscount(call.store, discountOf(call).id)),
  ),
  route(
    'DELETE',
    '/discounts/:discount',
    'Deletes a discount and sends discounts/delete.',
    noBody,
    {},
    (call) => {
      const { id } = discountOf(call);
      deleteDiscount(call.store, id);
      return { deleted: id };
    },
  ),
  reading('/gift-cards', 'All gift cards, with their codes.', ({ store }) => ({
    giftCards: [...store.purses.cards.values()].reverse(),
  })),
  route(
    'POST',
    '/gift-cards',
    'Makes a gift card by the merchant’s hand.',
    z.strictObject({
      code: z.string().regex(/^[a-z0-9]{8,20}$/i),
      amountMinor: z.int().min(1),
      currency: z.string().optional(),
      customer: z.string().optional(),
      expiresOn: z.iso.date().optional(),
    }),
    { code: 'present2026', amountMinor: 2500 },
    ({ store }, { code, amountMinor, currency, customer, expiresOn }) => ({
      giftCard: createGiftCard(store, {
        code,
        initialMinor: amountMinor,
        currency: currency ?? store.shop.currency,
        customerId: customer === undefined ? null : customerNamed(store, customer).id,
        expiresOn: expiresOn ?? null,
        note: null,
      }),
    }),
  ),
  route(
    'POST',
    '/gift-cards/:card/deactivate',
    'Deactivates a gift card for good.',
    noBody,
    {},
    (call) => ({ giftCard: deactivateGiftCard(call.store, cardOf(call).id) }),
  ),
  reading('/store-credit/:owner', 'A customer’s store credit.', (call) => {
    const { id } = customerNamed(call.store, call.params['owner'] ?? '');
    return {
      accounts: creditAccountsOf(call.store, id).map((account) => ({
        ...account,
        balanceMinor: balanceOf(account),
      })),
    };
  }),
  route(
    'POST',
    '/store-credit/:owner',
    'Gives store credit by the merchant’s hand.',
    z.strictObject({
      amountMinor: minor,
      currency: z.string().optional(),
      expiresAt: z.iso.datetime().optional(),
    }),
    { amountMinor: 1000 },
    ({ store, params }, { amountMinor, currency, expiresAt }) => {
      const { account, transaction } = creditCustomer(store, {
        customerId: customerNamed(store, params['owner'] ?? '').id,
        currency: currency ?? store.shop.currency,
        amountMinor,
        expiresAt: expiresAt ?? null,
      });
      return { balanceMinor: balanceOf(account), transaction };
    },
  ),
];
