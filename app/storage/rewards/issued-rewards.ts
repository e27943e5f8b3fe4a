/** The outward side of redemptions: what was given, and how far it is made. */
import type pg from 'pg';
import { inTransaction } from '../transaction.ts';
import type { IssuedReward, RewardOrigin } from '../../domain/rewards/issued.ts';
import type { RewardTerms } from '../../domain/rewards/terms.ts';
import type { Ending, RedemptionState } from '../../domain/points/redemption.ts';

export type Making = 'asked' | 'made' | 'refused' | 'ended';

/** Why a reward could not be made, as far as it can be told. */
export interface MakingRefusal {
  readonly reason: string;
  /** Of a missing permission: which one. */
  readonly scope: string | null;
  readonly message: string;
}

export interface NewlyIssued extends IssuedReward {
  readonly making: Making;
  readonly refusal: MakingRefusal | null;
  /** Whoever gives it asks Shopify for it at once: it may have been made. */
  readonly isTried: boolean;
}

export async function insertIssued(
  client: pg.PoolClient,
  shopId: string,
  issued: readonly NewlyIssued[],
  at: Date,
): Promise<void> {
  if (issued.length === 0) return;
  const rows = [...issued]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((one) => ({
      id: one.id,
      reward_key: one.rewardKey,
      programme_version: one.programmeVersion,
      name: one.name,
      terms: one.terms,
      origin: one.origin,
      note: one.note,
      counts: one.counts,
      making: one.making,
      refusal: one.refusal,
      made_at: one.making === 'made' ? at.toISOString() : null,
      tried_at: one.isTried ? at.toISOString() : null,
    }));
  await client.query({
    name: 'insert-issued',
    text: `INSERT INTO issued_rewards (shop_id, id, reward_key, programme_version, name, terms, origin, note, counts, making,
        refusal, made_at, tried_at, asked_at)
      SELECT $1, w.id, w.reward_key, w.programme_version, w.name, w.terms, w.origin, w.note, w.counts, w.making, w.refusal,
        w.made_at, w.tried_at, $3
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, reward_key text, programme_version int, name text, terms jsonb,
        origin text, note text, counts boolean, making text, refusal jsonb, made_at timestamptz, tried_at timestamptz)`,
    values: [shopId, JSON.stringify(rows), at],
  });
}

/** An issued reward with its redemption and its customer. */
export interface StoredReward {
  readonly id: string;
  readonly memberId: string;
  /** Null when the member has no customer any more. */
  readonly customerId: string | null;
  readonly rewardKey: string;
  readonly name: string;
  readonly terms: RewardTerms;
  readonly origin: RewardOrigin;
  readonly counts: boolean;
  readonly making: Making;
  readonly refusal: MakingRefusal | null;
  readonly shopifyId: string | null;
  /** Sealed. */
  readonly secret: string | null;
  readonly marker: string | null;
  readonly triedAt: number | null;
  readonly state: RedemptionState;
  readonly ending: Ending | null;
  readonly points: number;
  readonly code: string | null;
  readonly orderId: string | null;
  readonly givenAt: number;
  readonly validUntil: number | null;
}

export async function readIssued(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
): Promise<StoredReward | null> {
  const { rows } = await client.query<IssuedRow>({
    name: 'read-issued',
    text: `SELECT i.id, r.member_id, m.customer_id, i.reward_key, i.name, i.terms, i.origin, i.counts, i.making, i.refusal,
        i.shopify_id, i.secret, i.marker, i.tried_at, r.state, r.ending, r.points, r.code, r.order_id, r.reserved_at,
        r.valid_until
      FROM issued_rewards i
      JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id
      JOIN members m ON m.shop_id = i.shop_id AND m.id = r.member_id
      WHERE i.shop_id = $1 AND i.id = $2`,
    values: [shopId, id],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    id: row.id,
    memberId: row.member_id,
    customerId: row.customer_id,
    rewardKey: row.reward_key,
    name: row.name,
    terms: row.terms,
    origin: row.origin,
    counts: row.counts,
    making: row.making,
    refusal: row.refusal,
    shopifyId: row.shopify_id,
    secret: row.secret,
    marker: row.marker,
    triedAt: row.tried_at?.getTime() ?? null,
    state: row.state,
    ending: row.ending,
    points: Number(row.points),
    code: row.code,
    orderId: row.order_id,
    givenAt: row.reserved_at.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
  };
}

interface IssuedRow {
  readonly id: string;
  readonly member_id: string;
  readonly customer_id: string | null;
  readonly reward_key: string;
  readonly name: string;
  readonly terms: RewardTerms;
  readonly origin: RewardOrigin;
  readonly counts: boolean;
  readonly making: Making;
  readonly refusal: MakingRefusal | null;
  readonly shopify_id: string | null;
  readonly secret: string | null;
  readonly marker: string | null;
  readonly tried_at: Date | null;
  readonly state: RedemptionState;
  readonly ending: Ending | null;
  readonly points: string;
  readonly code: string | null;
  readonly order_id: string | null;
  readonly reserved_at: Date;
  readonly valid_until: Date | null;
}

/**
 * Before Shopify is asked: whoever comes later knows that it may have been made.
 * @returns whether it is still to be made
 */
export async function writeAttempt(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
  attempt: { readonly at: Date; readonly marker: string | null; readonly secret: string | null },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'write-attempt',
    text: `UPDATE issued_rewards SET tried_at = coalesce(tried_at, $3), marker = coalesce(marker, $4),
        secret = coalesce(secret, $5) WHERE shop_id = $1 AND id = $2 AND making = 'asked'`,
    values: [shopId, id, attempt.at, attempt.marker, attempt.secret],
  });
  return rowCount === 1;
}

