/** Who browses: the cart, the language and the customer behind a cookie. Kept in memory only. */
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';

export type CartLine = { variantId: string; quantity: number };

export type Session = {
  customerId: string | null;
  lines: CartLine[];
  /** As they were typed; what counts of them is worked out anew on every page. */
  discountCodes: string[];
  giftCards: string[];
  /** Of the cart: they become the order's note attributes. */
  attributes: Record<string, string>;
  locale: string | null;
  currency: string | null;
};

const cookieName = 'local_storefront';
const most = 5000;

export class Sessions {
  readonly #sessions = new Map<string, Session>();

  /** An empty one, not kept, for who has none. */
  read(request: Request): Session {
    return this.#sessions.get(idOf(request) ?? '') ?? empty();
  }

  /** Keeps a changed session and gives it to the browser. */
  change(request: Request, response: Response, change: (session: Session) => void): void {
    const known = idOf(request);
    const session = this.read(request);
    const before = session.customerId;
    change(session);
    // Who logs in or out gets a new id, so that an id planted before is worth nothing.
    const id =
      known !== null && this.#sessions.has(known) && before === session.customerId ? known : null;
    if (known !== null && id === null) this.#sessions.delete(known);
    const kept = id ?? randomBytes(24).toString('base64url');
    this.#sessions.set(kept, session);
    if (this.#sessions.size > most) {
      const [oldest] = this.#sessions.keys();
      if (oldest !== undefined) this.#sessions.delete(oldest);
    }
    response.cookie(cookieName, kept, { httpOnly: true, sameSite: 'lax', path: '/' });
  }
}

function empty(): Session {
  return {
    customerId: null,
    lines: [],
    discountCodes: [],
    giftCards: [],
    attributes: {},
    locale: null,
    currency: null,
  };
}

function idOf(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === cookieName && value) return value;
  }
  return null;
}
