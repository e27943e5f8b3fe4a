/**
 * What a batch of tidings says of joining: opt-ins, tags, logins, and guests whose orders wait for a
 * login. Part of taking facts in; the locks are taken there, in its order.
 */
import type pg from 'pg';
import { claimantOf, oneEmail } from '../domain/members/guests.ts';
import { asksToJoin } from '../domain/members/membership.ts';
import { toldLate } from '../domain/members/joined-with.ts';
import { takeInTags } from '../domain/members/tags.ts';
import type { TagTidings } from '../domain/members/tags.ts';
import type { OrderTidings } from '../domain/orders/order-facts.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import type { CustomerTidings, FactTidings } from '../domain/tidings.ts';
import { writeJoiningFacts } from '../storage/members/joining.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { findMembers, readEmails } from '../storage/members/lock-members.ts';
import {
  emailsOfMerged,
  lockGuestKeys,
  readLogins,
  waitingOrderIds,
  writeLogins,
} from '../storage/members/logins.ts';
import type { KeyedLogin } from '../storage/members/logins.ts';
import type { StoredOrder } from '../storage/orders/lock-orders.ts';

export type Hashes = (text: string, place: string) => readonly string[];

/** Keyed hashes of an e-mail, the one to store first. */
export function guestKeys(hashes: Hashes, shopId: string, email: string): readonly string[] {
  return hashes(oneEmail(email), `guest ${shopId}`);
}

/** The e-mail of a guest is kept as a hash only. */
export function withoutEmails(
  tidings: readonly FactTidings[],
  shopId: string,
  hashes: Hashes,
): readonly FactTidings[] {
  return tidings.map((told) => {
    if (told.kind !== 'order') return told;
    const { guestEmail, ...order } = told.order;
    if (!guestEmail || !order.snapshot) return { ...told, order };
    const [guestKey] = guestKeys(hashes, shopId, guestEmail);
    return {
      ...told,
      order: { ...order, snapshot: { ...order.snapshot, guestKey } } as OrderTidings,
    };
  });
}

export interface Waiting {
  /** Orders that those who log in may claim. */
  readonly orderIds: readonly string[];
  /** Who has logged in with an e-mail of these guests. */
  readonly logins: readonly KeyedLogin[];
}

/** Reads who waits for whom, under the locks of their e-mails. */
export async function lockWaiting(
  client: pg.PoolClient,
  shopId: string,
  tidings: readonly FactTidings[],
  hashes: Hashes,
): Promise<Waiting> {
  const visitors = tidings.flatMap((told) => (told.kind === 'signed-in' ? [told.customerId] : []));
  const ids =
    visitors.length === 0 ? [] : [...(await findMembers(client, shopId, visitors)).values()];
  const own = await readEmails(client, shopId, ids);
  const emails = [...own, ...(await emailsOfMerged(client, shopId, visitors)).values()];
  const keys = emails.flatMap((email) => guestKeys(hashes, shopId, email));
  const guests = tidings.flatMap((told) =>
    told.kind === 'order' ? (told.order.snapshot?.guestKey ?? []) : [],
  );
  await lockGuestKeys(client, shopId, [...keys, ...guests]);
  return {
    orderIds: await waitingOrderIds(client, shopId, keys),
    logins: await readLogins(client, shopId, guests),
  };
}

export interface Joined {
  /** As they are by what was told now. */
  readonly members: ReadonlyMap<string, StoredMember>;
  /** Of whom everything is to be decided again. */
  readonly wholly: readonly string[];
  /** Who was seen signed in. */
  readonly seen: readonly string[];
}

export async function takeInJoining(
  client: pg.PoolClient,
  shopId: string,
  tidings: readonly FactTidings[],
  known: {
    readonly members: ReadonlyMap<string, StoredMember>;
    readonly memberIds: ReadonlyMap<string, string>;
    readonly shop: ShopTerms;
    readonly hashes: Hashes;
  },
): Promise<Joined> {
  const members = new Map(known.members);
  const changed = new Set<string>();
  const late = new Set<string>();
  for (const told of tidings) {
    const customerId = customerOf(told);
    const member = customerId && members.get(known.memberIds.get(customerId) ?? '');
    if (!member || member.state !== 'active') continue;
    const isOwn = told.kind === 'signed-in' || member.customerId === customerId;
    const next = isOwn
      ? joiningBy(told, member)
      : joiningOfLeaver(told, customerId, member, known.shop);
    if (!next) continue;
    members.set(member.id, next);
    changed.add(member.id);
    if (!isOwn) late.add(member.id);
  }
  await writeJoiningFacts(
    client,
    shopId,
    [...changed].flatMap((id) => {
      const member = members.get(id);
      if (!member) return [];
      const { optedInAt, tags, joinedWith } = member;
      return [{ memberId: id, optedInAt, tags, joinedWith }];
    }),
  );
  const merged = tidings.flatMap((told) => (told.kind === 'signed-in' ? [told.customerId] : []));
  const logins = loginsIn(tidings, shopId, {
    ...known,
    mergedEmails: await emailsOfMerged(client, shopId, merged),
  });
  await writeLogins(client, shopId, logins);
  return {
    members,
    wholly: asksToJoin(known.shop) ? [...changed] : [...late],
    seen: logins.map(({ memberId }) => memberId),
  };
}

