/** What makes a customer a member, and what was decided about it. */
import type pg from 'pg';
import type { Membership } from '../../domain/members/membership.ts';
import type { TagTidings } from '../../domain/members/tags.ts';
import { isoOrNull } from '../orders/lock-orders.ts';

export interface JoiningChange {
  readonly memberId: string;
  readonly optedInAt: number | null;
  readonly tags: readonly TagTidings[];
}

export async function writeJoiningFacts(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly JoiningChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ memberId, optedInAt, tags }) => ({
    id: memberId,
    opted_in_at: isoOrNull(optedInAt),
    tags,
  }));
  await client.query({
    name: 'write-joining-facts',
    text: `UPDATE members m SET opted_in_at = w.opted_in_at, tag_tidings = w.tags
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, opted_in_at timestamptz, tags jsonb)
      WHERE m.shop_id = $1 AND m.id = w.id`,
    values: [shopId, JSON.stringify(rows)],
  });
}

/** Written only where it became another: most decisions leave it as it is. */
export async function writeMemberships(
  client: pg.PoolClient,
  shopId: string,
  decided: readonly { readonly memberId: string; readonly membership: Membership }[],
): Promise<void> {
  if (decided.length === 0) return;
  const rows = decided.map(({ memberId, membership }) => ({
    id: memberId,
    membership: membership.state,
    joined_at: isoOrNull(membership.joinedAt),
    joined_by: membership.joinedBy,
  }));
  await client.query({
    name: 'write-memberships',
    text: `UPDATE members m SET membership = w.membership, joined_at = w.joined_at, joined_by = w.joined_by
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, membership text, joined_at timestamptz, joined_by text)
      WHERE m.shop_id = $1 AND m.id = w.id`,
    values: [shopId, JSON.stringify(rows)],
  });
}
