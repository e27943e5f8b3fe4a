/** The friend's orders in a nutshell: all that any minimum can ever ask of them. */
import type { FriendCourse, FriendOrder, LostOrder } from './referral.ts';
import type { Standing } from '../orders/standing.ts';
import type { Moment } from '../time/shop-time.ts';

export interface OrderOfFriend {
  readonly standing: Standing;
  readonly paidAt: Moment | null;
  readonly fulfilledAt: Moment | null;
}

/** The advocate may wait for the second order, so two are enough of each size. */
const ENOUGH = 2;

export function friendCourse(
  orders: readonly OrderOfFriend[],
  claimedAt: Moment,
  accountSince: Moment | null,
): FriendCourse {
  const paid = orders
    .flatMap(({ standing, paidAt, fulfilledAt }) =>
      standing.counts && paidAt !== null ? [{ standing, paidAt, fulfilledAt }] : [],
    )
    .sort((a, b) => byPlacement(a.standing, b.standing));
  const before = paid.find(({ standing }) => standing.placedAt < claimedAt && !standing.test);
  const since = paid.filter(({ standing }) => standing.placedAt >= claimedAt);
  const orderly: FriendOrder[] = [];
  let lost: LostOrder | null = null;
  let spentMinor = 0;
  for (const { standing, paidAt, fulfilledAt } of since) {
    const minor = keptMinor(standing);
    const hadMinor = Math.max(0, standing.changes[0]?.[1] ?? 0);
    const { orderId: id, placedAt, test } = standing;
    if (minor < hadMinor) lost = { id, at: lastChange(standing), hadMinor, minor };
    if (!test) spentMinor += minor;
    const dominating = orderly.filter((one) => one.minor >= minor && !one.test).length;
    if (!isKept(standing) || dominating >= ENOUGH) continue;
    orderly.push({ id, placedAt, paidAt, fulfilledAt, minor, test });
  }
  return {
    earlierAt: before?.standing.placedAt ?? null,
    accountSince,
    orders: orderly,
    lost,
    spentMinor,
  };
}

function keptMinor({ changes }: Standing): number {
  return changes.reduce((sum, [, minor]) => sum + minor, 0);
}

function isKept({ changes }: Standing): boolean {
  return changes.reduce((sum, [, , orders]) => sum + orders, 0) > 0;
}

function lastChange({ changes, placedAt }: Standing): Moment {
  return changes.at(-1)?.[0] ?? placedAt;
}

function byPlacement(a: Standing, b: Standing): number {
  return (
    a.placedAt - b.placedAt ||
    a.orderId.length - b.orderId.length ||
    (a.orderId < b.orderId ? -1 : 1)
  );
}
