/** What a member is told of memberships: begun, renewed, ending soon, over. Only of what is new. */
import { isKept, runsOf } from './course.ts';
import type { Run } from './course.ts';
import { runs } from './purchases.ts';
import type { Purchase } from './purchases.ts';
import type { MemberEvent } from '../events.ts';
import { addDays, DAY } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Deliveries may be a day late when a member is met, and a worker may have slept for weeks. */
const MET_LATE = DAY;
const TOLD_LATE = 31 * DAY;

export interface MembershipNews {
  readonly events: readonly MemberEvent[];
  /** When there will be more to say, or something changes. */
  readonly later: readonly Moment[];
}

/** @param metAt when Laurel met the member; null when nothing is to be told of them yet */
export function membershipNews(
  purchases: readonly Purchase[],
  zone: string,
  metAt: Moment | null,
  now: Moment,
): MembershipNews {
  const bought = [
    ...Map.groupBy(purchases.filter(runs), ({ membership }) => membership.key).values(),
  ];
  const told = bought.map((all) => ofOne(all, zone, now));
  const news = metAt === null ? Infinity : Math.max(metAt - MET_LATE, now - TOLD_LATE);
  return {
    events: told.flatMap(({ events }) => events).filter(({ at }) => at >= news && at <= now),
    later: told.flatMap(({ later }) => later),
  };
}

function ofOne(all: readonly Purchase[], zone: string, now: Moment): MembershipNews {
  const found = runsOf(all.filter(isKept), zone);
  const runsToday = found.some(({ from, lapsesAt }) => from <= now && lapsesAt > now);
  const last = all.filter((one) => !isKept(one)).at(-1);
  const revoked = last && !runsToday ? [revokedBy(last)] : [];
  const parts = found.map((run) => ofRun(run, zone, now));
  return {
    events: [...parts.flatMap(({ events }) => events), ...revoked],
    later: parts.flatMap(({ later }) => later),
  };
}

function ofRun({ terms, until, lapsesAt }: Run, zone: string, now: Moment): MembershipNews {
  const orders = [...Map.groupBy(terms, ({ purchase }) => purchase.orderId).values()];
  const events = orders.flatMap((ofOrder, index): MemberEvent[] => {
    const term = ofOrder.at(-1);
    if (!term) return [];
    const { purchase } = term;
    const { key, name } = purchase.membership;
    return [
      {
        kind: index === 0 ? 'membership-started' : 'membership-renewed',
        key: `membership:${key}:${purchase.orderId}`,
        at: purchase.from,
        content: { membership: key, name, until: isoOrNull(term.until), order: purchase.orderId },
      },
    ];
  });
  const membership = terms.at(-1)?.purchase.membership;
  if (!membership || until === Infinity) return { events, later: [] };
  const { key, name, noticeDays } = membership;
  const ends = { membership: key, name, until: isoOrNull(until) };
  const noticeAt = addDays(until, -noticeDays, zone);
  if (noticeDays > 0 && noticeAt <= now && now < lapsesAt) {
    events.push({
      ...{ kind: 'membership-ends-soon', key: `membership-ends-soon:${key}:${until}` },
      ...{ at: noticeAt, content: { ...ends, lapses: isoOrNull(lapsesAt) } },
    });
  }
  if (lapsesAt <= now) {
    events.push({
      ...{ kind: 'membership-lapsed', key: `membership-lapsed:${key}:${lapsesAt}` },
      ...{ at: lapsesAt, content: { ...ends, because: 'not-renewed' } },
    });
  }
  return { events, later: [...(noticeDays > 0 ? [noticeAt] : []), until, lapsesAt] };
}

function revokedBy({ membership, orderId, lostAt }: Purchase): MemberEvent {
  const { key, name } = membership;
  const at = lostAt ?? 0;
  const content = { membership: key, name, until: isoOrNull(at), because: 'given-back' };
  return { kind: 'membership-lapsed', key: `membership-lapsed:${key}:${orderId}`, at, content };
}

function isoOrNull(moment: Moment): string | null {
  return moment === Infinity ? null : new Date(moment).toISOString();
}
