/** Members for whom time alone changes something, by the date that is kept with them. */
import type pg from 'pg';

/** A place in the line of those who are due. */
export interface DuePlace {
  readonly dueAt: Date;
  readonly id: string;
}

/**
 * The next in the line, by what was due first. Whoever somebody else holds is left out: who holds them
 * decides by now, too, or they are due again. A million that are due at once leave a million dead
 * index entries behind, so each batch begins where the one before it ended.
 */
export async function lockDueMembers(
  client: pg.PoolClient,
  shopId: string,
  now: Date,
  most: number,
  after: DuePlace | null,
): Promise<readonly DuePlace[]> {
  const { rows } = await client.query<{ id: string; due_at: Date }>({
    name: 'lock-due-members',
    text: `SELECT id, due_at FROM members
      WHERE shop_id = $1 AND due_at <= $2 AND (due_at, id) > ($4::timestamptz, $5::uuid)
      ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    values: [shopId, now, most, after?.dueAt ?? '-infinity', after?.id ?? NOBODY],
  });
  return rows.map(({ id, due_at: dueAt }) => ({ id, dueAt }));
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

export async function postpone(
  pool: pg.Pool,
  shopId: string,
  memberId: string,
  until: Date,
): Promise<void> {
  await pool.query(`UPDATE members SET due_at = $3 WHERE shop_id = $1 AND id = $2`, [
    shopId,
    memberId,
    until,
  ]);
}

/** Each row by itself: whoever holds one is waited for, and nobody waits for who waits. */
export async function makeDue(
  pool: pg.Pool,
  shopId: string,
  memberIds: readonly string[],
  now: Date,
): Promise<void> {
  for (const memberId of new Set(memberIds)) {
    await pool.query({
      name: 'make-member-due',
      text: `UPDATE members SET due_at = least(due_at, $3) WHERE shop_id = $1 AND id = $2 AND state = 'active'`,
      values: [shopId, memberId, now],
    });
  }
}

/** A mark of this moment among the transactions of the database. */
export async function markMoment(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(`SELECT pg_current_xact_id()::text AS id`);
  return rows[0]?.id ?? '0';
}

/** Whether everything has ended that was under way at the mark. */
export async function othersEnded(pool: pg.Pool, mark: string): Promise<boolean> {
  const { rows } = await pool.query<{ ended: boolean }>(
    `SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS ended`,
    [mark],
  );
  return rows[0]?.ended ?? false;
}

/**
 * Every member is due, batch by batch so that nobody waits for long. Whoever is decided about
 * meanwhile is decided once more, which changes nothing. @returns how many there are
 */
export async function makeEveryoneDue(
  pool: pg.Pool,
  shopId: string,
  now: Date,
  batch: number,
): Promise<number> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (let members = 0; ;) {
    const { rows } = await pool.query<{ id: string }>({
      name: 'make-due',
      text: `WITH batch AS (SELECT id FROM members WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $4),
        held AS (SELECT m.id FROM members m JOIN batch b ON b.id = m.id
          WHERE m.shop_id = $1 AND m.state = 'active' ORDER BY m.id FOR UPDATE OF m),
        due AS (UPDATE members m SET due_at = least(m.due_at, $3) FROM held
          WHERE m.shop_id = $1 AND m.id = held.id)
        SELECT id FROM batch ORDER BY id`,
      values: [shopId, after, now, batch],
    });
    members += rows.length;
    const last = rows.at(-1)?.id;
    if (!last || rows.length < batch) return members;
    after = last;
  }
}

/** Installed shops that have somebody due; an uninstalled one catches up when it comes back. */
export async function findShopsDue(pool: pg.Pool, now: Date): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `/* cross-shop: members-due */ SELECT s.id FROM shops s WHERE s.state = 'installed'
      AND EXISTS (SELECT 1 FROM members m WHERE m.shop_id = s.id AND m.due_at <= $1) ORDER BY s.id`,
    [now],
  );
  return rows.map(({ id }) => id);
}
