/** A member's rewards, as support sees them. */
import { z } from 'zod';
import type { RewardTerms } from '../domain/rewards/terms.ts';
import type { World } from '../world.ts';

export interface MemberReward {
  readonly id: string;
  readonly name: string;
  readonly kind: RewardTerms['kind'];
  readonly origin: string;
  readonly points: number;
  readonly making: string;
  readonly state: string;
  readonly ending: string | null;
  readonly code: string | null;
  readonly orderId: string | null;
  readonly at: number;
  readonly validUntil: number | null;
  readonly note: string | null;
  readonly refusal: string | null;
  /** What a merchant changed of it in Shopify: names of what, e.g. "value". */
  readonly changes: readonly string[];
}

const MOST_OF_MEMBER = 50;
const changed = z.array(z.object({ what: z.string() })).catch([]);

/** A member's rewards, newest first. */
export async function memberRewards(
  world: World,
  shopId: string,
  memberId: string,
): Promise<readonly MemberReward[]> {
  const { rows } = await world.db(shopId).query<{
    id: string;
    name: string;
    kind: RewardTerms['kind'];
    origin: string;
    points: string;
    making: string;
    state: string;
    ending: string | null;
    code: string | null;
    order_id: string | null;
    at: Date;
    valid_until: Date | null;
    note: string | null;
    reason: string | null;
    changes: unknown;
  }>(
    `SELECT i.id, i.name, i.terms ->> 'kind' AS kind, i.origin, r.points, i.making, r.state, r.ending, r.code, r.order_id,
        i.asked_at AS at, r.valid_until, i.note, i.refusal ->> 'reason' AS reason, i.changes
      FROM redemptions r JOIN issued_rewards i ON i.shop_id = r.shop_id AND i.id = r.id
      WHERE r.shop_id = $1 AND r.member_id = $2 ORDER BY i.asked_at DESC, i.id DESC LIMIT $3`,
    [shopId, memberId, MOST_OF_MEMBER],
  );
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, kind: row.kind, origin: row.origin, making: row.making },
    ...{ state: row.state, ending: row.ending, code: row.code, orderId: row.order_id },
    points: Number(row.points),
    at: row.at.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
    note: row.note,
    refusal: row.reason,
    changes: changed.parse(row.changes).map(({ what }) => what),
  }));
}
