/**
 * What one order would earn, and why: by the programme in force, and by the draft as if it had been.
 * The order is one that we know, or a body that somebody pasted. Reads only.
 */
import type pg from 'pg';
import { takeIn, unknownOrder } from '../domain/orders/order-facts.ts';
import type { OrderFacts, OrderTidings } from '../domain/orders/order-facts.ts';
import type { Explanation } from '../domain/points/explanation.ts';
import { validateProgramme } from '../domain/programme/validate-programme.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { budgetsWithout } from '../storage/campaigns/budgets.ts';
import { findMembers, readMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readPlaces } from '../storage/memberships/places.ts';
import { findOrder, readOrders } from '../storage/orders/lock-orders.ts';
import { readProducts } from '../storage/products/products.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import { inSnapshot } from '../storage/transaction.ts';
import type { World } from '../world.ts';
import { proposeChanges } from './decide-members.ts';
import { productsWithoutTraits, withTraits } from './product-traits.ts';
import { worldsOf } from './try-draft.ts';

export interface TriedOrder {
  readonly name: string;
  /** What each rule gives by the programme in force, under its version; null before the first. */
  readonly before: readonly Explanation[] | null;
  /** What each gives by the draft; null while the draft cannot be published. */
  readonly after: readonly Explanation[] | null;
}

export type TriedOrderAnswer =
  | { readonly ok: true; readonly order: TriedOrder }
  | { readonly ok: false; readonly refusal: { readonly kind: 'unknown-order' | 'no-order-body' } };

export async function tryOrder(
  world: World,
  shopId: string,
  asked:
    | { readonly known: string }
    /** Null where the body could not be read. */
    | { readonly told: OrderTidings | null },
): Promise<TriedOrderAnswer> {
  if ('told' in asked && !asked.told?.snapshot) {
    return { ok: false, refusal: { kind: 'no-order-body' } };
  }
  return inSnapshot(world.db(shopId), async (client) => {
    const tried = await triedOf(client, shopId, asked);
    if (!tried?.facts.snapshot) return { ok: false, refusal: { kind: 'unknown-order' } };
    const { facts } = tried;
    const shop = await readShopTerms(client, shopId, makeTermsMemory());
    const { rows } = await client.query<{ document: unknown }>(
      `SELECT document FROM programme_drafts WHERE shop_id = $1`,
      [shopId],
    );
    const draft = validateProgramme(rows[0]?.document, shop.currency);
    const present = shop.versions.at(-1)?.version.document;
    const now = world.now();
    const member = await memberOf(client, shopId, tried, { now, newId: world.newId });
    const earns = (terms: ShopTerms): Promise<readonly Explanation[]> =>
      earnedBy(client, shopId, terms, { facts, member, now });
    // Any document will do for the world of the present: it is not looked at there.
    const document = draft.ok ? draft.document : present;
    const worlds = document ? worldsOf(shop, document, now) : null;
    const version = inForce(shop, now)?.version.version ?? 0;
    return {
      ok: true,
      order: {
        name: tried.facts.snapshot.name,
        before: worlds?.before ? under(version, await earns(worlds.before)) : null,
        after: worlds && draft.ok ? await earns(worlds.after) : null,
      },
    };
  });
}

/** In its own world each programme is the only one. */
function under(version: number, found: readonly Explanation[]): readonly Explanation[] {
  return found.map((one) =>
    'programmeVersion' in one ? { ...one, programmeVersion: version } : one,
  );
}

interface Tried {
  readonly facts: OrderFacts;
  /** Whose it is, where it is known: that of a guest may have been claimed. */
  readonly memberId: string | null;
}

async function triedOf(
  client: pg.PoolClient,
  shopId: string,
  asked: { readonly known: string } | { readonly told: OrderTidings | null },
): Promise<Tried | null> {
  if ('known' in asked) return findOrder(client, shopId, asked.known);
  if (!asked.told) return null;
  const { orderId } = asked.told;
  const stored = (await readOrders(client, shopId, [orderId])).get(orderId);
  const facts = takeIn(stored ? outdated(stored.facts) : unknownOrder(orderId), asked.told);
  const wanted = productsWithoutTraits([{ facts, memberId: null, fresh: true, pinned: false }]);
  const told = withTraits(facts, await readProducts(client, shopId, wanted));
  const isClaimed = told.snapshot?.customerId === null;
  return { facts: told, memberId: isClaimed ? (stored?.memberId ?? null) : null };
}

/** What is pasted goes before what is kept, be it older; what it does not tell stays known. */
function outdated(facts: OrderFacts): OrderFacts {
  const { snapshot } = facts;
  return { ...facts, snapshot: snapshot && { ...snapshot, updatedAt: -Infinity } };
}

/** Whose it is with all their history, or somebody who just came. */
async function memberOf(
  client: pg.PoolClient,
  shopId: string,
  { facts: { snapshot }, memberId }: Tried,
  { now, newId }: { readonly now: number; readonly newId: () => string },
): Promise<StoredMember> {
  const customerId = snapshot?.customerId ?? null;
  const id = memberId ?? (await memberIdOf(client, shopId, customerId));
  const [member] = id === null ? [] : await readMembers(client, shopId, [id]);
  if (member) return member;
  // Whoever bought it is looked at as a member since that very moment.
  const since = snapshot?.placedAt ?? now;
  return {
    ...{
      id: newId(),
      version: '',
      customerId,
      state: 'active',
      email: null,
      name: null,
      emailVerified: false,
    },
    ...{ available: 0, pending: 0, debt: 0, lastSeq: 0, earnedTotal: 0 },
    ...{ tierKey: null, tierSince: null, tierDueAt: null, dueAt: null, decidedAt: null },
    ...{
      optedInAt: since,
      tags: [],
      joinedWith: [],
      membership: 'joined',
      joinedAt: since,
      joinedBy: null,
    },
    ...{ customerCreatedAt: since, factsAt: null, enrolledAt: since },
  };
}

async function memberIdOf(
  client: pg.PoolClient,
  shopId: string,
  customerId: string | null,
): Promise<string | null> {
  if (customerId === null) return null;
  return (await findMembers(client, shopId, [customerId])).get(customerId) ?? null;
}

async function earnedBy(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  {
    facts,
    member,
    now,
  }: { readonly facts: OrderFacts; readonly member: StoredMember; readonly now: number },
): Promise<readonly Explanation[]> {
  const concerned = {
    members: [member],
    changed: [{ facts, memberId: member.id, leftMemberId: null }],
    customers: new Map<string, never>(),
    wholly: new Set([member.id]),
    fromNothing: true,
  };
  // What others have drawn of a budget is gone.
  const opening = { budgets: budgetsWithout(member.id), places: readPlaces };
  const [change] = await proposeChanges(client, shopId, shop, () => now, concerned, opening);
  return (change?.decision?.awards ?? [])
    .filter(({ sourceKind, sourceId }) => sourceKind === 'order' && sourceId === facts.id)
    .map(({ explanation }) => explanation);
}
