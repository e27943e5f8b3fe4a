/** Lanes divide a shop's deliveries among workers: those of one subject share a lane, and so an order. */
export const LANES = 16;

export interface Lane {
  readonly shopId: string;
  readonly lane: number;
}

/** FNV-1a, so that every process divides the same way. */
export function laneOf(subject: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < subject.length; index += 1) {
    hash = Math.imul(hash ^ subject.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % LANES;
}