/** @returns the member by what is told, or null where it is no news */
function joiningBy(told: FactTidings, member: StoredMember): StoredMember | null {
  if (told.kind === 'signed-in') {
    if (!told.joins || (member.optedInAt !== null && member.optedInAt <= told.at)) return null;
    return { ...member, optedInAt: told.at };
  }
  const tags = tagsTold(told);
  if (!tags) return null;
  const next = takeInTags(member.tags, [tags]);
  return JSON.stringify(next) === JSON.stringify(member.tags) ? null : { ...member, tags: next };
}

/** When a customer joined who was merged away may be told after the merge. */
function joiningOfLeaver(
  told: FactTidings,
  customerId: string,
  member: StoredMember,
  shop: ShopTerms,
): StoredMember | null {
  const news = { createdAt: customerIn(told)?.createdAt ?? null, tags: tagsTold(told) };
  const joinedWith = toldLate(member.joinedWith, customerId, news, shop);
  return joinedWith === member.joinedWith ? null : { ...member, joinedWith };
}

function tagsTold(told: FactTidings): TagTidings | null {
  if (told.kind === 'customer-tags') return told.told;
  const customer = customerIn(told);
  return customer?.tags ? [customer.updatedAt, 'all', customer.tags] : null;
}

function customerOf(told: FactTidings): string | null {
  if (told.kind === 'customer-tags' || told.kind === 'signed-in') return told.customerId;
  return customerIn(told)?.customerId ?? null;
}

function customerIn(told: FactTidings): CustomerTidings | null {
  return told.kind === 'customer' || told.kind === 'order' ? (told.customer ?? null) : null;
}

/** Logging in says that the e-mail is theirs, unless Shopify says that nobody has shown it to be. */
function loginsIn(
  tidings: readonly FactTidings[],
  shopId: string,
  known: {
    readonly members: ReadonlyMap<string, StoredMember>;
    readonly memberIds: ReadonlyMap<string, string>;
    readonly hashes: Hashes;
    readonly mergedEmails: ReadonlyMap<string, string>;
  },
): { memberId: string; key: string; at: number }[] {
  return tidings.flatMap((told) => {
    if (told.kind !== 'signed-in') return [];
    const member = known.members.get(known.memberIds.get(told.customerId) ?? '');
    if (member?.state !== 'active') return [];
    const own = member.emailVerified ? member.email : null;
    // Whom staff merged into another signs in with an e-mail of their own.
    const email =
      member.customerId === told.customerId ? own : known.mergedEmails.get(told.customerId);
    if (!email) return [];
    // By every key, because orders wait under the one that was current when they were told.
    return guestKeys(known.hashes, shopId, email).map((key) => ({
      ...{ memberId: member.id, key, at: told.at },
    }));
  });
}

/** Whose the waiting orders among these are by now. @returns member by order */
export async function claimGuestOrders(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  orders: ReadonlyMap<string, StoredOrder>,
): Promise<ReadonlyMap<string, string>> {
  const waiting = [...orders].flatMap(([id, { facts, memberId }]) => {
    const { guestKey, customerId, placedAt } = facts.snapshot ?? {};
    return guestKey && placedAt !== undefined && customerId === null && memberId === null
      ? [{ id, guestKey, placedAt }]
      : [];
  });
  const logins = await readLogins(client, shopId, [...new Set(waiting.map((it) => it.guestKey))]);
  return new Map(
    waiting.flatMap(({ id, guestKey, placedAt }) => {
      const own = logins.filter(({ key }) => key === guestKey);
      const memberId = claimantOf(placedAt, own, shop);
      return memberId === null ? [] : [[id, memberId] as const];
    }),
  );
}
