/**
 * What the calendar does: pending points become available, terms of tiers end. Found by an index on
 * what is due, in bounded batches, so a worker that slept catches up and nothing happens twice.
 */
import { storeFacts } from './store-facts.ts';
import { matureLots } from '../operations/mature-lots.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const BATCH = 500;

export async function passTime(world: World): Promise<number> {
  return (await matureDue(world)) + (await endTerms(world));
}

async function matureDue(world: World): Promise<number> {
  let matured = 0;
  for (;;) {
    const { rows } = await world.db(NOBODY).query<{ shop_id: string; member_id: string }>(
      `/* cross-shop: maturing-lots */ SELECT DISTINCT shop_id, member_id FROM (SELECT shop_id, member_id FROM lots
          WHERE state = 'pending' AND remaining > 0 AND available_at <= $1 ORDER BY available_at LIMIT $2) due`,
      [new Date(world.now()), BATCH],
    );
    if (rows.length === 0) return matured;
    for (const [shopId, members] of Map.groupBy(rows, (row) => row.shop_id)) {
      matured += await matureLots(
        world,
        shopId,
        members.map(({ member_id: id }) => id),
      );
    }
  }
}

/** The engine is asked to look again; until it has, the term is not due a second time. */
async function endTerms(world: World): Promise<number> {
  const now = world.now();
  const { rows } = await world.db(NOBODY).query<{ shop_id: string; id: string; tier_due_at: Date }>(
    `/* cross-shop: ending-terms */ SELECT shop_id, id, tier_due_at FROM members
      WHERE tier_due_at <= $1 ORDER BY tier_due_at LIMIT $2`,
    [new Date(now), BATCH],
  );
  for (const [shopId, members] of Map.groupBy(rows, (row) => row.shop_id)) {
    await storeFacts(
      world,
      shopId,
      members.map((member) => ({
        name: `term:${member.id}:${member.tier_due_at.getTime()}`,
        subject: `member:${member.id}`,
        facts: { kind: 'member-again', memberId: member.id },
      })),
    );
  }
  return rows.length;
}
