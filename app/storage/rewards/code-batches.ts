/** Codes for everybody, by batch. */
import type pg from 'pg';
import type { RewardTerms } from '../../domain/rewards/terms.ts';

export interface CodeBatch {
  readonly id: string;
  readonly rewardKey: string;
  readonly name: string;
  readonly terms: RewardTerms;
  readonly codes: readonly string[];
  /** How many of them Shopify has; the others follow in their order. */
  readonly made: number;
  readonly state: 'asked' | 'made' | 'refused';
  readonly shopifyId: string | null;
  readonly validUntil: number | null;
  readonly askedAt: number;
}

/** @returns false when the same request was carried out before */
export async function insertBatch(
  client: pg.PoolClient,
  shopId: string,
  batch: Pick<CodeBatch, 'id' | 'rewardKey' | 'name' | 'terms' | 'codes' | 'validUntil'> & {
    readonly requestKey: string;
    readonly askedBy: string;
  },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO code_batches (shop_id, id, request_key, reward_key, name, terms, codes, valid_until, asked_by, asked_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (shop_id, request_key) DO NOTHING`,
    [
      ...[shopId, batch.id, batch.requestKey, batch.rewardKey, batch.name],
      ...[JSON.stringify(batch.terms), batch.codes],
      ...[batch.validUntil === null ? null : new Date(batch.validUntil), batch.askedBy, at],
    ],
  );
  return rowCount === 1;
}

export async function readBatch(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
): Promise<CodeBatch | null> {
  const { rows } = await client.query<{
    reward_key: string;
    name: string;
    terms: RewardTerms;
    codes: string[];
    made: number;
    state: CodeBatch['state'];
    shopify_id: string | null;
    valid_until: Date | null;
    asked_at: Date;
  }>(
    `SELECT reward_key, name, terms, codes, made, state, shopify_id, valid_until, asked_at
      FROM code_batches WHERE shop_id = $1 AND id = $2`,
    [shopId, id],
  );
  const [row] = rows;
  return row
    ? {
        ...{ id, rewardKey: row.reward_key, name: row.name, terms: row.terms, codes: row.codes },
        ...{ made: row.made, state: row.state, shopifyId: row.shopify_id },
        validUntil: row.valid_until?.getTime() ?? null,
        askedAt: row.asked_at.getTime(),
      }
    : null;
}

export async function writeBatchDiscount(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
  shopifyId: string,
): Promise<void> {
  await client.query(`UPDATE code_batches SET shopify_id = $3 WHERE shop_id = $1 AND id = $2`, [
    shopId,
    id,
    shopifyId,
  ]);
}

/** @param made how many there are by now */
export async function writeBatchMade(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
  made: number,
): Promise<void> {
  await client.query(
    `UPDATE code_batches SET made = greatest(made, $3), detail = NULL,
        state = CASE WHEN $3 >= cardinality(codes) THEN 'made' ELSE state END
      WHERE shop_id = $1 AND id = $2`,
    [shopId, id, made],
  );
}

export async function writeBatchRefused(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
  detail: string,
): Promise<void> {
  await client.query(
    `UPDATE code_batches SET state = 'refused', detail = $3 WHERE shop_id = $1 AND id = $2`,
    [shopId, id, detail.slice(0, 300)],
  );
}
