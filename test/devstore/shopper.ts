/** Somebody with a browser's cookies at the storefront, without a browser. */
export class ShopperClient {
  readonly origin: string;
  #cookie = '';
  #language: string;

  constructor(origin: string, language = 'en') {
    this.origin = origin;
    this.#language = language;
  }

  async get(path: string): Promise<Response> {
    return this.#keep(
      await fetch(this.origin + path, {
        redirect: 'manual',
        headers: { cookie: this.#cookie, 'accept-language': this.#language },
      }),
    );
  }

  async page(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  /** Sends a form as the page's own; `origin` plays another site's page. */
  async post(
    path: string,
    fields: Record<string, string>,
    origin: string = this.origin,
  ): Promise<Response> {
    return this.#keep(
      await fetch(this.origin + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: this.#cookie, origin, 'accept-language': this.#language },
        body: new URLSearchParams(fields),
      }),
    );
  }

  get cookie(): string {
    return this.#cookie;
  }

  #keep(response: Response): Response {
    const set = response.headers.getSetCookie()[0];
    if (set !== undefined) this.#cookie = set.split(';')[0] ?? '';
    return response;
  }
}
