/** Logging in by e-mail alone, and the account with its orders. */
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Customer } from '../state/customer.ts';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import type { Sessions } from './sessions.ts';
import { draw, shopperOf } from './draw.ts';
import { notFound, Refusal } from '../state/refusal.ts';
import { orderObject } from './objects.ts';

const loginBody = z.object({
  email: z.string().trim().max(200),
  return_url: z.string().optional(),
});

export function accountRoutes(world: World, sessions: Sessions): Router {
  const router = Router();

  router.get('/account', (request: Request, response: Response, next) => {
    const shopper = shopperOf(world, sessions, request);
    if (!shopper.customer) {
      response.redirect('/account/login');
      return;
    }
    const all = shopper.store.ordersOf(shopper.customer.id).reverse();
    const latest = request.query['orders'] === 'all' ? all : all.slice(0, 10);
    const orders = latest.map((order) => orderObject(shopper.store, order));
    draw(world, request, response, shopper, {
      template: 'account',
      title: 'Account',
      blocks: 'beside',
      orders,
      orders_left: all.length - orders.length,
    }).catch(next);
  });

  router.get('/account/orders/:token', (request: Request, response: Response, next) => {
    const shopper = shopperOf(world, sessions, request);
    const token = String(request.params['token']);
    const own = shopper.customer ? shopper.store.ordersOf(shopper.customer.id) : [];
    const order = own.find((one) => one.token === token);
    if (!order) notFound('There is no such order in your account.');
    draw(world, request, response, shopper, {
      template: 'order',
      title: order.name,
      order: orderObject(shopper.store, order),
    }).catch(next);
  });

  const loginPage = (
    request: Request,
    response: Response,
    problem: string | null,
    email: string,
  ) => {
    const shopper = shopperOf(world, sessions, request);
    const asked: unknown =
      request.query['return_url'] ?? (request.body as Record<string, unknown>)['return_url'];
    return draw(world, request, response, shopper, {
      template: 'login',
      title: 'Log in',
      return_url: localPath(asked),
      problem,
      email,
      regulars: regulars(shopper.store),
      status: problem === null ? 200 : 422,
    });
  };
  router.get('/account/login', (request, response, next) => {
    loginPage(request, response, null, '').catch(next);
  });
  router.post('/account/login', (request: Request, response: Response, next) => {
    const body = loginBody.parse(request.body);
    try {
      const customer = customerFor(
        world.demo(),
        body.email,
        shopperOf(world, sessions, request).locale,
      );
      sessions.change(request, response, (session) => {
        session.customerId = customer.id;
      });
      response.redirect(303, localPath(body.return_url));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      loginPage(request, response, error.message, body.email).catch(next);
    }
  });
  router.post('/account/logout', (request: Request, response: Response) => {
    sessions.change(request, response, (session) => {
      session.customerId = null;
    });
    response.redirect(303, '/');
  });
  return router;
}

/** As with Shopify's customer accounts, whoever owns an address can log in; a new one is a new customer. */
function customerFor(store: Store, email: string, locale: string): Customer {
  return store.findCustomerByEmail(email) ?? store.createCustomer({ email, account: true, locale });
}

/** A few customers with orders, so that nobody must guess an address. */
function regulars(store: Store): object[] {
  return [...store.customers.values()]
    .filter((one) => one.email !== null && one.state === 'enabled')
    .map((one) => ({ customer: one, orders: store.ordersOf(one.id).length }))
    .sort((a, b) => b.orders - a.orders)
    .slice(0, 6)
    .map(({ customer, orders }) => ({
      name: [customer.firstName, customer.lastName].filter((part) => part !== null).join(' '),
      email: customer.email,
      orders,
    }));
}

/** Only a path of this shop: whoever logs in must not be sent elsewhere. */
export function localPath(asked: unknown): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return '/account';
  const url = new URL(asked, 'http://shop');
  return url.host === 'shop' ? url.pathname + url.search : '/account';
}
