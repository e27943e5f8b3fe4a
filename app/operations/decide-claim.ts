/** Somebody of the staff approves or refuses a claim; the member's points follow at once. */
import { takeInNow } from './take-in-now.ts';
import { readSomeActivities } from '../storage/activities/activities.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { inTransaction, isUniqueViolation } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface ClaimDecision {
  readonly shopId: string;
  readonly actor: string;
  readonly memberId: string;
  readonly kind: 'custom' | 'receipt';
  readonly id: string;
  /** When the claim that was looked at was told: one that changed since is not decided. */
  readonly toldAt: number;
  readonly approve: boolean;
  readonly reason: string;
}

export type DecidedClaim =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusal: {
        readonly kind: 'no-reason' | 'unknown-claim' | 'changed' | 'claimed-already';
      };
    };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function decideClaim(world: World, wish: ClaimDecision): Promise<DecidedClaim> {
  const { shopId, memberId, kind, id, approve } = wish;
  const reason = wish.reason.trim().slice(0, 300);
  if (!approve && reason === '') return refuse('no-reason');
  if (!UUID.test(memberId)) return refuse('unknown-claim');
  const known = await inTransaction(world.db(shopId), async (client) => {
    const found = await readSomeActivities(client, shopId, [{ memberId, kind, id }]);
    return [...found.values()][0];
  });
  if (!known?.occurredAt) return refuse('unknown-claim');
  if (known.toldAt !== wish.toldAt) return refuse('changed');
  const state = approve ? 'approved' : 'refused';
  if (known.state === state) return { ok: true };
  const now = world.now();
  try {
    const [outcome] = await takeInNow(
      world,
      shopId,
      [{ kind: 'activity', whose: { memberId }, activity: { ...known, state, decidedAt: now } }],
      async (client, [told]) => {
        if (told === 'gone') return;
        await writeAudit(client, shopId, {
          id: world.newId(),
          at: new Date(now),
          actor: wish.actor,
          action: approve ? 'claim-approved' : 'claim-refused',
          subject: `member:${memberId}`,
          requestKey: null,
          content: { claim: kind },
          words: { memberId, text: reason },
        });
      },
    );
    return outcome === 'gone' ? refuse('unknown-claim') : { ok: true };
  } catch (error) {
    // Refused before, and claimed by somebody else since.
    if (isUniqueViolation(error)) return refuse('claimed-already');
    throw error;
  }
}

function refuse(kind: Extract<DecidedClaim, { ok: false }>['refusal']['kind']): DecidedClaim {
  return { ok: false, refusal: { kind } };
}
