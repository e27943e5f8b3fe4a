/** What makes a customer a member. */
import type pg from 'pg';
import type { JoinedWith } from '../../domain/members/membership.ts';
import type { TagTidings } from '../../domain/members/tags.ts';
import { isoOrNull } from '../orders/lock-orders.ts';

export interface JoiningChange {
  readonly memberId: string;
  readonly optedInAt: number | null;
  readonly tags: readonly TagTidings[];
  readonly joinedWith: readonly JoinedWith[];
}

export async function writeJoiningFacts(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly JoiningChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ memberId, optedInAt, tags, joinedWith }) => ({
    id: memberId,
    opted_in_at: isoOrNull(optedInAt),
    tags,
    joined_with: joinedWith,
  }));
  await client.query({
    name: 'write-joining-facts',
    text: `UPDATE members m SET opted_in_at = w.opted_in_at, tag_tidings = w.tags, joined_with = w.joined_with
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, opted_in_at timestamptz, tags jsonb, joined_with jsonb)
      WHERE m.shop_id = $1 AND m.id = w.id`,
    values: [shopId, JSON.stringify(rows)],
  });
}
