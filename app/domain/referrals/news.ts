/** What a member is told of friends: that one came by their link, that one brought them a prize. Only of what is new. */
import type { Judged } from './judge-referral.ts';
import type { MemberEvent } from '../events.ts';
import { DAY } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Deliveries may be a day late when a member is met, and a worker may have slept for weeks. */
const MET_LATE = DAY;
const TOLD_LATE = 31 * DAY;

/**
 * A friend of whom a person must decide first is told of when they did. Rewarded again, as after a refund
 * and another order, is told again.
 * @param metAt when Laurel met the member; null when nothing is to be told of them yet
 */
export function referralNews(
  id: string,
  { state, friendAt, advocateAt, orderId, terms }: Judged,
  metAt: Moment | null,
  now: Moment,
): readonly MemberEvent[] {
  if (metAt === null || state === 'flagged' || state === 'refused') return [];
  const news = Math.max(metAt - MET_LATE, now - TOLD_LATE);
  const { points, reward } = terms?.version.document.referrals.advocate ?? NOTHING;
  const events: MemberEvent[] = [];
  if (friendAt !== null) {
    events.push({
      ...{ kind: 'friend-joined', key: `friend-joined:${id}`, at: friendAt },
      content: { referral: id },
    });
  }
  if (advocateAt !== null && (points > 0 || reward !== null)) {
    const name = terms?.rewards.find(({ key }) => key === reward)?.name ?? null;
    events.push({
      ...{ kind: 'referral-rewarded', key: `referral-rewarded:${id}:${orderId}`, at: advocateAt },
      content: { referral: id, points: points > 0 ? points : null, name },
    });
  }
  return events.filter(({ at }) => at >= news && at <= now);
}

const NOTHING = { points: 0, reward: null };
