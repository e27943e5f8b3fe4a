/** Seeds of games: what was committed to, what was drawn by it, and when it is shown. */
import type pg from 'pg';
import { hashing, newSeed } from './hashing.ts';
import { gameSeedPlace } from '../sealing.ts';
import type { Sealer } from '../sealing.ts';

export interface EpochId {
  readonly shopId: string;
  readonly game: string;
  readonly epoch: string;
}

export interface StoredEpoch extends EpochId {
  /** SHA-256 of the seed, shown from the beginning. */
  readonly commit: string;
  /** Null until it is over. */
  readonly seed: string | null;
  readonly endsAt: number;
  readonly revealedAt: number | null;
  readonly draws: number;
  readonly state: 'open' | 'listing' | 'drawing' | 'revealed';
  readonly version: number | null;
  readonly cursor: string | null;
  readonly tickets: number | null;
  readonly listHash: string | null;
  readonly attempts: number;
}

const COLUMNS = `shop_id, game_key, epoch, commit, seed, ends_at, revealed_at, draws, state, version, cursor, tickets,
  list_hash, attempts`;

interface EpochRow {
  readonly shop_id: string;
  readonly game_key: string;
  readonly epoch: string;
  readonly commit: string;
  readonly seed: string | null;
  readonly ends_at: Date;
  readonly revealed_at: Date | null;
  readonly draws: number;
  readonly state: StoredEpoch['state'];
  readonly version: number | null;
  readonly cursor: string | null;
  readonly tickets: string | null;
  readonly list_hash: string | null;
  readonly attempts: number;
}

function readRow(row: EpochRow): StoredEpoch {
  return {
    ...{ shopId: row.shop_id, game: row.game_key, epoch: row.epoch, commit: row.commit },
    ...{ seed: row.seed, draws: row.draws, state: row.state, version: row.version },
    ...{ cursor: row.cursor, listHash: row.list_hash, attempts: row.attempts },
    endsAt: row.ends_at.getTime(),
    revealedAt: row.revealed_at?.getTime() ?? null,
    tickets: row.tickets === null ? null : Number(row.tickets),
  };
}

/** Commits to a seed, where nobody has yet. A giveaway whose end was moved ends then. */
export async function openEpoch(
  db: pg.Pool | pg.PoolClient,
  sealer: Sealer,
  { shopId, game, epoch }: EpochId,
  { endsAt, at }: { readonly endsAt: number; readonly at: Date },
): Promise<StoredEpoch> {
  const id = { shopId, game, epoch };
  const ends = new Date(endsAt);
  const known = await readEpoch(db, id);
  if (known && (known.endsAt === endsAt || known.state !== 'open')) return known;
  const seed = newSeed();
  await db.query({
    name: 'open-epoch',
    text: `INSERT INTO game_epochs AS e (shop_id, game_key, epoch, commit, seed_sealed, made_at, ends_at, run_after)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
      ON CONFLICT (shop_id, game_key, epoch) DO UPDATE SET ends_at = EXCLUDED.ends_at, run_after = EXCLUDED.ends_at
        WHERE e.state = 'open' AND e.ends_at <> EXCLUDED.ends_at`,
    values: [
      ...[shopId, game, epoch, hashing.sha256OfBytes(seed)],
      ...[sealer.seal(seed, gameSeedPlace(shopId, game, epoch)), at, ends],
    ],
  });
  const opened = await readEpoch(db, id);
  if (!opened) throw new Error('An epoch that was opened is there');
  return opened;
}

export async function readEpoch(
  db: pg.Pool | pg.PoolClient,
  { shopId, game, epoch }: EpochId,
): Promise<StoredEpoch | null> {
  const { rows } = await db.query<EpochRow>({
    name: 'read-epoch',
    text: `SELECT ${COLUMNS} FROM game_epochs WHERE shop_id = $1 AND game_key = $2 AND epoch = $3`,
    values: [shopId, game, epoch],
  });
  return rows[0] ? readRow(rows[0]) : null;
}

/**
 * Takes the next serial number: whoever draws next waits until this transaction is over, so none is missing.
 * @returns null where nobody draws any more
 */
