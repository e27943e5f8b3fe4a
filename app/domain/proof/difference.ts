/** What the proof of the books finds: a figure that is kept, and what it is by everything it follows from. */
export interface Difference {
  /** The invariant's number, I1 to I13. */
  readonly law: string;
  /** Null where it is about the shop as a whole. */
  readonly memberId: string | null;
  readonly figure: string;
  readonly kept: string;
  readonly proved: string;
}

/** One text for the same content, whatever the order of its keys. */
export function inOneOrder(told: unknown): string {
  return JSON.stringify(told, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
