/** What members did is merged with what is known of it; their rows are locked. */
import type pg from 'pg';
import { consent, deed, takeInActivity } from '../domain/activities/activity.ts';
import type { Activity } from '../domain/activities/activity.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { sameContent } from '../domain/same-content.ts';
import type { CustomerTidings, FactTidings } from '../domain/tidings.ts';
import {
  activityKey,
  readSomeActivities,
  writeActivities,
} from '../storage/activities/activities.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';
import type { MembersActivity } from '../storage/activities/activities.ts';

export type ActivityOutcome = 'taken-in' | 'nothing-new' | 'not-offered' | 'gone';

export interface TakenIn {
  /** Members of whom something is new. */
  readonly memberIds: readonly string[];
  /** What became of each activity that was told, by its place among the tidings. */
  readonly outcomes: ReadonlyMap<number, ActivityOutcome>;
}

export async function takeInActivities(
  client: pg.PoolClient,
  shopId: string,
  tidings: readonly FactTidings[],
  memberIdOf: (customerId: string) => string | undefined,
  locked: ReadonlyMap<string, { readonly state: string }>,
  shop: ShopTerms,
): Promise<TakenIn> {
  const told = tidings.flatMap((one, index) =>
    toldActivities(one, memberIdOf).map((found) => ({
      ...found,
      index: one.kind === 'activity' ? index : null,
    })),
  );
  const present = told.filter(({ memberId }) => locked.get(memberId)?.state === 'active');
  const known = await readSomeActivities(
    client,
    shopId,
    present.map(({ memberId, activity: { kind, id } }) => ({ memberId, kind, id })),
  );
  const news = new Map<string, MembersActivity>();
  const outcomes = new Map<number, ActivityOutcome>();
  for (const { index } of told) if (index !== null) outcomes.set(index, 'gone');
  for (const { memberId, activity, index } of present) {
    const key = activityKey(memberId, activity);
    const before = known.get(key) ?? null;
    const after = takeInActivity(before, activity);
    const isNew = !sameContent(before, after);
    if (index !== null) outcomes.set(index, isNew ? outcomeOf(after, shop) : 'nothing-new');
    if (!isNew) continue;
    known.set(key, after);
    news.set(key, { memberId, activity: after });
  }
  await writeActivities(client, shopId, [...news.values()]);
  return {
    memberIds: [...new Set([...news.values()].map(({ memberId }) => memberId))],
    outcomes,
  };
}

/** An action that no rule names is kept, earns nothing, and says so. */
function outcomeOf({ kind, occurredAt, content }: Activity, shop: ShopTerms): ActivityOutcome {
  if (kind !== 'custom' || occurredAt === null) return 'taken-in';
  const named = inForce(shop, occurredAt)?.earning.some(
    ({ definition, settings }) =>
      definition.kind === 'custom' &&
      (settings as { readonly action?: unknown }).action === content['action'],
  );
  return named ? 'taken-in' : 'not-offered';
}

function toldActivities(
  told: FactTidings,
  memberIdOf: (customerId: string) => string | undefined,
): readonly MembersActivity[] {
  if (told.kind === 'activity') {
    const { whose, activity } = told;
    const memberId = 'memberId' in whose ? whose.memberId : memberIdOf(whose.customerId);
    return memberId === undefined ? [] : [{ memberId, activity }];
  }
  const customer = told.kind === 'order' || told.kind === 'customer' ? told.customer : undefined;
  const memberId = customer && memberIdOf(customer.customerId);
  if (!customer || memberId === undefined) return [];
  const { newsletter } = customer;
  const activities = [
    profileOf(customer) ?? [],
    newsletter ? consent('newsletter', newsletter.given, newsletter.at) : [],
  ].flat();
  return activities.map((activity) => ({ memberId, activity }));
}

/** That a field is filled in, and since when at the latest. */
function profileOf({ filledIn, updatedAt }: CustomerTidings): Activity | null {
  if (!filledIn || filledIn.length === 0) return null;
  const content = Object.fromEntries(filledIn.map((field) => [field, updatedAt]));
  return deed('profile', 'profile', updatedAt, content);
}

/** Where the programme reads birthdays from Shopify, each customer that is told of is looked at there. */
export function birthdayLookUps(
  tidings: readonly FactTidings[],
  shop: ShopTerms,
  now: number,
): WantedEffect[] {
  const wanted = inForce(shop, now)?.earning.some(
    ({ definition: { kind }, settings }) =>
      kind === 'birthday' && (settings as { readonly fromShopify?: boolean }).fromShopify === true,
  );
  if (!wanted) return [];
  return tidings.flatMap((told) => {
    if (told.kind !== 'customer') return [];
    const { customerId } = told.customer;
    const key = `look-up-birthday:${customerId}`;
    return [{ key, kind: 'look-up-birthday', memberId: null, payload: { customerId } }];
  });
}
