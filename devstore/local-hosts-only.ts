/**
 * The local Shopify has no passwords, so it must not be reachable by a foreign name that somebody
 * points at this machine (DNS rebinding).
 */
import type { RequestHandler } from 'express';

const names = new Set(['localhost', '127.0.0.1', '[::1]']);

export function localHostsOnly(): RequestHandler {
  return (request, response, next) => {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    if (names.has(name)) {
      next();
      return;
    }
    response
      .status(421)
      .type('text/plain')
      .send('The local Shopify answers to localhost and 127.0.0.1 only.\n');
  };
}

/**
 * For requests that change something: they must come from a page of `origin`. Cookies are shared by
 * all ports of a host, so SameSite alone would let another local server's page through.
 */
export function ownPagesOnly(origin: string): RequestHandler {
  return (request, response, next) => {
    const safe = request.method === 'GET' || request.method === 'HEAD';
    if (safe || request.headers.origin === origin) {
      next();
      return;
    }
    response
      .status(403)
      .type('text/plain')
      .send(`This request must come from a page of ${origin}.\n`);
  };
}

/** Leads people from 127.0.0.1 to the name that the other faces know this one by. */
export function canonicalOrigin(origin: string): RequestHandler {
  const wanted = new URL(origin).host;
  return (request, response, next) => {
    if (request.method === 'GET' && request.headers.host !== wanted) {
      response.redirect(origin + request.originalUrl);
      return;
    }
    next();
  };
}
