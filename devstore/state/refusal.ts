/** The local Shopify refuses wrong input by throwing this; nothing has changed when it is thrown. */
export class Refusal extends Error {
  readonly reason: 'invalid' | 'not_found';

  constructor(reason: 'invalid' | 'not_found', sentence: string) {
    super(sentence);
    this.name = 'Refusal';
    this.reason = reason;
  }
}

export function refuse(sentence: string): never {
  throw new Refusal('invalid', sentence);
}

export function notFound(sentence: string): never {
  throw new Refusal('not_found', sentence);
}
