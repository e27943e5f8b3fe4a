/** From the cart to an order: contact, codes, shipping, and paying now or later. */
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Order } from '../state/order.ts';
import type { World } from '../state/world.ts';
import type { Sessions } from './sessions.ts';
import { draw, shopperOf } from './draw.ts';
import { notFound, Refusal } from '../state/refusal.ts';
import { orderObject, quoteCart, sellableLines } from './objects.ts';

const field = z.string().trim().max(200).default('');
const checkoutBody = z.object({
  email: field,
  first_name: field,
  last_name: field,
  address1: field,
  zip: field,
  city: field,
  payment: z.enum(['now', 'later']),
  accepts_marketing: z.literal('yes').optional(),
  store_credit: z.literal('yes').optional(),
});

export function checkoutRoutes(world: World, sessions: Sessions): Router {
  const router = Router();
  const page = async (
    request: Request,
    response: Response,
    problem: string | null,
    given: object,
  ) => {
    const shopper = shopperOf(world, sessions, request);
    if (sellableLines(shopper.store, shopper.session).length === 0) {
      response.redirect('/cart');
      return;
    }
    const address = shopper.customer?.addresses.find(
      (one) => one.id === shopper.customer?.defaultAddressId,
    );
    await draw(world, request, response, shopper, {
      template: 'checkout',
      title: 'Checkout',
      inCheckout: true,
      problem,
      given: {
        email: shopper.customer?.email ?? '',
        first_name: shopper.customer?.firstName ?? '',
        last_name: shopper.customer?.lastName ?? '',
        address1: address?.address1 ?? '',
        zip: address?.zip ?? '',
        city: address?.city ?? '',
        ...given,
      },
      status: problem === null ? 200 : 422,
    });
  };

  router.get('/checkout', (request, response, next) => {
    page(request, response, null, {}).catch(next);
  });
  router.post('/checkout', (request, response, next) => {
    const given = checkoutBody.parse(request.body);
    try {
      const order = buy(request, given);
      if (!order) {
        response.redirect(303, '/cart');
        return;
      }
      sessions.change(request, response, (session) => {
        session.lines = [];
        session.attributes = {};
        session.discountCodes = [];
        session.giftCards = [];
      });
      response.redirect(303, `/checkout/thank-you/${order.token}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      page(request, response, error.message, given).catch(next);
    }
  });
  router.get('/checkout/thank-you/:token', (request, response, next) => {
    const shopper = shopperOf(world, sessions, request);
    const token = String(request.params['token']);
    const order = [...shopper.store.orders.values()].find((one) => one.token === token);
    if (!order) notFound('There is no such order.');
    draw(world, request, response, shopper, {
      template: 'thank-you',
      inCheckout: true,
      title: order.name,
      order: orderObject(shopper.store, order),
    }).catch(next);
  });

  /** Null for an empty cart, for instance when the form is sent twice. */
  function buy(request: Request, given: z.infer<typeof checkoutBody>): Order | null {
    const shopper = shopperOf(world, sessions, request);
    const { store, session, customer, currency } = shopper;
    const lines = sellableLines(store, session);
    if (lines.length === 0) return null;
    const known = customer ?? store.findCustomerByEmail(given.email) ?? null;
    const quote = quoteCart(store, session, currency, known);
    return store.placeOrder({
      lines,
      currency,
      discountCodes: quote.codes,
      giftCards: quote.giftCards.filter((one) => one.problem === null).map(({ code }) => code),
      storeCredit: given.store_credit === 'yes' && customer !== null,
      buyer: customer
        ? { customerId: customer.id }
        : {
            email: given.email,
            firstName: given.first_name || undefined,
            lastName: given.last_name || undefined,
          },
      payment: given.payment === 'now' ? 'paid' : 'pending',
      locale: shopper.locale,
      noteAttributes: session.attributes,
      acceptsMarketing: given.accepts_marketing === 'yes',
      shippingAddress: {
        firstName: given.first_name || null,
        lastName: given.last_name || null,
        address1: given.address1 || null,
        zip: given.zip || null,
        city: given.city || null,
      },
    });
  }

  return router;
}
