/** Calls that are going to fail, ordered in advance by a test or a curious person. */
export const faultKinds = ['error', 'throttled', 'unauthorized', 'hang-up', 'time-out'] as const;

/**
 * `error` answers 500, `unauthorized` 401, `throttled` Shopify's refusal; none of them does any work.
 * `hang-up` and `time-out` do the work and then break the line, or never answer.
 */
export type FaultKind = (typeof faultKinds)[number];

export class Faults {
  #waiting: { kind: FaultKind; shop: string | null }[] = [];

  order(kind: FaultKind, count: number, shop: string | null): void {
    for (let call = 0; call < count; call += 1) this.#waiting.push({ kind, shop });
  }

  next(shop: string): FaultKind | null {
    const index = this.#waiting.findIndex((one) => one.shop === null || one.shop === shop);
    if (index < 0) return null;
    return this.#waiting.splice(index, 1)[0]?.kind ?? null;
  }

  waiting(): { kind: FaultKind; shop: string | null }[] {
    return [...this.#waiting];
  }

  clear(): void {
    this.#waiting = [];
  }
}
