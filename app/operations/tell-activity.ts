/**
 * A member says what they did. The same, said again, is known; a claim waits for somebody's word; a
 * receipt belongs to whoever claimed it first.
 */
import { shopTermsNow, takeInNow } from './take-in-now.ts';
import { admitWish } from '../domain/activities/admit-wish.ts';
import type { WishRefusal } from '../domain/activities/admit-wish.ts';
import type { Activity, ClaimState } from '../domain/activities/activity.ts';
import type { Wish } from '../domain/activities/wish.ts';
import { inForce } from '../domain/programme/terms.ts';
import { sameContent } from '../domain/same-content.ts';
import { claimerOf, readActivities, readSomeActivities } from '../storage/activities/activities.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { inTransaction, isUniqueViolation } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface Shopper {
  readonly shopId: string;
  /** From Shopify's signed query: the caller's own. */
  readonly customerId: string;
}

export type ToldActivity =
  | { readonly ok: true; readonly already: boolean; readonly state: ClaimState }
  | { readonly ok: false; readonly refusal: TellRefusal };

export type TellRefusal =
  | WishRefusal
  | { readonly kind: 'not-running' }
  | { readonly kind: 'not-a-member' }
  /** Another member's receipt, or an own one that was claimed otherwise or refused. */
  | { readonly kind: 'claimed-already' };

export async function tellActivity(
  world: World,
  { shopId, customerId }: Shopper,
  wish: Wish,
): Promise<ToldActivity> {
  const now = world.now();
  const shop = await shopTermsNow(world, shopId);
  const terms = inForce(shop, now);
  if (!terms) return refuse({ kind: 'not-running' });
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (!visitor || visitor.state !== 'active' || visitor.membership === 'not-joined') {
    return refuse({ kind: 'not-a-member' });
  }
  const { memberId } = visitor;
  const admitted = admitWish(wish, terms, shop, memberId, now);
  if (!admitted.ok) return admitted;
  const { activity } = admitted;
  const before = await knownAs(world, shopId, memberId, activity);
  if (before === 'claimed') return refuse({ kind: 'claimed-already' });
  if (before) return { ok: true, already: true, state: before.state };
  try {
    const [outcome] = await takeInNow(world, shopId, [
      { kind: 'activity', whose: { memberId }, activity },
    ]);
    if (outcome === 'gone') return refuse({ kind: 'not-a-member' });
    return { ok: true, already: outcome === 'nothing-new', state: activity.state };
  } catch (error) {
    // Two members claimed one receipt at the same moment.
    if (isUniqueViolation(error)) return refuse({ kind: 'claimed-already' });
    throw error;
  }
}

/** The same deed as it is known, or that it cannot be claimed (any more). */
async function knownAs(
  world: World,
  shopId: string,
  memberId: string,
  activity: Activity,
): Promise<Activity | 'claimed' | null> {
  return inTransaction(world.db(shopId), async (client) => {
    if (activity.kind === 'birthday') {
      const own = (await readActivities(client, shopId, [memberId])).get(memberId) ?? [];
      const newest = own
        .filter(({ kind }) => kind === 'birthday')
        .reduce<Activity | null>(
          (last, one) => (last && last.toldAt > one.toldAt ? last : one),
          null,
        );
      return newest && sameContent(newest.content, activity.content) ? newest : null;
    }
    const { kind, id } = activity;
    const [known] = (await readSomeActivities(client, shopId, [{ memberId, kind, id }])).values();
    if (known) {
      const same = sameContent(known.content, activity.content) && known.state !== 'refused';
      return activity.state === 'approved' || same ? known : 'claimed';
    }
    if (kind !== 'receipt') return null;
    return (await claimerOf(client, shopId, id)) === null ? null : 'claimed';
  });
}

function refuse(refusal: TellRefusal): ToldActivity {
  return { ok: false, refusal };
}
