/**
 * Rewards that tiers, badges and challenges give: what the facts come to is compared with what was
 * given. A prize whose ground is gone ends, unless it was used; one that was lost and is won again is
 * given anew; one that expired, was taken back or could not be made is not.
 */
import type { Redemption } from '../points/redemption.ts';
import type { Moment } from '../time/shop-time.ts';

/** A prize that is due. */
export interface Gift {
  /** Says what it is for, e.g. "tier:gold:1"; the same key is given once. */
  readonly key: string;
  readonly rewardKey: string;
  /** The version of the programme that promised it. */
  readonly programmeVersion: number;
}

export interface NewGift {
  readonly redemption: Redemption;
  readonly programmeVersion: number;
}

const PREFIX = 'prize:';

export function isPrize({ requestKey }: Pick<Redemption, 'requestKey'>): boolean {
  return requestKey.startsWith(PREFIX);
}

const AGAIN = '~';

/** @returns redemptions that are to end, and new ones */
export function settleGifts(
  due: readonly Gift[],
  given: Iterable<Redemption>,
  {
    mayGive,
    ...about
  }: {
    readonly memberId: string;
    readonly now: Moment;
    readonly newId: () => string;
    /** Whether it can be made by now: what the merchant has not allowed waits until they have. */
    readonly mayGive: (gift: Gift) => boolean;
  },
): { readonly ending: readonly Redemption[]; readonly given: readonly NewGift[] } {
  const prizes = Map.groupBy(
    [...given].filter(isPrize),
    ({ requestKey }) => requestKey.split(AGAIN, 1)[0] ?? requestKey,
  );
  const wanted = new Set(due.map(({ key }) => PREFIX + key));
  const ending = [...prizes]
    .filter(([key]) => !wanted.has(key))
    .flatMap(([, known]) => known)
    .filter(({ state, ending }) => state === 'reserved' && ending === null)
    .map((redemption): Redemption => ({ ...redemption, ending: 'withdrawn' }));
  const fresh = due.flatMap((one) => {
    const { key, rewardKey, programmeVersion } = one;
    const known = prizes.get(PREFIX + key) ?? [];
    if (known.some(isHad) || !mayGive(one)) return [];
    const again = known.length === 0 ? '' : `${AGAIN}${known.length + 1}`;
    const requestKey = `${PREFIX}${key}${again}`;
    const redemption = gift({ ...about, requestKey, purpose: rewardKey });
    return [{ redemption, programmeVersion }];
  });
  return { ending, given: fresh };
}

/** Whoever had it used it, has it, or lost it by something else than its ground. */
function isHad({ state, ending }: Redemption): boolean {
  return ending !== 'withdrawn' || state === 'captured' || state === 'returned';
}

/** A redemption that costs nothing. */
export function gift(about: {
  readonly memberId: string;
  readonly requestKey: string;
  readonly purpose: string;
  readonly now: Moment;
  readonly newId: () => string;
}): Redemption {
  const { memberId, requestKey, purpose, now, newId } = about;
  return {
    ...{ id: newId(), memberId, requestKey, purpose, points: 0, state: 'reserved', held: [] },
    ...{ code: null, orderId: null, discountLines: null, returns: [], reservedAt: now },
    ...{ capturedAt: null, releasedAt: null, validUntil: null, ending: null },
  };
}