/**
 * The same for store credit, which has no code to be found by: of what looks alike only one is under
 * way at a time. @returns what is known to be other rewards of the member
 */
export async function beginCredit(
  pool: pg.Pool,
  shopId: string,
  { id, memberId }: Pick<StoredReward, 'id' | 'memberId'>,
  attempt: Parameters<typeof writeAttempt>[3],
): Promise<{ readonly others: readonly string[]; readonly isBegun: boolean } | 'under-way'> {
  return inTransaction(pool, async (client) => {
    await client.query(`SELECT 1 FROM members WHERE shop_id = $1 AND id = $2 FOR UPDATE`, [
      shopId,
      memberId,
    ]);
    const { rows } = await client.query<{ shopify_id: string | null; under_way: boolean }>({
      name: 'other-credits',
      text: `SELECT i.shopify_id, i.making = 'asked' AND i.tried_at IS NOT NULL AS under_way
        FROM issued_rewards i JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id
        WHERE i.shop_id = $1 AND r.member_id = $2 AND i.id <> $3 AND i.terms ->> 'kind' = 'store-credit'`,
      values: [shopId, memberId, id],
    });
    if (rows.some((row) => row.under_way)) return 'under-way';
    const others = rows.flatMap((row) => row.shopify_id ?? []);
    return { others, isBegun: await writeAttempt(client, shopId, id, attempt) };
  });
}

/** Somebody else has the code: nothing of ours was made with it. */
export async function writeOtherCode(
  client: pg.PoolClient,
  shopId: string,
  id: string,
  other: { readonly code: string | null; readonly secret: string | null },
): Promise<void> {
  await client.query(
    `UPDATE redemptions SET code = coalesce($3, code) WHERE shop_id = $1 AND id = $2`,
    [shopId, id, other.code],
  );
  await client.query(
    `UPDATE issued_rewards SET tried_at = NULL, secret = coalesce($3, secret) WHERE shop_id = $1 AND id = $2`,
    [shopId, id, other.secret],
  );
}

export async function writeMade(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
  made: { readonly shopifyId: string | null; readonly at: Date },
): Promise<void> {
  await client.query({
    name: 'write-made',
    text: `UPDATE issued_rewards SET making = 'made', shopify_id = $3, made_at = coalesce(made_at, $4), refusal = NULL
      WHERE shop_id = $1 AND id = $2 AND making IN ('asked', 'made')`,
    values: [shopId, id, made.shopifyId, made.at],
  });
}

/** Whatever else became of it since: only what is still asked for is refused. */
export async function writeNotMade(
  client: pg.PoolClient,
  shopId: string,
  id: string,
  refusal: MakingRefusal,
): Promise<void> {
  await client.query({
    name: 'write-not-made',
    text: `UPDATE issued_rewards SET making = 'refused', refusal = $3
      WHERE shop_id = $1 AND id = $2 AND making = 'asked'`,
    values: [shopId, id, JSON.stringify(refusal)],
  });
}

/** @returns whether nobody had asked Shopify for it yet, and nobody will */
export async function writeNeverMade(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'write-never-made',
    text: `UPDATE issued_rewards SET making = 'ended'
      WHERE shop_id = $1 AND id = $2 AND making = 'asked' AND tried_at IS NULL`,
    values: [shopId, id],
  });
  return rowCount === 1;
}

export async function writeEnded(
  client: pg.PoolClient,
  shopId: string,
  id: string,
  at: Date,
): Promise<void> {
  await client.query({
    name: 'write-ended',
    text: `UPDATE issued_rewards SET making = CASE WHEN making = 'refused' THEN making ELSE 'ended' END,
        ended_at = coalesce(ended_at, $3) WHERE shop_id = $1 AND id = $2`,
    values: [shopId, id, at],
  });
}

/** @returns whether it was one of a stock until now */
export async function writeStockReturned(
  client: pg.PoolClient,
  shopId: string,
  id: string,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'write-stock-returned',
    text: `UPDATE issued_rewards SET counts = false WHERE shop_id = $1 AND id = $2 AND counts`,
    values: [shopId, id],
  });
  return rowCount === 1;
}
