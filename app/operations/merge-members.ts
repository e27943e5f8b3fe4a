/**
 * Two members turn out to be one: what the one had moves to the one that stays. Lots keep their dates
 * and sources, debt is taken over, a bonus that is given once and that both have is kept once, and
 * the old customer id goes on leading to the survivor. What moved is written down, so that it can be
 * undone.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { FactMoment } from './take-in-facts.ts';
import { referralsAnew } from './take-in-referrals.ts';
import { joinedWithBy } from '../domain/members/joined-with.ts';
import type { Award } from '../domain/points/awards.ts';
import { awardKey } from '../domain/points/awards.ts';
import { booksOf, give, receive, reverse, spend } from '../domain/points/books.ts';
import type { Books, ClawbackPolicy, Movement, Source } from '../domain/points/books.ts';
import { emptyOut } from '../domain/points/forfeit.ts';
import { spendingOrder } from '../domain/points/lots-of.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { heldBy } from '../storage/campaigns/budgets.ts';
import { writeJoiningFacts } from '../storage/members/joining.ts';
import { lockMembers, memberIdsOf } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { becomeCustomer, lockOrdersOf, writeMerge } from '../storage/members/merges.ts';
import type { MergeRecord } from '../storage/members/merges.ts';
import { moveHistory } from '../storage/members/move-history.ts';
import type { WaivedTwice } from '../storage/members/move-history.ts';
import { readAwards, readOpenLots, writeMemberChanges } from '../storage/points/member-books.ts';
import { readShopTerms } from '../storage/programme/shop-terms.ts';

/** Shopify merged two customers. */
export async function mergeMembers(
  client: pg.PoolClient,
  shopId: string,
  { keptId, goneId }: { readonly keptId: string; readonly goneId: string },
  moment: FactMoment,
): Promise<'merged' | 'nothing-new'> {
  if (keptId === goneId) return 'nothing-new';
  const at = new Date(moment.now);
  const ids = await memberIdsOf(client, shopId, [keptId, goneId], { newId: moment.newId, at });
  const [kept, gone] = [ids.get(keptId), ids.get(goneId)];
  if (!kept || !gone) return 'nothing-new';
  if (kept === gone) {
    // Staff had merged the two the other way round: the member is the customer who is left.
    const [member] = (await lockMembers(client, shopId, [kept])).values();
    if (member?.state !== 'active' || member.customerId !== goneId) return 'nothing-new';
    await becomeCustomer(client, shopId, { memberId: kept, keptId, goneId });
    await decideAnew(client, shopId, [kept], moment, new Map());
    return 'merged';
  }
  const members = await lockBoth(client, shopId, kept, gone);
  // Whoever else merged them meanwhile was first; and who only led to a member takes nobody along.
  if (members?.leaver.customerId !== goneId) return 'nothing-new';
  await merge(client, shopId, members, { by: 'shopify', reason: '' }, moment);
  return 'merged';
}

export interface Both {
  readonly survivor: StoredMember;
  readonly leaver: StoredMember;
}

/** @returns null where one of them is no member any more */
export async function lockBoth(
  client: pg.PoolClient,
  shopId: string,
  kept: string,
  gone: string,
): Promise<Both | null> {
  await lockOrdersOf(client, shopId, [kept, gone]);
  const members = await lockMembers(client, shopId, [kept, gone]);
  const [survivor, leaver] = [members.get(kept), members.get(gone)];
  const over = ['merged', 'redacted'];
  if (!survivor || !leaver || [survivor, leaver].some(({ state }) => over.includes(state))) {
    return null;
  }
  return { survivor, leaver };
}

