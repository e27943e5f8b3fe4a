/** What comes back every year: birthdays, and the day on which a member joined. */
import type { Activity } from './activity.ts';
import { celebration, shopDate } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface YearlyDay {
  readonly year: number;
  /** The start of the shop's day. */
  readonly at: Moment;
  readonly knownSince: Moment;
}

export interface Yearly {
  /** Days that have come, oldest first, one for each year at most. */
  readonly past: readonly YearlyDay[];
  /** The next one that will come. */
  readonly next: Moment | null;
}

/**
 * A birthday is celebrated by what was known when its day began. A change is nothing before it is
 * made, and a second birthday within a year of the shop is none.
 */
export function birthdays(told: readonly Activity[], zone: string, now: Moment): Yearly {
  const known = knownBirthdays(told);
  const celebrated = new Map<number, YearlyDay>();
  for (const [birthday, year, at] of celebrations(known, zone, now)) {
    const earlier = celebrated.get(year);
    if (at > now || (earlier && earlier.at <= at)) continue;
    celebrated.set(year, { year, at, knownSince: birthday.since });
  }
  let next: Moment | null = null;
  for (const [, year, at] of celebrations(known, zone, now)) {
    if (at > now && !celebrated.has(year)) next = next === null ? at : Math.min(next, at);
  }
  return { past: [...celebrated.values()].sort((a, b) => a.at - b.at), next };
}

interface KnownBirthday {
  readonly from: Moment;
  /** When another was told. */
  readonly until: Moment;
  /** Since when this day was known, however often it was told. */
  readonly since: Moment;
  readonly month: number;
  readonly day: number;
}

/** Each time that a birthday comes while it is known: up to now, and twice from now on. */
function* celebrations(
  known: readonly KnownBirthday[],
  zone: string,
  now: Moment,
): Generator<readonly [KnownBirthday, year: number, at: Moment]> {
  for (const birthday of known) {
    const { from, until, month, day } = birthday;
    let coming = 0;
    for (let { year } = shopDate(from, zone); coming < 2; year += 1) {
      const at = celebration(year, month, day, zone);
      if (at >= until) break;
      if (at >= from) yield [birthday, year, at];
      if (at > now) coming += 1;
    }
  }
}

/** What one of two told who were merged counts until then, where the other told theirs: see `toldByTheGone`. */
function knownBirthdays(told: readonly Activity[]): readonly KnownBirthday[] {
  const read = told
    .flatMap(({ id, occurredAt, content: { month, day, merged } }) =>
      occurredAt === null || typeof month !== 'number' || typeof day !== 'number'
        ? []
        : [{ from: occurredAt, id, month, day, merged: typeof merged === 'number' ? merged : 0 }],
    )
    .sort((a, b) => a.merged - b.merged || a.from - b.from || (a.id < b.id ? -1 : 1));
  return read.map(({ from, month, day, merged }, index): KnownBirthday => {
    const own = read.filter((one) => one.merged === merged);
    const place = own.findIndex((one) => one === read[index]);
    const before = read.findIndex((one) => one.merged === merged);
    // Whoever stayed, or came earlier, goes on with the birthday of theirs.
    const others = read.slice(0, before).map((one) => Math.max(merged, one.from));
    const until = Math.min(own[place + 1]?.from ?? Infinity, ...others);
    return { from, until, since: knownSince(own, place), month, day };
  });
}

const OF_ONE_OF_THEM: ReadonlySet<string> = new Set(['birthday', 'newsletter', 'sms']);

/** Whose birthday, or consent, it is is told with it once they are merged into another. */
export function toldByTheGone(activity: Activity, mergedAt: Moment): Activity {
  const { kind, content } = activity;
  return !OF_ONE_OF_THEM.has(kind) || content['merged'] !== undefined
    ? activity
    : { ...activity, content: { ...content, merged: mergedAt } };
}

/** Telling the same birthday once more is no change. */
function knownSince(
  known: readonly { readonly from: Moment; readonly month: number; readonly day: number }[],
  index: number,
): Moment {
  const it = known[index];
  let since = it?.from ?? 0;
  for (let before = index - 1; before >= 0; before -= 1) {
    const earlier = known[before];
    if (earlier?.month !== it?.month || earlier?.day !== it?.day) break;
    since = earlier?.from ?? since;
  }
  return since;
}

/** The first is a year after joining. */
export function anniversaries(joinedAt: Moment, zone: string, now: Moment): Yearly {
  const { year: first, month, day } = shopDate(joinedAt, zone);
  const past: YearlyDay[] = [];
  for (let year = first + 1; ; year += 1) {
    const at = celebration(year, month, day, zone);
    if (at > now) return { past, next: at };
    past.push({ year, at, knownSince: joinedAt });
  }
}
