/**
 * What a batch of tidings says of referrals: traces of who it is, claims, orders with a code, sign-ins.
 * Part of taking facts in, under the locks of the members whom the tidings are about. Whoever else it
 * concerns (most often the advocate) becomes due by an effect, so that nobody waits for a busy advocate.
 */
import type pg from 'pg';
import type { Hashes } from './join-and-claim.ts';
import { codeKey } from '../domain/referrals/codes.ts';
import { offersReferrals, usesReferrals } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { tracesOf } from '../domain/referrals/traces.ts';
import type { Trace } from '../domain/referrals/traces.ts';
import type { FactTidings } from '../domain/tidings.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { ownersOf } from '../storage/referrals/referral-codes.ts';
import {
  emailsBy,
  findInCommon,
  referralsWith,
  writeTraces,
} from '../storage/referrals/referral-traces.ts';
import type { KeyedTrace } from '../storage/referrals/referral-traces.ts';
import { countNearby } from '../storage/referrals/count-nearby.ts';
import { refreshReferrals } from '../storage/referrals/refresh-referrals.ts';
import type { Refreshed } from '../storage/referrals/refresh-referrals.ts';
import { readReferrals } from '../storage/referrals/referrals.ts';
import type { Ends } from '../storage/referrals/referrals.ts';

export interface ReferralsTakenIn {
  /** Members of this batch of whom a referral is another now. */
  readonly memberIds: readonly string[];
  readonly effects: readonly WantedEffect[];
  /** Wanted when what is under way now has ended. */
  readonly later: readonly WantedEffect[];
  /** What became of each claim, by its place among the tidings. */
  readonly outcomes: ReadonlyMap<
    number,
    'taken-in' | 'nothing-new' | 'nobody-known' | 'not-offered'
  >;
}

const NOTHING: ReferralsTakenIn = { memberIds: [], effects: [], later: [], outcomes: new Map() };

/** No statement, and no transaction that takes facts in, lasts so long. */
const COMPARED_LATER_MS = 60_000;

export interface Batch {
  readonly now: number;
  readonly newId: () => string;
  readonly hashes: Hashes;
  /** Locked, as they are by what was told. */
  readonly members: ReadonlyMap<string, StoredMember>;
  /** Members whose orders, sign-ins or accounts may have changed. */
  readonly concerned: readonly string[];
  readonly memberIdOf: (customerId: string) => string | undefined;
}

export async function takeInReferrals(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  tidings: readonly FactTidings[],
  batch: Batch,
): Promise<ReferralsTakenIn> {
  if (!usesReferrals(shop)) return NOTHING;
  const { members } = batch;
  // Orders of whoever was erased can still be refunded.
  const isThere = (id: string): boolean => members.get(id)?.state !== 'merged';
  const { visits, outcomes } = await visitsIn(client, shopId, shop, tidings, batch);
  const friendIds = [...new Set([...batch.concerned, ...visits.map(({ friendId }) => friendId)])];
  const offeredAt = (at: number): boolean => offersReferrals(shop, at);
  const refreshed = await refreshReferrals(client, shopId, friendIds.filter(isThere), {
    ...{ newId: batch.newId, offeredAt, visits },
  });
  const traces = [
    ...tracesIn(shopId, tidings, batch),
    ...(await knownTraces(client, shopId, refreshed.claimed, batch)),
  ];
  await writeTraces(client, shopId, traces);
  const changed = await follow(client, shopId, refreshed, traces);
  const ends = new Set(changed.flatMap(({ advocateId, friendId }) => [advocateId, friendId]));
  return {
    memberIds: [...ends].filter((id) => members.has(id)),
    effects: [...ends].filter((id) => !members.has(id)).map(memberIsDue),
    later: lookOnceMore(refreshed, traces),
    outcomes,
  };
}

export function memberIsDue(memberId: string): WantedEffect {
  return { key: `member-is-due:${memberId}`, kind: 'member-is-due', memberId, payload: {} };
}

/** Last of a transaction: others who come by the same advocate wait for these rows. */
export async function wantReferralEffects(
  client: pg.PoolClient,
  shopId: string,
  { effects, later }: ReferralsTakenIn,
  now: number,
): Promise<void> {
  await wantEffects(client, shopId, effects, new Date(now));
  await wantEffects(client, shopId, later, new Date(now + COMPARED_LATER_MS));
}

/** Two members became one, or two again: what follows for their referrals. Both are locked. */
export async function referralsAnew(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  memberIds: readonly string[],
  { now, newId }: Pick<Batch, 'now' | 'newId'>,
): Promise<void> {
  if (!usesReferrals(shop)) return;
  const offeredAt = (at: number): boolean => offersReferrals(shop, at);
  await refreshReferrals(client, shopId, memberIds, { newId, offeredAt });
  await countNearby(client, shopId, memberIds);
  const theirs = [...(await readReferrals(client, shopId, memberIds)).values()];
  const all = theirs.flatMap(({ made, came }) => [...made, ...came]);
  await findInCommon(client, shopId, [...new Set(all.map(({ id }) => id))]);
  const ends = new Set(all.flatMap(({ advocateId, friendId }) => [advocateId, friendId]));
  const others = [...ends].filter((id) => !memberIds.includes(id));
  await wantEffects(client, shopId, others.map(memberIsDue), new Date(now));
}

