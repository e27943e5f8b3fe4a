/** `userErrors` of one mutation, gathered in Shopify's codes. */
import type { View } from '../context.ts';

export class Complaints {
  readonly #root: string;
  readonly errors: View[] = [];

  /** @param root the argument that all fields lie in */
  constructor(root: string) {
    this.#root = root;
  }

  /** @param path within the input, such as `customerGets.value.percentage` */
  add(path: string, code: string, message: string): void {
    const field = [this.#root, ...path.split('.')];
    this.errors.push(discountError(field, code, message));
  }
}

export function discountError(field: readonly string[], code: string, message: string): View {
  return { __typename: 'DiscountUserError', field, code, message, extraInfo: null };
}
