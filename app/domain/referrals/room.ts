/** How many prizes the limits of an advocate leave, asked in the order in which they are due. */
import type { ReferralSettings } from './settings.ts';
import { startOfPeriod } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Room {
  /** Whether there is room for one at that moment; if so it is taken. */
  readonly takes: (settings: ReferralSettings, at: Moment) => boolean;
}

export function makeRoom(zone: string): Room {
  const taken: Moment[] = [];
  return {
    takes: ({ perDay, perMonth, perLifetime }, at) => {
      const full = (
        [
          ['day', perDay],
          ['month', perMonth],
          ['lifetime', perLifetime],
        ] as const
      ).some(([period, most]) => {
        if (most === null) return false;
        const from = startOfPeriod(at, period, zone);
        return taken.filter((moment) => moment >= from).length >= most;
      });
      if (!full) taken.push(at);
      return !full;
    },
  };
}
