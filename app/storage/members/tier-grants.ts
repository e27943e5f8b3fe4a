/** Tiers that agents granted. Whoever writes them holds the member's lock. */
import type pg from 'pg';
import type { TierGrant } from '../../domain/tiers/grants.ts';

export interface StoredGrant extends TierGrant {
  readonly id: string;
}

export async function readTierGrants(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, StoredGrant[]>> {
  const { rows } = await client.query<{
    member_id: string;
    id: string;
    tier_key: string;
    granted_at: Date;
    until: Date | null;
    revoked_at: Date | null;
  }>({
    name: 'read-tier-grants',
    text: `SELECT member_id, id, tier_key, granted_at, until, revoked_at FROM tier_grants
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) ORDER BY granted_at, id`,
    values: [shopId, memberIds],
  });
  const grants = Map.groupBy(rows, (row) => row.member_id);
  return new Map(
    [...grants].map(([memberId, list]) => [
      memberId,
      list.map((row) => ({
        id: row.id,
        tierKey: row.tier_key,
        from: row.granted_at.getTime(),
        until: row.until?.getTime() ?? null,
        revokedAt: row.revoked_at?.getTime() ?? null,
      })),
    ]),
  );
}

export interface NewGrant {
  readonly id: string;
  readonly memberId: string;
  readonly tierKey: string;
  readonly at: Date;
  readonly until: Date | null;
  readonly reason: string;
  readonly note: string;
  readonly actor: string;
}

export async function writeTierGrant(
  client: pg.PoolClient,
  shopId: string,
  { id, memberId, tierKey, at, until, reason, note, actor }: NewGrant,
): Promise<void> {
  await client.query(
    `INSERT INTO tier_grants (shop_id, id, member_id, tier_key, granted_at, until, reason, note, granted_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [shopId, id, memberId, tierKey, at, until, reason, note, actor],
  );
}

export async function writeRevocation(
  client: pg.PoolClient,
  shopId: string,
  { id, at, actor }: { readonly id: string; readonly at: Date; readonly actor: string },
): Promise<void> {
  await client.query(
    `UPDATE tier_grants SET revoked_at = $3, revoked_by = $4
      WHERE shop_id = $1 AND id = $2 AND revoked_at IS NULL`,
    [shopId, id, at, actor],
  );
}
