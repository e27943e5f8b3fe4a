/**
 * Shopify merged two customers: what the one had moves to the one that stays. Lots keep their dates
 * and sources, debt is taken over, a bonus that is given once and that both have is kept once, and
 * the old customer id goes on leading to the survivor.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { FactMoment } from './take-in-facts.ts';
import type { Award } from '../domain/points/awards.ts';
import { awardKey } from '../domain/points/awards.ts';
import { booksOf, emptyOut, give, receive, reverse, spend } from '../domain/points/books.ts';
import type { Books, Movement, Source } from '../domain/points/books.ts';
import { lockMembers, memberIdsOf } from '../storage/members/lock-members.ts';
import { moveHistory } from '../storage/members/move-history.ts';
import { readAwards, readOpenLots, writeMemberChanges } from '../storage/points/member-books.ts';
import { readShopTerms } from '../storage/programme/shop-terms.ts';

export async function mergeMembers(
  client: pg.PoolClient,
  shopId: string,
  { keptId, goneId }: { readonly keptId: string; readonly goneId: string },
  { now, newId, termsMemory }: FactMoment,
): Promise<'merged' | 'nothing-new'> {
  if (keptId === goneId) return 'nothing-new';
  const at = new Date(now);
  const ids = await memberIdsOf(client, shopId, [keptId, goneId], { newId, at });
  const [kept, gone] = [ids.get(keptId), ids.get(goneId)];
  if (!kept || !gone || kept === gone) return 'nothing-new';
  const members = await lockMembers(client, shopId, [kept, gone]);
  const [survivor, leaver] = [members.get(kept), members.get(gone)];
  if (!survivor || !leaver || leaver.state === 'merged') return 'nothing-new';

  const lots = await readOpenLots(client, shopId, [kept, gone]);
  const awards = await readAwards(client, shopId, [kept, gone], []);
  const from = booksOf({ ...leaver, lots: lots.get(gone) ?? [] });
  const to = booksOf({ ...survivor, lots: lots.get(kept) ?? [] });
  moveBooks(from, to, gone, now);
  const twice = heldByBoth(awards.get(kept) ?? [], awards.get(gone) ?? []);
  for (const award of twice) {
    const points = award.posted - (award.expired ?? 0);
    const movement = movementOf(`merge:${gone}:once:${awardKey(award)}`, award, points, now);
    if (points > 0) reverse(to, movement, points, 'unlimited');
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
  await moveHistory(client, shopId, { kept, gone, goneCustomerId: goneId, at });
  const shop = await readShopTerms(client, shopId, termsMemory);
  const after = await lockMembers(client, shopId, [kept]);
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at },
    {
      members: [...after.values()],
      changed: [],
      customers: new Map(),
      wholly: new Set([kept]),
    },
  );
  return 'merged';
}

function moveBooks(from: Books, to: Books, gone: string, now: number): void {
  const own: Source = { sourceKind: 'merge', sourceId: gone, ruleKey: 'merge' };
  const open = from.lots.map((lot) => ({ ...lot }));
  const owed = from.debt;
  emptyOut(
    from,
    movementOf('merge:out', own, from.available + from.pending, now),
    'merge',
    'merged',
  );
  if (owed > 0) give(from, movementOf('merge:debt', own, owed, now), 'merge', 'merged', owed, now);
  for (const lot of open) {
    const movement = movementOf(`merge:${gone}:lot${lot.lot}`, lot, lot.remaining, lot.occurredAt);
    receive(to, movement, 'merge', 'merged', lot);
  }
  if (owed > 0) {
    spend(to, movementOf(`merge:${gone}:debt`, own, owed, now), 'merge', 'merged', owed, true);
  }
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
