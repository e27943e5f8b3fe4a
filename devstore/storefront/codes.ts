/** Codes at the checkout: discounts and gift cards share one field, as in Shopify's. */
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { World } from '../state/world.ts';
import type { Sessions } from './sessions.ts';
import { findGiftCard } from '../state/credit/gift-card.ts';
import { localPath } from './account.ts';

const codeBody = z.object({ discount_code: z.string().max(100) });
const most = 10;

export function codeRoutes(world: World, sessions: Sessions): Router {
  const router = Router();
  router.post('/checkout/discount', (request, response) => {
    add(request, response, codeBody.parse(request.body).discount_code);
    response.redirect(303, '/checkout');
  });
  router.post('/checkout/discount/remove', (request, response) => {
    const gone = codeBody.parse(request.body).discount_code.toLowerCase();
    sessions.change(request, response, (session) => {
      session.discountCodes = session.discountCodes.filter((one) => one.toLowerCase() !== gone);
      session.giftCards = session.giftCards.filter((one) => one.toLowerCase() !== gone);
    });
    response.redirect(303, '/checkout');
  });
  // The link that Shopify gives for a code: it is kept until the checkout.
  router.get('/discount/:code', (request: Request, response: Response) => {
    add(request, response, String(request.params['code']));
    const { redirect } = request.query;
    const isOwn = typeof redirect === 'string' && /^\/(?![/\\])/.test(redirect);
    response.redirect(302, isOwn ? localPath(redirect) : '/');
  });

  function add(request: Request, response: Response, given: string): void {
    const code = given.trim();
    if (code === '') return;
    const card = findGiftCard(world.demo(), code);
    sessions.change(request, response, (session) => {
      const kept = card ? session.giftCards : session.discountCodes;
      if (kept.length < most && !kept.some((one) => one.toLowerCase() === code.toLowerCase())) {
        kept.push(code);
      }
    });
  }

  return router;
}
