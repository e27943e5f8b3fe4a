/** Pending points whose day has come become available. */
import { mirrorMember } from './decide-members.ts';
import { maturing } from '../domain/points/awards.ts';
import { booksOf, mature } from '../domain/points/books.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { readOpenLots, writeMemberChanges } from '../storage/points/member-books.ts';
import type { MemberChange } from '../storage/points/member-books.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** @returns how many lots matured */
export async function matureLots(
  world: World,
  shopId: string,
  memberIds: readonly string[],
): Promise<number> {
  const now = world.now();
  const at = new Date(now);
  return inTransaction(world.db(shopId), async (client) => {
    const members = await lockMembers(client, shopId, memberIds);
    const lots = await readOpenLots(client, shopId, [...members.keys()]);
    const changes: MemberChange[] = [];
    let matured = 0;
    for (const member of members.values()) {
      const books = booksOf({ ...member, lots: lots.get(member.id) ?? [] });
      for (const lot of [...books.lots]) {
        if (lot.state !== 'pending' || lot.availableAt === null || lot.availableAt > now) continue;
        mature(books, lot, maturing(lot, lot.lot, lot.availableAt));
        matured += 1;
      }
      if (books.entries.length > 0) changes.push({ memberId: member.id, books, decision: null });
    }
    await writeMemberChanges(client, shopId, changes, at);
    await wantEffects(
      client,
      shopId,
      changes.map(({ memberId }) => mirrorMember(memberId)),
      at,
    );
    return matured;
  });
}