/** Both are locked. */
export async function merge(
  client: pg.PoolClient,
  shopId: string,
  { survivor, leaver }: Both,
  { by, reason }: { readonly by: string; readonly reason: string },
  { now, newId, termsMemory }: FactMoment,
): Promise<MergeRecord> {
  const at = new Date(now);
  const [kept, gone] = [survivor.id, leaver.id];
  const id = newId();
  const lots = await readOpenLots(client, shopId, [kept, gone]);
  const awards = await readAwards(client, shopId, [kept, gone], []);
  const from = booksOf({ ...leaver, lots: lots.get(gone) ?? [] });
  const to = booksOf({ ...survivor, lots: lots.get(kept) ?? [] });
  moveBooks(from, to, { id, gone }, now);
  const opened = to.lots.filter(({ lot }) => lot > survivor.lastSeq).map(({ lot }) => lot);
  let twice = 0;
  const waived: WaivedTwice[] = [];
  const shop = await readShopTerms(client, shopId, termsMemory);
  for (const award of heldByBoth(awards.get(kept) ?? [], awards.get(gone) ?? [])) {
    const points = award.posted - (award.expired ?? 0);
    const movement = movementOf(`merge:${id}:once:${awardKey(award)}`, award, points, now);
    const left = points > 0 ? reverse(to, movement, points, clawbackOf(award, shop)) : 0;
    if (left > 0) waived.push({ ...sourceOf(award), points: left });
    twice += points - left;
  }
  await writeMemberChanges(
    client,
    shopId,
    [
      { memberId: gone, books: from, decision: null },
      { memberId: kept, books: to, decision: null },
    ],
    at,
  );
  const moved = await moveHistory(client, shopId, {
    ...{ kept, gone, at, waived },
    customerId: leaver.customerId,
    named: by !== 'shopify',
  });
  const record: MergeRecord = {
    ...moved,
    customerId: leaver.customerId,
    net: leaver.available + leaver.pending - leaver.debt,
    earned: leaver.earnedTotal,
    twice,
    keptSeq: to.lastSeq,
    lots: opened,
  };
  await writeMerge(client, shopId, { id, kept, gone, at: now, by, reason }, record);
  const joinedWith = [...survivor.joinedWith, ...joinedWithBy(leaver, shop, now)];
  const { optedInAt, tags } = survivor;
  await writeJoiningFacts(client, shopId, [{ memberId: kept, optedInAt, tags, joinedWith }]);
  const moment = { now, newId, termsMemory };
  await decideAnew(client, shopId, [kept], moment, heldBy(moved.once, 'go'));
  return record;
}

/** Only where the version by which it was given lets clawbacks make debts does a merge make one. */
function clawbackOf({ programmeVersion }: Award, { versions }: ShopTerms): ClawbackPolicy {
  const given = versions.find(({ version }) => version.version === programmeVersion);
  const policy = given?.version.document.clawback ?? 'unlimited';
  return policy === 'unlimited' ? policy : 'within-balance';
}

function sourceOf({ sourceKind, sourceId, ruleKey }: Source): Source {
  return { sourceKind, sourceId, ruleKey };
}

export async function decideAnew(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
  { now, newId, termsMemory }: Pick<FactMoment, 'now' | 'newId' | 'termsMemory'>,
  drawn: ReadonlyMap<string, number>,
): Promise<void> {
  const shop = await readShopTerms(client, shopId, termsMemory);
  const members = await lockMembers(client, shopId, memberIds);
  await referralsAnew(client, shopId, shop, memberIds, { now, newId });
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at: new Date(now) },
    {
      members: [...members.values()],
      changed: [],
      customers: new Map(),
      wholly: new Set(memberIds),
      drawn,
    },
  );
}

function moveBooks(
  from: Books,
  to: Books,
  { id, gone }: { readonly id: string; readonly gone: string },
  now: number,
): void {
  const own: Source = { sourceKind: 'merge', sourceId: gone, ruleKey: 'merge' };
  // What would be spent first pays first what the survivor owes.
  const open = from.lots.map((lot) => ({ ...lot })).sort(spendingOrder);
  const owed = from.debt;
  const out = movementOf(`merge:${id}:out`, own, from.available + from.pending, now);
  emptyOut(from, out, 'merge', 'merged');
  const debt = movementOf(`merge:${id}:debt`, own, owed, now);
  if (owed > 0) give(from, debt, 'merge', 'merged', owed, now);
  for (const lot of open) {
    const movement = movementOf(`merge:${id}:lot${lot.lot}`, lot, lot.remaining, lot.occurredAt);
    receive(to, movement, 'merge', 'merged', lot);
  }
  if (owed > 0) spend(to, debt, 'merge', 'merged', owed, true);
  to.earnedTotal += from.earnedTotal;
  from.earnedTotal = 0;
}

function movementOf(key: string, source: Source, points: number, occurredAt: number): Movement {
  return {
    key,
    sourceKind: source.sourceKind,
    sourceId: source.sourceId,
    ruleKey: source.ruleKey,
    programmeVersion: null,
    explanation: { rule: 'merge', points },
    occurredAt,
  };
}

/** Joining, badges and challenges pay a member once. */
function heldByBoth(kept: readonly Award[], gone: readonly Award[]): Award[] {
  const known = new Set(kept.map(awardKey));
  return gone.filter((award) => known.has(awardKey(award)));
}
