/** Shoppers of a road who play games of chance, through Shopify's signed proxy. */
import { randomUUID } from 'node:crypto';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { answerOf, contextOf, proxyRequest } from './admin-request.ts';
import type { Road } from './road.ts';
import type { Shopper } from './storefront-shoppers.ts';
import { runGames } from '../../app/jobs/run-games.ts';
import { loader as listed } from '../../app/routes/proxy.games.ts';
import { action as draw } from '../../app/routes/proxy.games_.draw.ts';
import type { Order } from '../../devstore/state/order.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';

type Loader = (args: LoaderFunctionArgs) => Promise<Response>;

interface Played {
  readonly ok?: boolean;
  readonly already?: boolean;
  readonly says?: string;
  readonly refusal?: { readonly kind: string };
  readonly ticket?: object;
  readonly draw?: { readonly id: string; readonly proof: { readonly route: string } };
}

export type Players = ReturnType<typeof playersOf>;

/** Made by the shopper's browser. */
export const chosen = (): string => randomUUID().replaceAll('-', '');

export function playersOf(road: Road) {
  const context = contextOf(road);
  const url = (path: string, who: Shopper | null, more: Record<string, string> = {}): string =>
    proxyRequest(path, {
      ...{ shop: road.store.domain, logged_in_customer_id: who?.customerId ?? '', ...more },
    }).url;

  async function read(
    loader: Loader,
    path: string,
    who: Shopper | null,
    more: Record<string, string> = {},
  ): Promise<Response> {
    const request = new Request(url(path, who, more), { headers: { 'User-Agent': 'Mozilla/5.0' } });
    return answerOf(() => loader({ request, context, params: {} }));
  }

  async function gameOf(who: Shopper, game: string, more: Record<string, string> = {}) {
    const answer = await read(listed, '/proxy/games', who, { game, ...more });
    const body = (await answer.json()) as { token: string; game: Record<string, unknown> };
    return { ...body, status: answer.status };
  }

  async function post(
    action: Loader,
    path: string,
    who: Shopper,
    wish: object,
    more: Record<string, string> = {},
  ) {
    const { token } = (await (await read(listed, '/proxy/games', who)).json()) as { token: string };
    const request = new Request(url(path, who, more), {
      method: 'POST',
      headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json' },
      body: JSON.stringify({ token, ...wish }),
    });
    const answer = await answerOf(() => action({ request, context, params: {} }));
    return { status: answer.status, body: (await answer.json()) as Played };
  }

  const play = (who: Shopper, game: string, over: object = {}, more: Record<string, string> = {}) =>
    post(
      draw,
      '/proxy/games/draw',
      who,
      { game, key: randomUUID(), chosen: chosen(), ...over },
      more,
    );

  async function everythingDue(): Promise<void> {
    while (await runGames(road.world));
    await road.settle();
  }

  async function buys(who: Shopper): Promise<Order> {
    const [product] = [...road.store.products.values()].filter(({ giftCard }) => !giftCard);
    const order = road.store.placeOrder({
      buyer: { customerId: who.customerId },
      lines: [{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }],
    });
    await road.settle();
    return order;
  }

  async function givesBack(order: Order): Promise<void> {
    refundOrder(road.store, {
      orderId: order.id,
      lines: order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
    });
    await road.settle();
  }

  return { read, gameOf, post, play, everythingDue, buys, givesBack };
}
