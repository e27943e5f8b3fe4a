/** Gifts to many: whoever works on one has it until its lease ends, and only the newest turn writes. */
import type pg from 'pg';
import { giftAudience, giftContent } from '../../domain/gifts/gift.ts';
import type { GiftAudience, GiftContent, GiftState } from '../../domain/gifts/gift.ts';

export interface StoredGift {
  readonly shopId: string;
  readonly id: string;
  readonly reason: string;
  readonly content: GiftContent;
  readonly audience: GiftAudience;
  readonly state: GiftState;
  readonly cursor: string | null;
  readonly turn: number;
  readonly attempts: number;
}

interface GiftRow {
  readonly shop_id: string;
  readonly id: string;
  readonly reason: string;
  readonly content: unknown;
  readonly audience: unknown;
  readonly state: GiftState;
  readonly cursor: string | null;
  readonly turn: number;
  readonly attempts: number;
}

const COLUMNS =
  'g.shop_id, g.id, g.reason, g.content, g.audience, g.state, g.cursor, g.turn, g.attempts';

function readRow(row: GiftRow): StoredGift {
  return {
    ...{ shopId: row.shop_id, id: row.id, reason: row.reason, state: row.state },
    ...{ cursor: row.cursor, turn: row.turn, attempts: row.attempts },
    content: giftContent.parse(row.content),
    audience: giftAudience.parse(row.audience),
  };
}

export async function insertGift(
  client: pg.PoolClient,
  shopId: string,
  gift: {
    readonly id: string;
    readonly reason: string;
    readonly content: GiftContent;
    readonly audience: GiftAudience;
    readonly actor: string;
    readonly at: Date;
    /** Lines of the file, or members that the shop has. */
    readonly toLookAt: number;
  },
): Promise<void> {
  await client.query(
    `INSERT INTO gifts (shop_id, id, reason, content, audience, state, made_by, made_at, run_after, to_look_at)
      VALUES ($1, $2, $3, $4, $5, 'preparing', $6, $7, $7, $8)`,
    [
      ...[shopId, gift.id, gift.reason, JSON.stringify(gift.content)],
      ...[JSON.stringify(gift.audience), gift.actor, gift.at, gift.toLookAt],
    ],
  );
}

export async function lockGift(
  client: pg.PoolClient,
  shopId: string,
  id: string,
): Promise<StoredGift | null> {
  const { rows } = await client.query<GiftRow>(
    `SELECT ${COLUMNS} FROM gifts g WHERE g.shop_id = $1 AND g.id = $2 FOR UPDATE`,
    [shopId, id],
  );
  return rows[0] ? readRow(rows[0]) : null;
}

/** A step of the staff. A worker that is at it notices, because its turn is over. */
export async function setGiftState(
  client: pg.PoolClient,
  { shopId, id }: Pick<StoredGift, 'shopId' | 'id'>,
  state: GiftState,
  at: Date,
): Promise<void> {
  await client.query(
    `UPDATE gifts SET state = $3, turn = turn + 1, attempts = 0, run_after = $4, detail = NULL,
        started_at = CASE WHEN $3 = 'running' THEN coalesce(started_at, $4) ELSE started_at END,
        finished_at = CASE WHEN $3 IN ('cancelled', 'given', 'undone') THEN $4::timestamptz END
      WHERE shop_id = $1 AND id = $2`,
    [shopId, id, state, at],
  );
}

/** One that is due, of whichever installed shop. */
export async function claimGift(
  pool: pg.Pool,
  times: { readonly now: Date; readonly leaseUntil: Date },
): Promise<StoredGift | null> {
  const { rows } = await pool.query<GiftRow>({
    name: 'claim-gift',
    text: `/* cross-shop: due-gifts */ UPDATE gifts g SET run_after = $2, turn = g.turn + 1
      FROM (SELECT w.shop_id, w.id FROM gifts w JOIN shops s ON s.id = w.shop_id AND s.state = 'installed'
        WHERE w.state IN ('preparing', 'running', 'undoing') AND w.run_after <= $1
        ORDER BY w.run_after LIMIT 1 FOR UPDATE OF w SKIP LOCKED) due
      WHERE g.shop_id = due.shop_id AND g.id = due.id RETURNING ${COLUMNS}`,
    values: [times.now, times.leaseUntil],
  });
  return rows[0] ? readRow(rows[0]) : null;
}

/** Locks it for a batch. @returns false when somebody else has it by now, or it was stopped: then nothing may be written */
export async function isStillOurs(
  client: pg.PoolClient,
  { shopId, id, turn }: StoredGift,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM gifts WHERE shop_id = $1 AND id = $2 AND turn = $3
        AND state IN ('preparing', 'running', 'undoing') FOR UPDATE`,
    [shopId, id, turn],
  );
  return rowCount === 1;
}

/** After a batch, in its transaction. */
export async function moveGiftOn(
  client: pg.PoolClient,
  { shopId, id }: StoredGift,
  so: {
    readonly state: GiftState;
    readonly cursor: string | null;
    /** So many more were looked at. */
    readonly looked: number;
  },
  at: Date,
): Promise<void> {
  await client.query(
    `UPDATE gifts SET attempts = 0, detail = NULL, run_after = $3, cursor = $4, looked_at = looked_at + $5, state = $6,
        finished_at = CASE WHEN $6 IN ('given', 'undone') THEN $3::timestamptz END
      WHERE shop_id = $1 AND id = $2`,
    [shopId, id, at, so.cursor, so.looked, so.state],
  );
}

/** @param state where it goes when it is given up; null where it is tried again at `runAfter` */
export async function putOffGift(
  pool: pg.Pool,
  { shopId, id, turn }: StoredGift,
  reason: string,
  { runAfter, state }: { readonly runAfter: Date; readonly state: GiftState | null },
): Promise<void> {
  await pool.query(
    `UPDATE gifts SET attempts = attempts + 1, detail = $4, run_after = $5, state = coalesce($6, state)
      WHERE shop_id = $1 AND id = $2 AND turn = $3`,
    [shopId, id, turn, reason, runAfter, state],
  );
}
