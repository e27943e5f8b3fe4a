/** What members did is merged with what is known of it; their rows are locked. */
import type pg from 'pg';
import { deed, takeInActivity } from '../domain/activities/activity.ts';
import type { Activity } from '../domain/activities/activity.ts';
import { sameContent } from '../domain/same-content.ts';
import type { CustomerTidings, FactTidings } from '../domain/tidings.ts';
import { activityKey, readSomeActivities, writeActivities } from '../storage/activities/activities.ts';
import type { MembersActivity } from '../storage/activities/activities.ts';

export interface TakenIn {
  /** Members of whom something is new. */
  readonly memberIds: readonly string[];
  /** Keys of activities that are new or changed; see `activityKey`. */
  readonly changed: ReadonlySet<string>;
}

export async function takeInActivities(
  client: pg.PoolClient,
  shopId: string,
  tidings: readonly FactTidings[],
  memberIdOf: (customerId: string) => string | undefined,
  isLocked: (memberId: string) => boolean,
): Promise<TakenIn> {
  const told = tidings
    .flatMap((one) => toldActivities(one, memberIdOf))
    .filter(({ memberId }) => isLocked(memberId));
  const wanted = new Map(told.map((one) => [keyOf(one), { memberId: one.memberId, ...one.activity }]));
  const known = await readSomeActivities(client, shopId, [...wanted.values()]);
  const news = new Map<string, MembersActivity>();
  for (const { memberId, activity } of told) {
    const key = activityKey(memberId, activity);
    const before = known.get(key) ?? null;
    const after = takeInActivity(before, activity);
    if (sameContent(before, after)) continue;
    known.set(key, after);
    news.set(key, { memberId, activity: after });
  }
  await writeActivities(client, shopId, [...news.values()]);
  return {
    memberIds: [...new Set([...news.values()].map(({ memberId }) => memberId))],
    changed: new Set(news.keys()),
  };
}

function keyOf({ memberId, activity }: MembersActivity): string {
  return activityKey(memberId, activity);
}

function toldActivities(
  told: FactTidings,
  memberIdOf: (customerId: string) => string | undefined,
): readonly MembersActivity[] {
  if (told.kind === 'activity') {
    const memberId =
      'memberId' in told.whose ? told.whose.memberId : memberIdOf(told.whose.customerId);
    return memberId === undefined ? [] : [{ memberId, activity: told.activity }];
  }
  const customer = told.kind === 'order' || told.kind === 'customer' ? told.customer : undefined;
  const memberId = customer && memberIdOf(customer.customerId);
  const profile = customer && profileOf(customer);
  return memberId && profile ? [{ memberId, activity: profile }] : [];
}

/** That a field is filled in, and since when at the latest. */
function profileOf({ filledIn, updatedAt }: CustomerTidings): Activity | null {
  if (!filledIn || filledIn.length === 0) return null;
  const content = Object.fromEntries(filledIn.map((field) => [field, updatedAt]));
  return deed('profile', 'profile', updatedAt, content);
}