export async function takeSerial(
  client: pg.PoolClient,
  sealer: Sealer,
  { shopId, game, epoch }: EpochId,
): Promise<{ readonly serial: number; readonly seed: string; readonly commit: string } | null> {
  const { rows } = await client.query<{ draws: number; seed_sealed: string; commit: string }>({
    name: 'take-serial',
    text: `UPDATE game_epochs SET draws = draws + 1 WHERE shop_id = $1 AND game_key = $2 AND epoch = $3
      AND state IN ('open', 'drawing') RETURNING draws, seed_sealed, commit`,
    values: [shopId, game, epoch],
  });
  const [row] = rows;
  if (!row) return null;
  const seed = sealer.open(row.seed_sealed, gameSeedPlace(shopId, game, epoch));
  return { serial: row.draws, seed, commit: row.commit };
}

/** Whether tickets are still taken: the end waits until whoever asked has written theirs. */
export async function holdOpen(
  client: pg.PoolClient,
  { shopId, game, epoch }: EpochId,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'hold-epoch-open',
    text: `SELECT 1 FROM game_epochs WHERE shop_id = $1 AND game_key = $2 AND epoch = $3 AND state = 'open' FOR SHARE`,
    values: [shopId, game, epoch],
  });
  return rowCount === 1;
}

/** The epoch that has been over for longest, under lock; others take another. */
export async function claimEpoch(client: pg.PoolClient, now: Date): Promise<StoredEpoch | null> {
  const { rows } = await client.query<EpochRow>({
    name: 'claim-epoch',
    text: `/* cross-shop: due-games */ SELECT ${COLUMNS} FROM game_epochs
      WHERE state <> 'revealed' AND run_after <= $1 ORDER BY run_after LIMIT 1 FOR UPDATE SKIP LOCKED`,
    values: [now],
  });
  return rows[0] ? readRow(rows[0]) : null;
}

export async function writeEpoch(
  client: pg.PoolClient,
  { shopId, game, epoch }: EpochId,
  next: {
    readonly state: StoredEpoch['state'];
    readonly version?: number;
    readonly cursor?: string | null;
    readonly tickets?: number;
    readonly listHash?: string;
  },
): Promise<void> {
  await client.query(
    `UPDATE game_epochs SET state = $4, version = coalesce($5, version), cursor = $6, tickets = coalesce($7, tickets),
        list_hash = coalesce($8, list_hash), attempts = 0, detail = NULL
      WHERE shop_id = $1 AND game_key = $2 AND epoch = $3`,
    [
      ...[shopId, game, epoch, next.state, next.version ?? null, next.cursor ?? null],
      ...[next.tickets ?? null, next.listHash ?? null],
    ],
  );
}

/** Shows the seed: from here on everybody can do the draws again. */
export async function revealEpoch(
  client: pg.PoolClient,
  sealer: Sealer,
  { shopId, game, epoch }: EpochId,
  at: Date,
): Promise<void> {
  const { rows } = await client.query<{ seed_sealed: string }>(
    `SELECT seed_sealed FROM game_epochs WHERE shop_id = $1 AND game_key = $2 AND epoch = $3 FOR UPDATE`,
    [shopId, game, epoch],
  );
  const sealed = rows[0]?.seed_sealed;
  if (sealed === undefined) return;
  const seed = sealer.open(sealed, gameSeedPlace(shopId, game, epoch));
  await client.query(
    `UPDATE game_epochs SET state = 'revealed', seed = $4, revealed_at = $5, attempts = 0, detail = NULL
      WHERE shop_id = $1 AND game_key = $2 AND epoch = $3`,
    [shopId, game, epoch, seed, at],
  );
}

export async function putOffEpoch(
  pool: pg.Pool,
  { shopId, game, epoch }: EpochId,
  reason: string,
  runAfter: Date,
): Promise<void> {
  await pool.query(
    `UPDATE game_epochs SET attempts = attempts + 1, run_after = $4, detail = $5
      WHERE shop_id = $1 AND game_key = $2 AND epoch = $3`,
    [shopId, game, epoch, runAfter, reason],
  );
}
