/** Where the pages of discounts and gift cards are, and what their buttons do. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { deactivateGiftCard, requireGiftCard } from '../state/credit/gift-card.ts';
import {
  activateDiscount,
  changeDiscount,
  deactivateDiscount,
  deleteDiscount,
  requireDiscount,
  type DiscountChange,
} from '../state/discounts/change-discount.ts';
import type { Discount } from '../state/discount.ts';
import type { Store } from '../state/store.ts';
import { discountPage, discountsPage } from './discounts.ts';
import { giftCardPage, giftCardsPage } from './gift-cards.ts';
import type { Page } from './layout.ts';
import { storePath } from './shop-address.ts';

type Draw = (store: Store, request: Request) => Page;

const edited = z.object({
  title: z.string().trim().min(1).max(255),
  amountMinor: z.coerce.number().int().min(1).optional(),
});

export function rewardPages(
  router: Router,
  storeOf: (request: Request) => Store,
  page: (path: string, draw: Draw) => unknown,
): void {
  const query = (request: Request) => z.string().catch('').parse(request.query['q']);
  const idOf = (request: Request) => String(request.params['id']);
  page('/discounts', (store, request) => ({
    title: 'Discounts',
    section: 'discounts',
    body: discountsPage(store, query(request), request.query['page']),
  }));
  page('/discounts/:id', (store, request) => {
    const discount = requireDiscount(store, idOf(request));
    return { title: discount.title, section: 'discounts', body: discountPage(store, discount) };
  });
  page('/gift-cards', (store, request) => ({
    title: 'Gift cards',
    section: 'gift-cards',
    body: giftCardsPage(store, query(request), request.query['page']),
  }));
  page('/gift-cards/:id', (store, request) => {
    const card = requireGiftCard(store, idOf(request));
    return { title: 'Gift card', section: 'gift-cards', body: giftCardPage(store, card) };
  });
  /** @param act says where to go next, when not back to what was changed */
  const button = (path: string, act: (store: Store, id: string, body: unknown) => string | void) =>
    router.post(path, (request: Request, response: Response) => {
      const store = storeOf(request);
      const id = idOf(request);
      const shelf = path.split('/')[1] ?? '';
      const next = act(store, id, request.body) ?? `/${shelf}/${id}`;
      response.redirect(303, storePath(store) + next);
    });
  button('/discounts/:id/edit', (store, id, body) => {
    changeDiscount(store, id, changeOf(requireDiscount(store, id), edited.parse(body)));
  });
  button('/discounts/:id/deactivate', (store, id) => void deactivateDiscount(store, id));
  button('/discounts/:id/activate', (store, id) => void activateDiscount(store, id));
  button('/discounts/:id/delete', (store, id) => {
    deleteDiscount(store, id);
    return '/discounts';
  });
  button('/gift-cards/:id/deactivate', (store, id) => void deactivateGiftCard(store, id));
}

function changeOf(
  { effect }: Discount,
  { title, amountMinor }: z.infer<typeof edited>,
): DiscountChange {
  if (amountMinor === undefined || effect.kind !== 'basic' || !('amountMinor' in effect.value)) {
    return { title };
  }
  return { title, effect: { ...effect, value: { ...effect.value, amountMinor } } };
}
