/** What is done to a redemption that exists: its member is locked, decided, changed and decided again. */
import { decideMembers } from './decide-members.ts';
import type { Books } from '../domain/points/books.ts';
import type { Grace, Redemption } from '../domain/points/redemption.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import type { AuditLine } from '../storage/audit/write-audit.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { memberOfRedemption } from '../storage/points/redemptions.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { readOrders } from '../storage/orders/lock-orders.ts';
import { inTransaction, MetOthers } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type Changed =
  | { readonly ok: true; readonly redemption: Redemption }
  | { readonly ok: false; readonly refusal: ChangeRefusal };

export type ChangeRefusal =
  | { readonly kind: 'unknown-redemption' }
  | { readonly kind: 'released' }
  | { readonly kind: 'captured'; readonly orderId: string | null };

export type Change = (
  redemption: Redemption,
  books: Books,
  grace: Grace,
) => Redemption | ChangeRefusal;

export interface ChangeWish {
  readonly shopId: string;
  readonly redemptionId: string;
  /** What staff did, noted when it changed something. */
  readonly audit?: StaffAct;
  /** The order that is concerned: what was refunded of it counts at once. */
  readonly orderId?: string | null;
}

/** As the audit notes it, with what they wrote of the member. */
export interface StaffAct extends Pick<AuditLine, 'actor' | 'action' | 'content'> {
  readonly note: string;
}

/** @throws MetOthers when the redemption went to another member meanwhile */
export async function changeRedemption(
  world: World,
  { shopId, redemptionId, orderId = null, audit }: ChangeWish,
  change: Change,
): Promise<Changed> {
  if (!isUuid(redemptionId)) return { ok: false, refusal: { kind: 'unknown-redemption' } };
  const now = world.now();
  return inTransaction(world.db(shopId), async (client) => {
    const memberId = await memberOfRedemption(client, shopId, redemptionId);
    const member = memberId
      ? (await lockMembers(client, shopId, [memberId])).get(memberId)
      : undefined;
    if (!member) return { ok: false, refusal: { kind: 'unknown-redemption' } };
    if ((await memberOfRedemption(client, shopId, redemptionId)) !== member.id) {
      throw new MetOthers('the redemption was moved by a merge');
    }
    const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
    let answer: Changed = { ok: false, refusal: { kind: 'unknown-redemption' } };
    let isDone = false;
    const act = (books: Books, redemptions: readonly Redemption[], grace: Grace) => {
      const known = redemptions.find(({ id }) => id === redemptionId);
      if (!known) return {};
      const changed = change(known, books, grace);
      if ('kind' in changed) {
        answer = { ok: false, refusal: changed };
        return {};
      }
      answer = { ok: true, redemption: changed };
      isDone = changed !== known;
      return isDone ? { redemptions: [changed] } : {};
    };
    const moment = { now, at: new Date(now) };
    const orders = await readOrders(client, shopId, orderId === null ? [] : [orderId]);
    const changed = [...orders.values()]
      .filter((order) => order.memberId === member.id)
      .map((order) => ({ ...order, leftMemberId: null }));
    await decideMembers(client, shopId, shop, moment, {
      ...{ changed, customers: new Map(), members: [member], act },
      wholly: new Set(),
    });
    if (isDone && audit) {
      const line = { id: world.newId(), at: moment.at };
      await writeAudit(client, shopId, staffLine(audit, member.id, line));
    }
    return answer;
  });
}

export function staffLine(
  { note, ...act }: StaffAct,
  memberId: string,
  line: Pick<AuditLine, 'id' | 'at'>,
): AuditLine {
  const words = { memberId, text: note };
  return { ...act, ...line, subject: `member:${memberId}`, requestKey: null, words };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
