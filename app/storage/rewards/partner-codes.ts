/** Codes of partners: uploaded as a list, sealed, each given to one redemption. */
import type pg from 'pg';

export interface SealedCode {
  readonly hash: string;
  readonly sealed: string;
}

/** @returns how many of them were not known before */
export async function storePartnerCodes(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  rewardKey: string,
  codes: readonly SealedCode[],
  at: Date,
): Promise<number> {
  const sorted = [...codes].sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const { rowCount } = await client.query(
    `INSERT INTO partner_codes (shop_id, reward_key, code_hash, code, uploaded_at)
      SELECT $1, $2, w.hash, w.sealed, $5 FROM unnest($3::text[], $4::text[]) AS w (hash, sealed)
      ON CONFLICT DO NOTHING`,
    [shopId, rewardKey, sorted.map(({ hash }) => hash), sorted.map(({ sealed }) => sealed), at],
  );
  return rowCount ?? 0;
}

/** One for each of these redemptions, or none for any. @returns whether there were so many left */
export async function takePartnerCodes(
  client: pg.PoolClient,
  shopId: string,
  rewardKey: string,
  redemptionIds: readonly string[],
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'take-partner-codes',
    // Materialized: as a part of the join it could be run for each row, and find another code each time.
    text: `WITH free AS MATERIALIZED (
        SELECT code_hash FROM partner_codes WHERE shop_id = $1 AND reward_key = $2 AND redemption_id IS NULL
        ORDER BY uploaded_at, code_hash LIMIT cardinality($3::uuid[]) FOR UPDATE SKIP LOCKED
      ), enough AS (
        SELECT code_hash, row_number() OVER () AS place FROM free
        WHERE (SELECT count(*) FROM free) = cardinality($3::uuid[])
      )
      UPDATE partner_codes c SET redemption_id = w.id
      FROM enough JOIN unnest($3::uuid[]) WITH ORDINALITY AS w (id, place) USING (place)
      WHERE c.shop_id = $1 AND c.reward_key = $2 AND c.code_hash = enough.code_hash`,
    values: [shopId, rewardKey, redemptionIds],
  });
  return rowCount === redemptionIds.length;
}

/** How many are left, up to so many. */
export async function freePartnerCodes(
  client: pg.PoolClient,
  shopId: string,
  rewardKey: string,
  most: number,
): Promise<number> {
  const { rows } = await client.query<{ free: string }>(
    `SELECT count(*) AS free FROM (SELECT FROM partner_codes
      WHERE shop_id = $1 AND reward_key = $2 AND redemption_id IS NULL LIMIT $3) f`,
    [shopId, rewardKey, most],
  );
  return Number(rows[0]?.free ?? 0);
}

/** @returns the sealed code that was given with this redemption */
export async function readPartnerCode(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  redemptionId: string,
): Promise<string | null> {
  const { rows } = await client.query<{ code: string }>(
    `SELECT code FROM partner_codes WHERE shop_id = $1 AND redemption_id = $2`,
    [shopId, redemptionId],
  );
  return rows[0]?.code ?? null;
}

export async function countPartnerCodes(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<ReadonlyMap<string, { readonly given: number; readonly left: number }>> {
  const { rows } = await client.query<{ reward_key: string; given: string; left: string }>(
    `SELECT reward_key, count(redemption_id) AS given, count(*) - count(redemption_id) AS left
      FROM partner_codes WHERE shop_id = $1 GROUP BY reward_key`,
    [shopId],
  );
  return new Map(
    rows.map((row) => [row.reward_key, { given: Number(row.given), left: Number(row.left) }]),
  );
}

/** Of these rewards, those of which a code is left. */
export async function withPartnerCodes(
  pool: pg.Pool,
  shopId: string,
  rewardKeys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (rewardKeys.length === 0) return new Set();
  const { rows } = await pool.query<{ key: string }>({
    name: 'with-partner-codes',
    text: `SELECT w.key FROM unnest($2::text[]) AS w (key) WHERE EXISTS (SELECT FROM partner_codes c
        WHERE c.shop_id = $1 AND c.reward_key = w.key AND c.redemption_id IS NULL)`,
    values: [shopId, rewardKeys],
  });
  return new Set(rows.map(({ key }) => key));
}
