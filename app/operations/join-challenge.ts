/**
 * A member takes part in a challenge that has to be joined. That they did is written once, as a fact; of those
 * that only so many can join, the first who ask are in, one after the other under the round's lock.
 */
import type pg from 'pg';
import { takeInFacts } from './take-in-facts.ts';
import type { SignIn } from './sign-in.ts';
import { deed } from '../domain/activities/activity.ts';
import { outsideOf } from '../domain/earning/audience.ts';
import type { AudienceReason } from '../domain/earning/audience.ts';
import { boreTag } from '../domain/members/tags.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ChallengeTerms, ShopTerms } from '../domain/programme/terms.ts';
import { ONCE } from '../domain/reaches/windows.ts';
import { roundNow } from '../domain/storefront/reaches.ts';
import { endOfDayAfter } from '../domain/time/shop-time.ts';
import { readSomeActivities } from '../storage/activities/activities.ts';
import { countJoined, lockPlaces } from '../storage/activities/joined.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type JoinRefusal =
  | { readonly kind: 'not-running' }
  | { readonly kind: 'not-a-member' }
  | { readonly kind: 'unknown-challenge' }
  /** Everybody takes part without asking. */
  | { readonly kind: 'no-joining' }
  | { readonly kind: 'over' }
  | { readonly kind: 'not-for-you'; readonly because: AudienceReason }
  | { readonly kind: 'full'; readonly capacity: number };

export type JoinAnswer =
  | { readonly ok: true; readonly already: boolean }
  | { readonly ok: false; readonly refusal: JoinRefusal };

const MOST_TURNS = 5;

export async function joinChallenge(
  world: World,
  { shopId, customerId }: SignIn,
  key: string,
): Promise<JoinAnswer> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (!visitor) return refuse({ kind: 'not-a-member' });
  for (let turn = 1; ; turn += 1) {
    try {
      return await inTransaction(world.db(shopId), (client) =>
        joinOnce(world, client, shopId, visitor.memberId, key),
      );
    } catch (error) {
      if (turn === MOST_TURNS || !isContention(error)) throw error;
    }
  }
}

async function joinOnce(
  world: World,
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  key: string,
): Promise<JoinAnswer> {
  const now = world.now();
  const termsMemory = termsMemoryOf(world.db(shopId));
  const shop = await readShopTerms(client, shopId, termsMemory);
  const terms = inForce(shop, now);
  if (!terms) return refuse({ kind: 'not-running' });
  const challenge = terms.challenges.find((one) => one.key === key);
  if (!challenge) return refuse({ kind: 'unknown-challenge' });
  const { item } = challenge;
  if (item.joining !== 'opt-in') return refuse({ kind: 'no-joining' });
  const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
  if (member?.state !== 'active' || member.membership !== 'joined') {
    return refuse({ kind: 'not-a-member' });
  }
  const round = `${key}@${roundNow(item.window, now, shop.timeZone) ?? ONCE}`;
  const wanted = [{ memberId, kind: 'challenge-joined', id: round }];
  const known = await readSomeActivities(client, shopId, wanted);
  if (known.size > 0) return { ok: true, already: true };
  const refusal = refusalFor(challenge, member, shop, now);
  if (refusal) return refuse(refusal);
  if (item.capacity !== null) {
    await lockPlaces(client, shopId, round);
    const taken = (await countJoined(client, shopId, [round])).get(round) ?? 0;
    if (taken >= item.capacity) return refuse({ kind: 'full', capacity: item.capacity });
  }
  const activity = deed('challenge-joined', round, now);
  await takeInFacts(client, shopId, [{ kind: 'activity', whose: { memberId }, activity }], {
    ...{ now, newId: world.newId, hashes: world.sealer.hashes, termsMemory },
  });
  return { ok: true, already: false };
}

/** One that has not begun can be joined before. */
function refusalFor(
  { item, endsAt }: ChallengeTerms,
  member: StoredMember,
  { timeZone }: ShopTerms,
  now: number,
): JoinRefusal | null {
  if (endsAt !== null && endsAt <= now) return { kind: 'over' };
  const { kind, from, days } = item.window;
  if (kind === 'rolling' && from === 'became-member') {
    const since = member.joinedAt ?? member.enrolledAt ?? 0;
    if (endOfDayAfter(since, days, 'days', timeZone) <= now) return { kind: 'over' };
  }
  const because = outsideOf(item.audience, {
    tierKey: () => member.tierKey,
    hasTag: (tag) => boreTag(member.tags, tag, now),
  });
  return because === null ? null : { kind: 'not-for-you', because };
}

function refuse(refusal: JoinRefusal): JoinAnswer {
  return { ok: false, refusal };
}
