/** One leaky bucket of points for each shop, as large as its plan. */
import type { Plan } from '../state/shop.ts';

const buckets: Record<Plan, { size: number; perSecond: number }> = {
  basic: { size: 2_000, perSecond: 100 },
  advanced: { size: 4_000, perSecond: 200 },
  plus: { size: 20_000, perSecond: 1_000 },
  enterprise: { size: 40_000, perSecond: 2_000 },
};

export const singleQueryLimit = 1_000;

export type ThrottleStatus = {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
};

export class Throttle {
  readonly #elapsedMs: () => number;
  readonly #fill = new Map<string, { available: number; at: number }>();

  /** `elapsedMs` counts real time: a test's standing clock must not starve the app. */
  constructor(elapsedMs: () => number = () => performance.now()) {
    this.#elapsedMs = elapsedMs;
  }

  status(shop: string, plan: Plan): ThrottleStatus {
    const { size, perSecond } = buckets[plan];
    const now = this.#elapsedMs();
    const known = this.#fill.get(shop) ?? { available: size, at: now };
    const available = Math.min(size, known.available + ((now - known.at) / 1000) * perSecond);
    this.#fill.set(shop, { available, at: now });
    return {
      maximumAvailable: size,
      currentlyAvailable: Math.floor(available),
      restoreRate: perSecond,
    };
  }

  /** Takes the points, or answers false and takes nothing. */
  take(shop: string, plan: Plan, points: number): boolean {
    const { currentlyAvailable } = this.status(shop, plan);
    if (points > currentlyAvailable) return false;
    this.#move(shop, -points);
    return true;
  }

  giveBack(shop: string, points: number): void {
    this.#move(shop, points);
  }

  #move(shop: string, points: number): void {
    const known = this.#fill.get(shop);
    if (known) known.available += points;
  }
}
