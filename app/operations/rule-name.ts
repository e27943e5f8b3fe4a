/** Somebody of the staff approves a nickname, hides it, or shuts the member out of the boards. */
import { MIRROR_BOARDS } from './mirror-boards.ts';
import { decideOne } from './take-part.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { writeNameState } from '../storage/leaderboards/names.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export const NAME_RULINGS = ['approve', 'hide', 'refuse'] as const;
export type NameRuling = (typeof NAME_RULINGS)[number];

export type RuledName =
  | { readonly ok: true; readonly ruling: NameRuling }
  | { readonly ok: false; readonly refusal: { readonly kind: 'unknown-name' } };

const STATES = { approve: 'listed', hide: 'hidden', refuse: 'refused' } as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function ruleName(
  world: World,
  wish: {
    readonly shopId: string;
    readonly actor: string;
    readonly memberId: string;
    readonly ruling: NameRuling;
  },
): Promise<RuledName> {
  const { shopId, actor, memberId, ruling } = wish;
  if (!UUID.test(memberId)) return { ok: false, refusal: { kind: 'unknown-name' } };
  const pool = world.db(shopId);
  return inTransaction(pool, async (client): Promise<RuledName> => {
    const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
    const now = world.now();
    const at = new Date(now);
    const name = member && (await writeNameState(client, shopId, memberId, STATES[ruling], at));
    if (!member || !name) return { ok: false, refusal: { kind: 'unknown-name' } };
    const shop = await readShopTerms(client, shopId, termsMemoryOf(pool));
    await decideOne(client, shopId, shop, member, now);
    // What nobody should read is gone from the storefront at once.
    await wantEffects(client, shopId, [MIRROR_BOARDS], at);
    await writeAudit(client, shopId, {
      ...{ id: world.newId(), at, actor, requestKey: null },
      action: `nickname-${STATES[ruling]}`,
      subject: `member:${memberId}`,
      // The name itself stays where it can be erased.
      content: { ruling },
    });
    return { ok: true, ruling };
  });
}
