/** A shop's own program tells of a custom action, or takes it back; its id makes each once. */
import { shopTermsNow, takeInNow } from './take-in-now.ts';
import { deed } from '../domain/activities/activity.ts';
import type { Activity } from '../domain/activities/activity.ts';
import { inForce } from '../domain/programme/terms.ts';
import { sameContent } from '../domain/same-content.ts';
import { readCustomAction } from '../storage/activities/activities.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { isUniqueViolation } from '../storage/transaction.ts';
import { DAY } from '../domain/time/shop-time.ts';
import type { World } from '../world.ts';

/** So far back an action may have happened. */
const MOST_DAYS_AGO = 30;
const CLOCKS_DIFFER_MS = 300_000;

export type ToldAction =
  | { readonly ok: true; readonly already: boolean }
  | {
      readonly ok: false;
      readonly refusal:
        | { readonly kind: 'not-offered' | 'unknown-customer' | 'used-otherwise' | 'unknown-id' }
        | { readonly kind: 'too-many-points'; readonly most: number }
        | { readonly kind: 'bad-moment'; readonly days: number };
    };

export interface CustomAction {
  readonly shopId: string;
  readonly customerId: string;
  /** Unique in the shop. */
  readonly id: string;
  readonly action: string;
  /** Null for what the rule says. */
  readonly points: number | null;
  readonly occurredAt: number | null;
}

export async function tellCustomAction(world: World, wish: CustomAction): Promise<ToldAction> {
  const { shopId, customerId, id, action, points } = wish;
  const now = world.now();
  const member = await readVisitor(world.db(shopId), shopId, customerId);
  if (!member || member.state !== 'active') return refuse({ kind: 'unknown-customer' });
  const content = { action, ...(points !== null && { points }) };
  // Told again it is the same, though the programme has another rule by now, or none.
  const known = await readCustomAction(world.db(shopId), shopId, `api:${id}`);
  if (known && known.activity.occurredAt !== null) {
    const same =
      known.memberId === member.memberId &&
      sameContent(known.activity.content, content) &&
      isMoment(known.activity.occurredAt, wish.occurredAt);
    return same ? { ok: true, already: true } : refuse({ kind: 'used-otherwise' });
  }
  const at = wish.occurredAt ?? now;
  if (at > now + CLOCKS_DIFFER_MS || at < now - MOST_DAYS_AGO * DAY) {
    return refuse({ kind: 'bad-moment', days: MOST_DAYS_AGO });
  }
  const terms = inForce(await shopTermsNow(world, shopId), Math.min(at, now));
  const most = terms?.earning.flatMap(({ definition, settings }) => {
    const rule = settings as { readonly action?: unknown; readonly most?: unknown };
    return definition.kind === 'custom' && rule.action === action ? [Number(rule.most)] : [];
  });
  if (!most || most.length === 0) return refuse({ kind: 'not-offered' });
  const allowed = Math.max(...most);
  if (points !== null && points > allowed)
    return refuse({ kind: 'too-many-points', most: allowed });
  const activity = deed('custom', `api:${id}`, Math.min(at, now), content);
  return tell(world, shopId, member.memberId, activity);
}

/** What a clock ahead of ours told is kept as the moment at which it came. */
function isMoment(kept: number, told: number | null): boolean {
  return told === null || told === kept || (told > kept && told <= kept + CLOCKS_DIFFER_MS);
}

/** Also before it was told, where the customer is named. */
export async function withdrawCustomAction(
  world: World,
  wish: { readonly shopId: string; readonly id: string; readonly customerId: string | null },
): Promise<ToldAction> {
  const { shopId, customerId } = wish;
  const id = `api:${wish.id}`;
  const now = world.now();
  const known = await readCustomAction(world.db(shopId), shopId, id);
  const member =
    customerId === null ? null : await readVisitor(world.db(shopId), shopId, customerId);
  if (customerId !== null && member?.state !== 'active')
    return refuse({ kind: 'unknown-customer' });
  const memberId = known?.memberId ?? member?.memberId;
  if (!memberId) return refuse({ kind: 'unknown-id' });
  if (known && member && known.memberId !== member.memberId) {
    return refuse({ kind: 'used-otherwise' });
  }
  if (known?.activity.withdrawnAt != null) return { ok: true, already: true };
  const activity: Activity = { ...deed('custom', id, now), occurredAt: null, withdrawnAt: now };
  return tell(world, shopId, memberId, activity);
}

async function tell(
  world: World,
  shopId: string,
  memberId: string,
  activity: Activity,
): Promise<ToldAction> {
  try {
    const facts = [{ kind: 'activity', whose: { memberId }, activity }] as const;
    const [outcome] = await takeInNow(world, shopId, facts);
    if (outcome === 'gone') return refuse({ kind: 'unknown-customer' });
    return { ok: true, already: outcome === 'nothing-new' };
  } catch (error) {
    // The same id for two members at the same moment.
    if (isUniqueViolation(error)) return refuse({ kind: 'used-otherwise' });
    throw error;
  }
}

function refuse(refusal: Extract<ToldAction, { ok: false }>['refusal']): ToldAction {
  return { ok: false, refusal };
}