/** Who told the same trace at the same time was not seen: everything is compared once more when they have ended. */
function lookOnceMore({ all }: Refreshed, traces: readonly KeyedTrace[]): readonly WantedEffect[] {
  const traced = new Set(traces.map(({ memberId }) => memberId));
  const memberIds = new Set(
    all.flatMap(({ advocateId, friendId }) => [
      ...(traced.has(friendId) ? [friendId] : []),
      ...(traced.has(advocateId) ? [advocateId] : []),
    ]),
  );
  return [...memberIds].map((memberId) => ({
    ...{ key: `compare-referrals:${memberId}`, kind: 'compare-referrals', memberId, payload: {} },
  }));
}

/** Counts and comparisons that follow from what is new. @returns every referral of which something is */
async function follow(
  client: pg.PoolClient,
  shopId: string,
  { changed, claimed }: Refreshed,
  traces: readonly KeyedTrace[],
): Promise<readonly Ends[]> {
  const crowded = await countNearby(
    client,
    shopId,
    claimed.map(({ advocateId }) => advocateId),
  );
  const touched = await referralsWith(client, shopId, traces);
  const asked = [...new Set([...touched, ...claimed.map(({ id }) => id)])];
  return [...changed, ...crowded, ...(await findInCommon(client, shopId, asked))];
}

async function visitsIn(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  tidings: readonly FactTidings[],
  { memberIdOf, members }: Batch,
) {
  const outcomes = new Map<number, 'taken-in' | 'nothing-new' | 'nobody-known' | 'not-offered'>();
  const told = tidings.flatMap((one, index) => (one.kind === 'referral' ? [{ one, index }] : []));
  const owners = await ownersOf(
    client,
    shopId,
    told.map(({ one }) => one.code),
  );
  const visits = told.flatMap(({ one, index }) => {
    const friendId = memberIdOf(one.customerId);
    const owner = owners.get(codeKey(one.code));
    const { at } = one.sighting;
    if (!owner || friendId === undefined || members.get(friendId)?.state !== 'active') {
      outcomes.set(index, 'nobody-known');
      return [];
    }
    if (owner.memberId === friendId || !offersReferrals(shop, at)) {
      outcomes.set(index, 'not-offered');
      return [];
    }
    outcomes.set(index, 'taken-in');
    return [{ friendId, advocateId: owner.memberId, code: owner.code, at }];
  });
  return { visits, outcomes };
}

function tracesIn(
  shopId: string,
  tidings: readonly FactTidings[],
  { memberIdOf, hashes, members }: Batch,
): readonly KeyedTrace[] {
  return tidings.flatMap((told): readonly KeyedTrace[] => {
    const seen = seenIn(told);
    const memberId = seen && memberIdOf(seen.customerId);
    if (!seen || !memberId || members.get(memberId)?.state !== 'active') return [];
    return keyed(shopId, hashes, memberId, seen.traces, seen.at);
  });
}

interface Seen {
  readonly customerId: string;
  readonly traces: readonly Trace[];
  readonly at: number;
}

function seenIn(told: FactTidings): Seen | null {
  if (told.kind === 'referral') {
    const { traces, at } = told.sighting;
    return { customerId: told.customerId, traces, at };
  }
  if (told.kind === 'customer') {
    const { customerId, updatedAt } = told.customer;
    return { customerId, traces: told.traces ?? [], at: updatedAt };
  }
  if (told.kind !== 'order' || !told.order.snapshot?.customerId) return null;
  const { customerId, placedAt } = told.order.snapshot;
  return { customerId, traces: told.traces ?? [], at: placedAt };
}

/** The e-mails of both, where nobody has told of them since referrals were switched on. */
async function knownTraces(
  client: pg.PoolClient,
  shopId: string,
  claimed: Refreshed['claimed'],
  { hashes }: Batch,
): Promise<readonly KeyedTrace[]> {
  const ids = claimed.flatMap(({ friendId, advocateId }) => [friendId, advocateId]);
  const emails = await emailsBy(client, shopId, [...new Set(ids)]);
  return claimed.flatMap(({ friendId, advocateId, claimedAt }) =>
    [friendId, advocateId].flatMap((id) =>
      keyed(shopId, hashes, id, tracesOf({ email: emails.get(id) ?? null }), claimedAt),
    ),
  );
}

/** By every key, so that what was written under an older one is found, too. */
function keyed(
  shopId: string,
  hashes: Hashes,
  memberId: string,
  traces: readonly Trace[],
  at: number,
): readonly KeyedTrace[] {
  return traces.flatMap(({ kind, text }) =>
    hashes(text, `trace ${shopId} ${kind}`).map((hash) => ({ memberId, kind, hash, at })),
  );
}
