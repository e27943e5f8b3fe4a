/** A member's own code: made when it is first asked for, and a word of their own where they choose one. */
import { shopTermsNow } from './take-in-now.ts';
import { codeFrom, codeKey, vanityRefusal } from '../domain/referrals/codes.ts';
import type { VanityRefusal } from '../domain/referrals/codes.ts';
import { mayRefer } from '../domain/referrals/may-refer.ts';
import { inForce } from '../domain/programme/terms.ts';
import { mirrorMember } from './decide-members.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { readWouldBeAdvocate } from '../storage/referrals/people.ts';
import { codesOf, ownersOf, renewCode, writeCode } from '../storage/referrals/referral-codes.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** Old codes keep working, so nobody may have any number of them. */
const MOST_CHOSEN = 5;
const MOST_TRIES = 20;

/** @returns null where the member may not refer friends */
export async function ownCode(
  world: World,
  shopId: string,
  memberId: string,
): Promise<string | null> {
  const pool = world.db(shopId);
  const now = world.now();
  const settings = inForce(await shopTermsNow(world, shopId), now)?.version.document.referrals;
  const advocate = await readWouldBeAdvocate(pool, shopId, memberId);
  if (!settings || !advocate || !mayRefer(settings, advocate, now)) return null;
  const [newest] = await codesOf(pool, shopId, memberId);
  if (newest) return newest.code;
  return inTransaction(pool, async (client) => {
    await lockMembers(client, shopId, [memberId]);
    const [made] = await codesOf(client, shopId, memberId);
    if (made) return made.code;
    for (let turn = 1; turn <= MOST_TRIES; turn += 1) {
      const code = unguessable(world, shopId, memberId, turn);
      const at = new Date(now);
      if (await writeCode(client, shopId, { memberId, code, chosen: false, at })) {
        await wantEffects(client, shopId, [mirrorMember(memberId)], at);
        return code;
      }
    }
    throw new Error('No referral code is free.');
  });
}

/** From a secret of this installation: who knows the member's id cannot guess the code. */
function unguessable(world: World, shopId: string, memberId: string, turn: number): string {
  const [hash = ''] = world.sealer.hashes(`${memberId} ${turn}`, `referral code ${shopId}`);
  return codeFrom(Buffer.from(hash.split('.').at(-1) ?? '', 'base64url'));
}

export type ChosenCode =
  | { readonly ok: true; readonly code: string }
  | {
      readonly ok: false;
      readonly refusal:
        VanityRefusal | { readonly kind: 'not-offered' | 'not-a-member' | 'taken' | 'too-many' };
    };

/** The member chooses a word; one they had before is theirs still, and the newest again. */
export async function chooseCode(
  world: World,
  {
    shopId,
    memberId,
    code,
  }: { readonly shopId: string; readonly memberId: string; readonly code: string },
): Promise<ChosenCode> {
  const pool = world.db(shopId);
  const now = world.now();
  const settings = inForce(await shopTermsNow(world, shopId), now)?.version.document.referrals;
  if (!settings?.vanityCodes) return { ok: false, refusal: { kind: 'not-offered' } };
  const advocate = await readWouldBeAdvocate(pool, shopId, memberId);
  if (!advocate || !mayRefer(settings, advocate, now)) {
    return { ok: false, refusal: { kind: 'not-a-member' } };
  }
  const refusal = vanityRefusal(code);
  if (refusal) return { ok: false, refusal };
  return inTransaction(pool, async (client): Promise<ChosenCode> => {
    await lockMembers(client, shopId, [memberId]);
    const at = new Date(now);
    const owner = (await ownersOf(client, shopId, [code])).get(codeKey(code));
    if (owner?.memberId === memberId) await renewCode(client, shopId, code, at);
    else {
      const chosen = (await codesOf(client, shopId, memberId)).filter((one) => one.chosen);
      if (chosen.length >= MOST_CHOSEN) return { ok: false, refusal: { kind: 'too-many' } };
      const written = await writeCode(client, shopId, { memberId, code, chosen: true, at });
      if (!written) return { ok: false, refusal: { kind: 'taken' } };
    }
    await wantEffects(client, shopId, [mirrorMember(memberId)], at);
    return { ok: true, code: codeKey(code) };
  });
}
