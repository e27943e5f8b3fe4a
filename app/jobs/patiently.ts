import { setTimeout as sleep } from 'node:timers/promises';
import { Throttled } from '../shopify/admin-client.ts';

const MOST_WAITS = 10;
const LONGEST_WAIT_MS = 10_000;

/** Waits as Shopify asks, and goes on: whoever hurries is throttled again. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Throttled) || turn === MOST_WAITS) throw error;
      await sleep(Math.min(error.waitMs, LONGEST_WAIT_MS));
    }
  }
}
