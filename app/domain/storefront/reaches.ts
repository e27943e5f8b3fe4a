/** Badges and challenges as shoppers see them: what is offered, and how far a member is. */
import type { BadgeDocument } from '../badges/settings.ts';
import { outsideOf } from '../earning/audience.ts';
import { NO_FACTS } from '../goals/goal-facts.ts';
import { boreTag } from '../members/tags.ts';
import type { TagTidings } from '../members/tags.ts';
import { toLiquidMoney } from '../money/money.ts';
import type { BadgeTerms, ChallengeTerms, ProgrammeTerms } from '../programme/terms.ts';
import type { ProgressDetails } from '../reaches/rows.ts';
import { ONCE } from '../reaches/windows.ts';
import { shortened } from './shortened.ts';
import { roundAt } from '../time/rounds.ts';
import { shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** How far somebody is, as it is kept. */
export interface KeptReach {
  readonly key: string;
  readonly have: number;
  readonly need: number;
  readonly counted: readonly string[];
  readonly completed: boolean;
  readonly until: Moment | null;
  readonly completedAt?: Moment | null;
  readonly details?: ProgressDetails | null;
}

export interface Beholder {
  readonly tierKey: string | null;
  readonly tags?: readonly TagTidings[];
  readonly progress: readonly KeptReach[];
}

interface Shop {
  readonly currency: string;
  readonly timeZone: string;
}

export interface ShopNow extends Shop {
  readonly now: Moment;
  /** How many joined challenges with a limit, by "key@round". */
  readonly joined: ReadonlyMap<string, number>;
}

export function membersChallenges(
  terms: ProgrammeTerms,
  member: Beholder,
  shop: ShopNow,
): readonly object[] {
  const kept = new Map(member.progress.map((row) => [row.key, row]));
  const shown = terms.challenges.flatMap((challenge) => {
    const row = inItsRound(kept.get(`challenge:${challenge.key}`), shop.now);
    if (!row && !isForThem(challenge, member, shop.now)) return [];
    const { key, name, item, prizePoints, definition } = challenge;
    const amount = amountsOf(definition.measure?.of === 'money', shop.currency);
    return {
      ...{ key, name, words: item.words },
      have: amount(row?.have ?? 0),
      need: amount(row?.need ?? needOf(challenge, shop.currency)),
      unit: unitOf(definition.measure?.of === 'money'),
      ...{ done: row?.completed ?? false, counted: row?.counted ?? [], prizePoints },
      prize: prizeOf(challenge, terms),
      joining: joiningOf(challenge, row, shop),
      ...daysOf(challenge, row, shop),
      steps: (row?.details?.steps ?? []).map((step) => ({
        ...{ name: step.name, done: step.completedAt !== null, unit: unitOf(step.money) },
        have: amountsOf(step.money, shop.currency)(step.have),
        need: amountsOf(step.money, shop.currency)(step.need),
      })),
    };
  });
  return shortened(
    shown,
    (one) => ({ ...one, words: '', steps: [], counted: [] }),
    ({ have, joining }) => have === 0 && joining !== 'joined',
  );
}

export function membersBadges(
  terms: ProgrammeTerms,
  member: Beholder,
  shop: ShopNow,
): readonly object[] {
  const shown = terms.badges.flatMap((badge) => {
    const present = seasonOf(badge, shop);
    const whole = `badge:${badge.key}`;
    const rows = member.progress.filter(({ key }) => key === whole || key.startsWith(`${whole}@`));
    const now = rows.find(({ key }) => key === (present === null ? whole : `${whole}@${present}`));
    const earlier = rows.filter((row) => row !== now && row.completed);
    const all = [
      ...(badge.item.hidden && now?.completed !== true ? [] : [{ row: now, season: present }]),
      ...earlier.map((row) => ({ row, season: row.key.split('@')[1] ?? null })),
    ];
    return all.map(({ row, season }) => badgeShown(badge, row, season, shop));
  });
  return shortened(
    shown,
    (one) => ({ ...one, words: '', art: { ...one.art, image: '' } }),
    ({ earned }) => !earned,
  );
}

function badgeShown(
  badge: BadgeTerms,
  row: KeptReach | undefined,
  season: string | null,
  { currency, timeZone }: ShopNow,
) {
  const { key, name, item, definition } = badge;
  const isMoney = definition.measure?.of === 'money';
  const amount = amountsOf(isMoney, currency);
  const levels = item.levels.toSorted((a, b) => Number(a.need) - Number(b.need));
  const earned = levels.findLast((level) => row?.details?.levels?.[level.key] !== undefined);
  const next = levels[earned ? levels.indexOf(earned) + 1 : 0];
  const need = row?.need ?? (next ? levelNeed(badge, next, currency) : needOf(badge, currency));
  const on = row?.completedAt ?? null;
  return {
    ...{ key, name, words: item.words, have: amount(row?.have ?? 0), need: amount(need) },
    ...{ unit: unitOf(isMoney), earned: row?.completed ?? false },
    on: on === null ? null : shopDay(on, timeZone),
    level: earned ? { key: earned.key, name: earned.name } : null,
    next: next ? { name: next.name, need: amount(levelNeed(badge, next, currency)) } : null,
    ...{ season, hidden: item.hidden, art: item.art },
  };
}

/** What a guest sees; hidden badges are nobody's business until they are earned. */
export function offeredBadges(terms: ProgrammeTerms, shop: Shop): readonly object[] {
  const shown = terms.badges
    .filter(({ item }) => !item.hidden)
    .map((badge) => {
      const { key, name, item, bonusPoints, definition, endsAt } = badge;
      const isMoney = definition.measure?.of === 'money';
      const [first] = item.levels.toSorted((a, b) => Number(a.need) - Number(b.need));
      const need = first ? levelNeed(badge, first, shop.currency) : needOf(badge, shop.currency);
      return {
        ...{ key, name, words: item.words, bonusPoints, unit: unitOf(isMoney) },
        need: amountsOf(isMoney, shop.currency)(need),
        ...{ art: item.art, until: lastDay(endsAt, shop) },
      };
    });
  return shortened(shown, (one) => ({ ...one, words: '', art: { ...one.art, image: '' } }));
}

export function offeredChallenges(terms: ProgrammeTerms, shop: Shop): readonly object[] {
  const shown = terms.challenges.map((challenge) => {
    const { key, name, item, prizePoints, definition, startsAt, endsAt } = challenge;
    const isMoney = definition.measure?.of === 'money';
    const need = amountsOf(isMoney, shop.currency)(needOf(challenge, shop.currency));
    return {
      ...{ key, name, words: item.words, need, unit: unitOf(isMoney), prizePoints },
      from: startsAt === null ? null : shopDay(startsAt, shop.timeZone),
      until: lastDay(endsAt, shop),
      prize: prizeOf(challenge, terms),
    };
  });
  return shortened(shown, (one) => ({ ...one, words: '' }));
}

/** What was kept of a round that is over says nothing of the next. */
function inItsRound(row: KeptReach | undefined, now: Moment): KeptReach | undefined {
  const isOver = row?.details?.round !== undefined && row.until !== null && row.until <= now;
  return isOver ? undefined : row;
}

function isForThem({ item }: ChallengeTerms, { tierKey, tags }: Beholder, now: Moment): boolean {
  const because = outsideOf(item.audience, {
    tierKey: () => tierKey,
    hasTag: (tag) => boreTag(tags ?? [], tag, now),
  });
  return because === null;
}

/** Null where nobody has to join. */
function joiningOf(
  { key, item, endsAt }: ChallengeTerms,
  row: KeptReach | undefined,
  { now, timeZone, joined }: ShopNow,
): 'open' | 'joined' | 'full' | 'closed' | null {
  if (item.joining !== 'opt-in') return null;
  if (row?.details?.joinedAt !== undefined) return 'joined';
  if (endsAt !== null && endsAt <= now) return 'closed';
  const { capacity } = item;
  const round = roundNow(item.window, now, timeZone) ?? ONCE;
  return capacity !== null && (joined.get(`${key}@${round}`) ?? 0) >= capacity ? 'full' : 'open';
}

/** The shop's days of the round, or of the member's own time. */
function daysOf(
  { item, startsAt, endsAt }: ChallengeTerms,
  row: KeptReach | undefined,
  shop: ShopNow,
): { from: string | null; until: string | null; round: string | null } {
  const { now, timeZone } = shop;
  const { kind, every } = item.window;
  if (kind === 'recurring') {
    const round = roundAt(now, every, timeZone);
    const from = Math.max(round.from, startsAt ?? -Infinity);
    const until = Math.min(round.until, endsAt ?? Infinity);
    return { from: shopDay(from, timeZone), until: lastDay(until, shop), round: round.id };
  }
  const from = row?.details?.from ?? startsAt;
  return {
    from: from === null ? null : shopDay(from, timeZone),
    until: lastDay(row?.until ?? endsAt, shop),
    round: null,
  };
}

function seasonOf({ item }: { readonly item: BadgeDocument }, shop: ShopNow): string | null {
  return item.season === 'once' ? null : roundAt(shop.now, item.season, shop.timeZone).id;
}

/** The round in which a challenge is; null where it has none. */
export function roundNow(
  { kind, every }: ChallengeTerms['item']['window'],
  now: Moment,
  timeZone: string,
): string | null {
  return kind === 'recurring' ? roundAt(now, every, timeZone).id : null;
}

/** The present rounds of those that only so many can join, as they are joined: "key@round". */
export function roundsLimited(
  terms: ProgrammeTerms | null,
  timeZone: string,
  now: Moment,
): readonly string[] {
  return (terms?.challenges ?? [])
    .filter(({ item }) => item.capacity !== null)
    .map(({ key, item }) => `${key}@${roundNow(item.window, now, timeZone) ?? ONCE}`);
}

function prizeOf({ item, prizePoints: points }: ChallengeTerms, terms: ProgrammeTerms) {
  const nameIn = (list: readonly { key: string; name: string }[], wanted: string | null) =>
    list.find(({ key }) => key === wanted)?.name ?? null;
  return {
    points,
    reward: nameIn(terms.rewards, item.prizeReward),
    // A hidden badge is a surprise, also as a prize.
    badge: nameIn(
      terms.badges.filter((one) => !one.item.hidden),
      item.prizeBadge,
    ),
    multiplier: item.prizeMultiplier || null,
    days: item.prizeMultiplier ? item.prizeDays : 0,
  };
}

function needOf(
  { definition, settings }: Pick<ChallengeTerms, 'definition' | 'settings'>,
  currency: string,
): number {
  return definition.reach(settings, { ...NO_FACTS, currency }).need;
}

function levelNeed(
  { definition, settings }: BadgeTerms,
  { need }: { readonly need: string },
  currency: string,
): number {
  const { measure } = definition;
  if (!measure) return needOf({ definition, settings }, currency);
  const own = measure.of === 'money' ? need : Number(need);
  const changed = { ...(settings as object), [measure.setting]: own };
  return needOf({ definition, settings: changed }, currency);
}

/** Liquid takes money in hundredths of the unit, in every currency. */
function amountsOf(isMoney: boolean, currency: string): (amount: number) => number {
  return isMoney ? (amount) => toLiquidMoney(amount, currency) : (amount) => amount;
}

function unitOf(isMoney: boolean): 'money' | 'count' {
  return isMoney ? 'money' : 'count';
}

function lastDay(until: Moment | null, { timeZone }: Shop): string | null {
  return until === null ? null : shopDay(until - 1, timeZone);
}
