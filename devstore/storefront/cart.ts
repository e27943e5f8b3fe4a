import express, { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { World } from '../state/world.ts';
import type { Sessions } from './sessions.ts';
import { draw, shopperOf } from './draw.ts';
import { isSold } from './objects.ts';
import { notFound, refuse } from '../state/refusal.ts';

const most = 1000;
const quantity = z.coerce.number().int().min(0).max(most);
const added = z.object({ id: z.string(), quantity: quantity.default(1) });
const changed = z.object({ id: z.string(), quantity });

export function cartRoutes(world: World, sessions: Sessions): Router {
  const router = Router();
  router.get('/cart', (request: Request, response: Response, next) => {
    const shopper = shopperOf(world, sessions, request);
    draw(world, request, response, shopper, { template: 'cart', title: 'Cart' }).catch(next);
  });
  router.post('/cart/add', (request: Request, response: Response) => {
    const body = added.parse(request.body);
    const found = world.demo().variant(body.id);
    if (!found || !isSold(found.product)) notFound('This product is not sold any more.');
    if (found.variant.inventory < body.quantity) refuse(`${found.product.title} is sold out.`);
    sessions.change(request, response, (session) => {
      const line = session.lines.find((one) => one.variantId === body.id);
      if (line) line.quantity = Math.min(most, line.quantity + body.quantity);
      else if (body.quantity > 0)
        session.lines.push({ variantId: body.id, quantity: body.quantity });
    });
    response.redirect(303, '/cart');
  });
  router.post('/cart/change', (request: Request, response: Response) => {
    const body = changed.parse(request.body);
    sessions.change(request, response, (session) => {
      session.lines = session.lines
        .map((line) => (line.variantId === body.id ? { ...line, quantity: body.quantity } : line))
        .filter((line) => line.quantity > 0);
    });
    response.redirect(303, '/cart');
  });
  // Shopify's Ajax API of the cart, as far as its attributes go; as a form and as JSON.
  router.post(
    ['/cart/update', '/cart/update.js'],
    express.json({ limit: '64kb' }),
    (request: Request, response: Response) => {
      const told = attributesIn(request.body);
      sessions.change(request, response, (session) => {
        const all = { ...session.attributes, ...told };
        session.attributes = Object.fromEntries(
          Object.entries(all).filter(([, text]) => text !== ''),
        );
      });
      if (!request.path.endsWith('.js')) return response.redirect(303, '/cart');
      return response.json({ attributes: sessions.read(request).attributes });
    },
  );
  return router;
}

const attributeText = z.string().max(255);

/** `{"attributes": {"a": "b"}}`, or the form's `attributes[a]=b`. */
function attributesIn(body: unknown): Record<string, string> {
  const whole = z.record(z.string(), z.unknown()).catch({}).parse(body);
  const listed = z.record(z.string(), attributeText).safeParse(whole['attributes']);
  const named = Object.entries(whole).flatMap(([name, value]) => {
    const [, key] = /^attributes\[([^\]]{1,255})\]$/.exec(name) ?? [];
    const text = attributeText.safeParse(value);
    return key !== undefined && text.success ? [[key, text.data] as const] : [];
  });
  return { ...(listed.success ? listed.data : {}), ...Object.fromEntries(named) };
}
