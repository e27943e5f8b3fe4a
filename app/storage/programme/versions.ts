/** Published versions: written once, never changed. */
import type pg from 'pg';
import type { ProgrammeDocument } from '../../domain/programme/document.ts';

export interface VersionRow {
  readonly version: number;
  readonly document: unknown;
  readonly effectiveAt: number;
  readonly withdrawn: boolean;
}

/** One version, or null when the shop has none of this number. */
export async function readVersion(
  client: pg.PoolClient,
  shopId: string,
  version: number,
): Promise<VersionRow | null> {
  const { rows } = await client.query<{
    document: unknown;
    effective_at: Date;
    withdrawn: boolean;
  }>(
    `SELECT v.document, v.effective_at, w.version IS NOT NULL AS withdrawn FROM programme_versions v
      LEFT JOIN programme_withdrawals w ON w.shop_id = v.shop_id AND w.version = v.version
      WHERE v.shop_id = $1 AND v.version = $2`,
    [shopId, version],
  );
  const [row] = rows;
  return row
    ? {
        version,
        document: row.document,
        effectiveAt: row.effective_at.getTime(),
        withdrawn: row.withdrawn,
      }
    : null;
}

/** @returns whether the version that will be in force at that moment says exactly this */
export async function saysTheSame(
  client: pg.PoolClient,
  shopId: string,
  document: unknown,
  at: Date,
): Promise<boolean> {
  const { rows } = await client.query<{ same: boolean }>(
    `SELECT v.document = $2::jsonb AS same FROM programme_versions v
      WHERE v.shop_id = $1 AND v.effective_at <= $3 AND NOT EXISTS (
        SELECT FROM programme_withdrawals w WHERE w.shop_id = $1 AND w.version = v.version)
      ORDER BY v.effective_at DESC, v.version DESC LIMIT 1`,
    [shopId, JSON.stringify(document), at],
  );
  return rows[0]?.same ?? false;
}

/** The caller holds the lock of the shop's draft, so that numbers have no gaps. @returns the number */
export async function addVersion(
  client: pg.PoolClient,
  shopId: string,
  published: {
    readonly document: ProgrammeDocument;
    readonly effectiveAt: Date;
    readonly publishedAt: Date;
    readonly publishedBy: string;
    readonly note: string;
  },
): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `INSERT INTO programme_versions (shop_id, version, document, effective_at, published_at, published_by, note)
      SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6 FROM programme_versions WHERE shop_id = $1
      RETURNING version`,
    [
      shopId,
      JSON.stringify(published.document),
      published.effectiveAt,
      published.publishedAt,
      published.publishedBy,
      published.note,
    ],
  );
  const version = rows[0]?.version;
  if (version === undefined) throw new Error(`No version was written for shop ${shopId}`);
  return version;
}

export async function withdrawVersion(
  client: pg.PoolClient,
  shopId: string,
  version: number,
  by: { readonly at: Date; readonly actor: string },
): Promise<void> {
  await client.query(
    `INSERT INTO programme_withdrawals (shop_id, version, withdrawn_at, withdrawn_by) VALUES ($1, $2, $3, $4)
      ON CONFLICT (shop_id, version) DO NOTHING`,
    [shopId, version, by.at, by.actor],
  );
}
