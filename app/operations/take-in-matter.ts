/** Tidings that are a matter of their own. Each ends in a stated outcome. */
import type pg from 'pg';
import { answerDataRequest } from './answer-data-request.ts';
import { forgetMember } from './forget-member.ts';
import { forgetShop } from './forget-shop.ts';
import { leaveShop } from './leave-shop.ts';
import { mergeMembers } from './merge-members.ts';
import { rewardEffect } from './issue-rewards.ts';
import { lookUpOrder } from './read-orders-anew.ts';
import { takeInFacts } from './take-in-facts.ts';
import type { FactMoment } from './take-in-facts.ts';
import type { SingleTidings } from '../domain/tidings.ts';
import { LOOK_AT_EVERYONE, MIRROR_PROGRAMME } from './decide-members.ts';
import { heldByDiscount } from '../storage/rewards/changed-rewards.ts';
import { wantEffects } from '../storage/effects/effects.ts';

export interface MatterOutcome {
  readonly outcome: string;
  readonly detail: string | null;
  /** The delivery itself is gone with its shop. */
  readonly shopGone?: true;
}

export async function takeInMatter(
  client: pg.PoolClient,
  shopId: string,
  told: SingleTidings,
  moment: FactMoment,
): Promise<MatterOutcome> {
  const at = new Date(moment.now);
  switch (told.kind) {
    case 'order-edited':
      return takeInEdit(client, shopId, told, moment);
    case 'dispute-without-order':
      return { outcome: 'ignored', detail: 'The dispute belongs to no order.' };
    case 'customer-deleted': {
      const { rowCount } = await client.query(
        `UPDATE members SET state = 'deleted', email = NULL, name = NULL
          WHERE shop_id = $1 AND customer_id = $2 AND state = 'active'`,
        [shopId, told.customerId],
      );
      return { outcome: rowCount ? 'taken-in' : 'nothing-new', detail: null };
    }
    case 'customer-merged':
      return { outcome: await mergeMembers(client, shopId, told, moment), detail: null };
    case 'merge-not-done':
      return { outcome: 'ignored', detail: mergeNotDone(told) };
    case 'customer-redact':
      return { outcome: await forgetMember(client, shopId, told, moment), detail: null };
    case 'data-request':
      return {
        outcome: await answerDataRequest(client, shopId, told, moment),
        detail:
          'Everything held was gathered: download it in the admin, and pass it on within 30 days.',
      };
    case 'discount-changed':
      return takeInDiscount(client, shopId, told.gid, at);
    case 'shop-redact': {
      const outcome = await forgetShop(client, shopId);
      return outcome === 'forgotten'
        ? { outcome, detail: null, shopGone: true }
        : { outcome, detail: 'The shop is installed again, so nothing was erased.' };
    }
    case 'uninstalled': {
      const left = await leaveShop(client, shopId, { left: new Date(told.at), at });
      return left
        ? { outcome: 'taken-in', detail: null }
        : { outcome: 'shop-is-back', detail: 'The shop is installed again, so nothing was ended.' };
    }
    case 'scopes':
      await takeInScopes(client, shopId, told.scopes, at);
      return { outcome: 'taken-in', detail: null };
    case 'bulk-finished':
      await client.query(
        `UPDATE imports SET detail = NULL WHERE shop_id = $1 AND bulk_operation_gid = $2`,
        [shopId, told.operationGid],
      );
      return { outcome: 'taken-in', detail: null };
    case 'shop':
      return takeInShop(client, shopId, told, at);
    case 'nothing-told':
      return { outcome: 'ignored', detail: told.because };
    case 'unknown-topic':
      return { outcome: 'ignored', detail: 'Laurel does not use this topic.' };
  }
}

/** Shopify's own words of it name the customer: they are not kept. */
function mergeNotDone({
  status,
  fields,
}: Extract<SingleTidings, { kind: 'merge-not-done' }>): string {
  const what = [...new Set(fields)].map((field) => field.toLowerCase().replaceAll('_', ' '));
  const because = what.length === 0 ? '' : ` In the way: ${what.join(', ')}.`;
  return `The merge is ${status}: nothing moves.${because}`;
}

/** Rewards that need another permission are offered from now on, or no more; prizes waited for it. */
async function takeInScopes(
  client: pg.PoolClient,
  shopId: string,
  scopes: readonly string[],
  at: Date,
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE shops SET scopes = $2 WHERE id = $1 AND scopes <> $2`,
    [shopId, scopes.join(',')],
  );
  if (rowCount === 0) return;
  await wantEffects(client, shopId, [MIRROR_PROGRAMME, LOOK_AT_EVERYONE], at);
}

/** What became of it is read, because the payload does not tell. */
async function takeInDiscount(
  client: pg.PoolClient,
  shopId: string,
  gid: string,
  at: Date,
): Promise<MatterOutcome> {
  const held = await heldByDiscount(client, shopId, gid);
  if (held.length === 0) {
    return { outcome: 'ignored', detail: 'It is no reward that a member still holds.' };
  }
  const effects = held.map(({ id, memberId }) => rewardEffect('check-reward', id, memberId));
  await wantEffects(client, shopId, effects, at);
  return { outcome: 'looked-up', detail: 'The discount is read from Shopify.' };
}

/** The payload tells differences only: what it adds is known at once, and the order is read anew. */
async function takeInEdit(
  client: pg.PoolClient,
  shopId: string,
  { orderId, edit }: Extract<SingleTidings, { kind: 'order-edited' }>,
  moment: FactMoment,
): Promise<MatterOutcome> {
  if (edit) {
    const order = { orderId, snapshot: null, refunds: [], paidAt: null, edits: [edit] };
    await takeInFacts(client, shopId, [{ kind: 'order', order }], moment);
  }
  await wantEffects(client, shopId, [lookUpOrder(orderId)], new Date(moment.now));
  return { outcome: 'looked-up', detail: 'The order is read from Shopify.' };
}

/**
 * Orders in another currency than the shop's present one earn nothing, and say so. Where the zone is another,
 * every date of everybody's is: they are looked at again.
 */
async function takeInShop(
  client: pg.PoolClient,
  shopId: string,
  told: Extract<SingleTidings, { kind: 'shop' }>,
  at: Date,
): Promise<MatterOutcome> {
  const { name, currency, timeZone, taxesIncluded, updatedAt } = told;
  const { rows, rowCount } = await client.query<{ moved: boolean }>(
    `UPDATE shops SET name = $2, currency = $3, time_zone = $4, taxes_included = $5, facts_at = $6,
        zone_since = CASE WHEN time_zone = $4 THEN zone_since ELSE $7 END
      WHERE id = $1 AND (facts_at IS NULL OR facts_at <= $6) RETURNING zone_since = $7 AS moved`,
    [shopId, name, currency, timeZone, taxesIncluded, new Date(updatedAt), at],
  );
  if (rows[0]?.moved) await wantEffects(client, shopId, [LOOK_AT_EVERYONE], at);
  return { outcome: rowCount ? 'taken-in' : 'nothing-new', detail: null };
}
