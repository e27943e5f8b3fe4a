/** Ladders and members of a test's own: every setting that it does not name is the quiet one. */
import type { Climber, Ladder, Rung } from '../../../app/domain/tiers/climb.ts';
import { day } from '../fixtures.ts';

export function rung(key: string, need: number | null, over: Partial<Rung> = {}): Rung {
  return {
    ...{ key, name: key, need, multiplier: '1' },
    ...{ entryPoints: 0, entryReward: null },
    ...over,
  };
}

/** By the amount spent, of a lifetime, from the first of January on. */
export function ladderWith(over: Partial<Ladder> = {}): Ladder {
  return {
    ...{ from: day(1), metric: 'spend', window: { kind: 'lifetime' }, graceDays: 0 },
    ...{ downgrade: 'recompute', noticeDays: 30, skippedRewards: 'all', lowersAtOnce: false },
    rungs: [],
    ...over,
  };
}

/** Somebody who joined as the year began, of whom nothing was granted. */
export function climber(over: Partial<Climber> = {}): Climber {
  return {
    ...{ zone: 'Europe/Berlin', joinedAt: day(1), grants: [] },
    ...{ bought: { known: [], kept: [] }, ...over },
  };
}
