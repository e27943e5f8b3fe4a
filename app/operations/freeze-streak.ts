/** What buying and giving a freeze have in common: the member under lock, the freeze as a fact of theirs. */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Act } from './decide-members.ts';
import { deed } from '../domain/activities/activity.ts';
import type { Decision } from '../domain/decide.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { shownStreak } from '../domain/streaks/shown.ts';
import type { ShownStreak } from '../domain/streaks/shown.ts';
import type { StreakTerms } from '../domain/streaks/streak-terms.ts';
import { writeActivities } from '../storage/activities/activities.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';

export interface Freezing {
  readonly client: pg.PoolClient;
  readonly shopId: string;
  readonly shop: ShopTerms;
  readonly member: StoredMember;
  readonly now: number;
}

export type FreezeRefusal =
  | { readonly kind: 'not-running' | 'unknown-streak' }
  | { readonly kind: 'not-a-member' }
  /** Nothing runs that a freeze could keep. */
  | { readonly kind: 'no-streak' }
  | { readonly kind: 'no-room'; readonly most: number };

/** The streak as the programme in force has it. */
export function streakNow(
  { shop, now }: Pick<Freezing, 'shop' | 'now'>,
  key: string,
): StreakTerms | FreezeRefusal {
  const terms = inForce(shop, now);
  if (!terms) return { kind: 'not-running' };
  const streak = terms.streaks.find((one) => one.key === key);
  return streak && streak.from <= now && now < streak.until ? streak : { kind: 'unknown-streak' };
}

/** How far the member is, by a decision of now. */
export function standingIn(decision: Decision, streak: StreakTerms): ShownStreak {
  return shownStreak(
    decision.streaks?.find(({ key }) => key === `streak:${streak.key}`),
    streak,
  );
}

export function roomRefusal(
  { freezes: { most } }: StreakTerms,
  { freezes }: ShownStreak,
): FreezeRefusal | null {
  return freezes >= most ? { kind: 'no-room', most } : null;
}

/** Decides about the member as they are by now; `act` may look at it, move points, or throw. */
export async function decideNow(
  { client, shopId, shop, member, now }: Freezing,
  act?: Act,
): Promise<void> {
  const nothing = { changed: [], customers: new Map(), wholly: new Set<string>() };
  const moment = { now, at: new Date(now) };
  await decideMembers(client, shopId, shop, moment, {
    ...{ ...nothing, members: [member] },
    ...(act && { act }),
  });
}

/**
 * Writes the freeze, and decides with it.
 * @param from the moment from which it counts
 * @returns how far the member is then
 */
export async function freezeStreak(
  freezing: Freezing,
  streak: StreakTerms,
  { id, from }: { readonly id: string; readonly from: number },
): Promise<ShownStreak> {
  const { client, shopId, now } = freezing;
  const memberId = freezing.member.id;
  const activity = { ...deed('freeze', id, from, { streak: streak.key }), toldAt: now };
  await writeActivities(client, shopId, [{ memberId, activity }]);
  // What was decided before it was written stands in the member's row.
  const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
  if (!member) throw new Error('A member who is locked stays');
  let after = shownStreak(undefined, streak);
  await decideNow({ ...freezing, member }, (_books, _redemptions, _grace, decision) => {
    after = standingIn(decision, streak);
    return {};
  });
  return after;
}
