/** How often a member may spend points on a reward. */
import type { Redemption } from '../points/redemption.ts';
import type { ProgrammeDocument } from '../programme/document.ts';
import { startOfPeriod } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

type Offered = Pick<ProgrammeDocument['rewards'][number], 'key' | 'perMember'>;

/** A redemption, as far as limits look at it. */
export type Spent = Pick<Redemption, 'purpose' | 'points' | 'state' | 'reservedAt'>;

/** What came to nothing does not count, nor does what was given for nothing. */
export function limitReached(
  { key, perMember }: Offered,
  redemptions: readonly Spent[],
  now: Moment,
  zone: string,
): { readonly most: number; readonly per: string } | null {
  const spent = redemptions.filter(
    ({ purpose, points, state }) => purpose === key && points > 0 && state !== 'released',
  );
  const reached = perMember.find(({ most, per }) => {
    const from = startOfPeriod(now, per, zone);
    return spent.filter(({ reservedAt }) => reservedAt >= from).length >= most;
  });
  return reached ? { most: reached.most, per: reached.per } : null;
}
