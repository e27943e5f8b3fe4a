/** Somebody of the staff approves or refuses a referral; the prizes of both follow at once. */
import { memberIsDue } from './take-in-referrals.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { writeRuling } from '../storage/referrals/referrals.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface ReferralRuling {
  readonly shopId: string;
  readonly actor: string;
  readonly id: string;
  readonly approve: boolean;
  readonly reason: string;
}

export type RuledReferral =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: { readonly kind: 'no-reason' | 'unknown-referral' } };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST_REASON = 300;

export async function ruleReferral(world: World, wish: ReferralRuling): Promise<RuledReferral> {
  const { shopId, actor, id, approve } = wish;
  const reason = wish.reason.trim().slice(0, MOST_REASON);
  if (reason === '') return refuse('no-reason');
  if (!UUID.test(id)) return refuse('unknown-referral');
  const at = new Date(world.now());
  return inTransaction(world.db(shopId), async (client): Promise<RuledReferral> => {
    const says = approve ? 'approved' : 'refused';
    const ends = await writeRuling(client, shopId, id, { says, at, by: actor, reason });
    if (!ends) return refuse('unknown-referral');
    for (const memberId of new Set([ends.advocateId, ends.friendId])) {
      await writeAudit(client, shopId, {
        id: world.newId(),
        at,
        actor,
        action: approve ? 'referral-approved' : 'referral-refused',
        subject: `member:${memberId}`,
        requestKey: null,
        content: { referral: id },
        words: { memberId, text: reason },
      });
    }
    const due = [ends.advocateId, ends.friendId].map(memberIsDue);
    await wantEffects(client, shopId, due, at);
    return { ok: true };
  });
}

function refuse(kind: 'no-reason' | 'unknown-referral'): RuledReferral {
  return { ok: false, refusal: { kind } };
}
