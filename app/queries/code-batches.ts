/** Codes for everybody, as the merchant follows them. */
import { readBatch } from '../storage/rewards/code-batches.ts';
import type { World } from '../world.ts';

export interface BatchLine {
  readonly id: string;
  readonly name: string;
  readonly rewardKey: string;
  readonly count: number;
  readonly made: number;
  readonly state: string;
  readonly detail: string | null;
  readonly validUntil: number | null;
  readonly at: number;
}

const MOST = 20;

/** Newest first. */
export async function codeBatches(world: World, shopId: string): Promise<readonly BatchLine[]> {
  const { rows } = await world.db(shopId).query<{
    id: string;
    name: string;
    reward_key: string;
    count: number;
    made: number;
    state: string;
    detail: string | null;
    valid_until: Date | null;
    asked_at: Date;
  }>(
    `SELECT id, name, reward_key, cardinality(codes) AS count, made, state, detail, valid_until, asked_at
      FROM code_batches WHERE shop_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2`,
    [shopId, MOST],
  );
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, rewardKey: row.reward_key, count: row.count },
    ...{ made: row.made, state: row.state, detail: row.detail },
    validUntil: row.valid_until?.getTime() ?? null,
    at: row.asked_at.getTime(),
  }));
}

/** Those that Shopify has by now. */
export async function codesOfBatch(
  world: World,
  shopId: string,
  batchId: string,
): Promise<readonly string[] | null> {
  const batch = await readBatch(world.db(shopId), shopId, batchId);
  return batch ? batch.codes.slice(0, batch.made) : null;
}
