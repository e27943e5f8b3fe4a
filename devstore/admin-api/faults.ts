/** Calls that are going to fail, ordered in advance by a test or a curious person. */
export const faultKinds = [
  'error',
  'throttled',
  'too-many-requests',
  'unauthorized',
  'user-error',
  'hang-up',
  'time-out',
  'internal-error',
] as const;

/**
 * `error` answers 500, `too-many-requests` 429, `unauthorized` 401, `throttled` Shopify's refusal with
 * 200, `user-error` an error of the mutation by its code; none of them does any work. `hang-up`,
 * `time-out` and `internal-error` do the work and then break the line, never answer, or answer an
 * error with 200.
 */
export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  kind: FaultKind;
  /** Null: whichever asks. */
  shop: string | null;
  /** A root field, such as `giftCardCreate`; null: any call. */
  field: string | null;
  /** Of a `user-error`. */
  code: string | null;
};

export class Faults {
  #waiting: Fault[] = [];
  readonly #paces = new Map<string, number>();

  order(
    kind: FaultKind,
    count: number,
    shop: string | null,
    more: { field?: string | undefined; code?: string | undefined } = {},
  ): void {
    const { field = null, code = null } = more;
    for (let call = 0; call < count; call += 1) this.#waiting.push({ kind, shop, field, code });
  }

  /** @param fields the root fields of the call */
  next(shop: string, fields: readonly string[]): Fault | null {
    const index = this.#waiting.findIndex(
      (one) =>
        (one.shop === null || one.shop === shop) &&
        (one.field === null || fields.includes(one.field)),
    );
    if (index < 0) return null;
    return this.#waiting.splice(index, 1)[0] ?? null;
  }

  waiting(): Fault[] {
    return [...this.#waiting];
  }

  clear(): void {
    this.#waiting = [];
  }

  /** How long every answer of a shop takes, in milliseconds. */
  pace(shop: string): number {
    return this.#paces.get(shop) ?? 0;
  }

  setPace(shop: string, ms: number): void {
    this.#paces.set(shop, ms);
  }
}
