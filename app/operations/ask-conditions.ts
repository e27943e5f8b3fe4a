/**
 * Whether a locked member meets the conditions of rewards. They are asked of what is kept, so what is due
 * by now (points that expire, a tier whose term is over) happens before.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { RewardOffer, ShopTerms } from '../domain/programme/terms.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { outsideSegments } from '../storage/segments/outside-segments.ts';

export interface Asked {
  /** As they are now. */
  readonly member: StoredMember;
  /** Keys of the rewards whose conditions they do not meet. */
  readonly outside: ReadonlySet<string>;
}

export async function askConditions(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  found: StoredMember,
  offers: readonly RewardOffer[],
  now: number,
): Promise<Asked> {
  const asking = offers.filter(({ item }) => item.audience.segment.conditions.length > 0);
  if (asking.length === 0) return { member: found, outside: new Set() };
  const at = new Date(now);
  const isDue = found.dueAt !== null && found.dueAt <= now;
  if (isDue) {
    await decideMembers(
      client,
      shopId,
      shop,
      { now, at },
      { members: [found], changed: [], customers: new Map(), wholly: new Set<string>() },
    );
  }
  const fresh = isDue ? await lockMembers(client, shopId, [found.id]) : null;
  const member = fresh?.get(found.id) ?? found;
  return { member, outside: await outsideSegments(client, shopId, member.id, asking, at) };
}
