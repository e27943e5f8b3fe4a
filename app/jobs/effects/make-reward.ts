/**
 * Makes a reward in Shopify. Before it is asked the attempt is noted, so that whoever comes after a
 * crash or a lost answer looks before asking again. It ends made, or with the points given back.
 */
import { z } from 'zod';
import type { Performer, Stage } from './performer.ts';
import { concludeRefusal } from '../../operations/end-reward.ts';
import { rewardEffect } from '../../operations/issue-rewards.ts';
import { rewardMade } from '../../operations/reward-made.ts';
import { Throttled, Unreachable } from '../../shopify/admin-client.ts';
import { makeReward } from '../../shopify/rewards/make-reward.ts';
import { markReward } from '../../shopify/rewards/mark-reward.ts';
import { discountTitle, isOutward } from '../../shopify/rewards/wish.ts';
import type { OutwardTerms, RefusedReward, RewardRefusal } from '../../shopify/rewards/wish.ts';
import { newDiscountCode, newGiftCardCode } from '../../storage/rewards/new-codes.ts';
import { readShopTerms, termsMemoryOf } from '../../storage/programme/shop-terms.ts';
import { wantEffects } from '../../storage/effects/effects.ts';
import {
  beginCredit,
  readIssued,
  writeAttempt,
  writeOtherCode,
} from '../../storage/rewards/issued-rewards.ts';
import type { StoredReward } from '../../storage/rewards/issued-rewards.ts';
import { giftCardPlace } from '../../storage/sealing.ts';
import { inTransaction } from '../../storage/transaction.ts';

/** After so many times without an answer that can be trusted the member has their points back. */
const MOST_ATTEMPTS = 8;
/** A code of 80 random bits is somebody else's once in the life of the universe. */
const MOST_CODES = 3;

const payload = z.object({ redemptionId: z.string() });

export const makeRewardEffect: Performer = {
  kind: 'make-reward',
  together: 1,
  tries: Infinity,
  perform: async (stage, [effect]) => {
    if (!effect) return new Map();
    const { redemptionId } = payload.parse(effect.payload);
    const note = await makeIssued(stage, redemptionId, effect.attempts >= MOST_ATTEMPTS);
    return new Map(note === null ? [] : [[effect.key, note]]);
  },
};

/**
 * @param isLast whether the points go back when it cannot be known
 * @returns why there is no reward, in words for staff; null when there is
 * @throws Throttled, Unreachable: try again
 */
export async function makeIssued(
  stage: Stage,
  redemptionId: string,
  isLast: boolean,
): Promise<string | null> {
  const { world, shopId } = stage;
  const reward = await readIssued(world.db(shopId), shopId, redemptionId);
  if (!reward) return 'There is no such reward.';
  const about = { shopId, redemptionId };
  if (reward.making === 'made') {
    await rewardMade(world, { ...about, shopifyId: reward.shopifyId });
    return null;
  }
  if (reward.making !== 'asked') return 'It is not to be made any more.';
  const { terms, customerId } = reward;
  if (!isOutward(terms)) {
    await rewardMade(world, { ...about, shopifyId: null });
    return null;
  }
  if (customerId === null) return refuse(stage, reward, NO_CUSTOMER);
  for (let turn = 0; turn < MOST_CODES; turn += 1) {
    const answer = await ask(stage, { ...reward, terms, customerId });
    if (answer === null) return 'It is not to be made any more.';
    if (answer.ok) {
      await rewardMade(world, { ...about, shopifyId: answer.gid });
      return null;
    }
    const { refusal } = answer;
    if (refusal.kind === 'refused') return refuse(stage, reward, refusal);
    if (refusal.kind === 'code-taken') await otherCode(stage, reward);
    else return later(stage, reward, refusal, isLast);
  }
  return refuse(stage, reward, { ...NO_CUSTOMER, reason: 'other', message: 'No code is free.' });
}

const NO_CUSTOMER: RefusedReward = {
  ...{ kind: 'refused', reason: 'customer-gone', scope: null, code: null },
  message: 'The member has no customer in Shopify.',
};

type Outward = StoredReward & { readonly terms: OutwardTerms; readonly customerId: string };

async function ask({ world, shopId, admin }: Stage, { id }: Outward) {
  const db = world.db(shopId);
  const reward = await readIssued(db, shopId, id);
  if (!reward || !isOutward(reward.terms) || reward.customerId === null) return null;
  const { terms, customerId } = reward;
  const client = await admin();
  const first = reward.triedAt === null;
  const place = giftCardPlace(shopId, id);
  const giftCardCode =
    terms.kind !== 'gift-card'
      ? null
      : reward.secret === null
        ? newGiftCardCode()
        : world.sealer.open(reward.secret, place);
  let { marker } = reward;
  if (first) {
    const marked = await markReward(client, { terms, customerId });
    if (!marked.ok) return marked;
    ({ marker } = marked);
  }
  const secret = giftCardCode === null ? null : world.sealer.seal(giftCardCode, place);
  const attempt = { at: new Date(world.now()), marker, secret };
  const isCredit = terms.kind === 'store-credit';
  const begun = isCredit
    ? await beginCredit(db, shopId, reward, attempt)
    : { others: [], isBegun: await writeAttempt(db, shopId, id, attempt) };
  if (begun === 'under-way') throw new Unreachable('Other credit of the member is under way.');
  if (!begun.isBegun) return null;
  const { timeZone } = await readShopTerms(db, shopId, termsMemoryOf(db));
  return makeReward(client, {
    ...{ id, terms, customerId, giftCardCode, timeZone, code: reward.code },
    ...{ givenAt: reward.givenAt, validUntil: reward.validUntil },
    title: discountTitle(reward.name, customerId),
    attempt: { first, marker, others: begun.others },
  });
}

async function otherCode({ world, shopId }: Stage, { id, terms }: StoredReward): Promise<void> {
  const isCard = terms.kind === 'gift-card';
  const secret = isCard ? world.sealer.seal(newGiftCardCode(), giftCardPlace(shopId, id)) : null;
  await inTransaction(world.db(shopId), (client) =>
    writeOtherCode(client, shopId, id, { code: isCard ? null : newDiscountCode(), secret }),
  );
}

async function refuse(
  { world, shopId }: Stage,
  { id }: StoredReward,
  { reason, scope, message }: RefusedReward,
): Promise<string> {
  const refusal = { reason, scope, message };
  await concludeRefusal(world, { shopId, redemptionId: id, refusal });
  return message;
}

/** Whether it was made nobody knows: the points go back, and what may be there is looked for and ended. */
async function later(
  { world, shopId }: Stage,
  { id, memberId, code }: StoredReward,
  refusal: Exclude<RewardRefusal, RefusedReward | { readonly kind: 'code-taken' }>,
  isLast: boolean,
): Promise<string> {
  if (refusal.kind === 'throttled') throw new Throttled(refusal.waitMs);
  // Nobody was shown the code yet; of a card or of credit the shopper may know already.
  if (!isLast || code === null) throw new Unreachable(refusal.message);
  const unreachable = { reason: 'unreachable', scope: null, message: refusal.message };
  await concludeRefusal(world, { shopId, redemptionId: id, refusal: unreachable });
  const at = new Date(world.now());
  await wantEffects(world.db(shopId), shopId, [rewardEffect('end-reward', id, memberId)], at);
  return 'Shopify could not be reached: the points were given back.';
}
