/**
 * Makes a reward in Shopify. Before it is asked the attempt is noted, so that whoever comes after a
 * crash or a lost answer looks before asking again. It ends made, or with the points given back.
 */
import { z } from 'zod';
import type { Performer, Stage } from './performer.ts';
import { concludeRefusal } from '../../operations/end-reward.ts';
import { rewardEffect } from '../../operations/issue-rewards.ts';
import type { AskedReward, ReservedReward } from '../../operations/redeem-reward.ts';
import { rewardMade } from '../../operations/reward-made.ts';
import type { Conclude } from '../../operations/reward-made.ts';
import { Throttled, Unreachable } from '../../shopify/admin-client.ts';
import { makeReward } from '../../shopify/rewards/make-reward.ts';
import { markReward } from '../../shopify/rewards/mark-reward.ts';
import { discountTitle, isOutward } from '../../shopify/rewards/wish.ts';
import type {
  MakeAnswer,
  OutwardTerms,
  RefusedReward,
  RewardRefusal,
  RewardWish,
} from '../../shopify/rewards/wish.ts';
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
    const isLast = effect.attempts >= MOST_ATTEMPTS;
    const note = await makeIssued(stage, redemptionId, { isLast });
    return new Map(note === null ? [] : [[effect.key, note]]);
  },
};

export interface How {
  /** The points go back when it cannot be known whether it was made. */
  readonly isLast: boolean;
  /** Carried out with the note that it is made. */
  readonly conclude?: Conclude;
  /** How many codes were somebody else's. */
  readonly taken?: number;
}

/**
 * @returns why there is no reward, in words for staff; null when there is
 * @throws Throttled, Unreachable: try again
 */
export async function makeIssued(
  stage: Stage,
  redemptionId: string,
  how: How,
): Promise<string | null> {
  const { world, shopId } = stage;
  const reward = await readIssued(world.db(shopId), shopId, redemptionId);
  if (!reward) return 'There is no such reward.';
  const { making, shopifyId } = reward;
  if (making !== 'made') return making === 'asked' ? make(stage, reward, how, ask) : NO_MORE;
  await rewardMade(world, { ...{ shopId, reward, shopifyId }, ...how });
  return null;
}

/** What was just reserved, as nobody else knows of it yet. */
export function makeReserved(stage: Stage, asked: AskedReward, how: How): Promise<string | null> {
  if (!asked.isTried) return makeIssued(stage, asked.reward.id, how);
  const { timeZone } = asked;
  const attempt = { first: true, marker: null, others: [] };
  return make(stage, asked.reward, how, async ({ admin }, reward) =>
    makeReward(await admin(), wishOf(reward, { timeZone, attempt, giftCardCode: null })),
  );
}

/** @param asking null: it is not to be made any more */
async function make<Reward extends ReservedReward>(
  stage: Stage,
  reward: Reward,
  how: How,
  asking: (stage: Stage, reward: Outward<Reward>) => Promise<MakeAnswer | null>,
): Promise<string | null> {
  const { world, shopId } = stage;
  const { id, terms, customerId } = reward;
  const made = async (shopifyId: string | null): Promise<null> => {
    await rewardMade(world, { ...{ shopId, reward, shopifyId }, ...how });
    return null;
  };
  if (!isOutward(terms)) return made(null);
  if (customerId === null) return refuse(stage, id, NO_CUSTOMER);
  const answer = await asking(stage, { ...reward, terms, customerId });
  if (answer === null) return NO_MORE;
  if (answer.ok) return made(answer.gid);
  const { refusal } = answer;
  if (refusal.kind === 'refused') return refuse(stage, id, refusal);
  if (refusal.kind !== 'code-taken') return later(stage, reward, refusal, how.isLast);
  const taken = (how.taken ?? 0) + 1;
  if (taken === MOST_CODES) return refuse(stage, id, NO_CODE);
  await otherCode(stage, reward);
  return makeIssued(stage, id, { ...how, taken });
}

const NO_MORE = 'It is not to be made any more.';

const NO_CUSTOMER: RefusedReward = {
  ...{ kind: 'refused', reason: 'customer-gone', scope: null, code: null },
  message: 'The member has no customer in Shopify.',
};

const NO_CODE: RefusedReward = { ...NO_CUSTOMER, reason: 'other', message: 'No code is free.' };

type Outward<Reward extends ReservedReward> = Reward & {
  readonly terms: OutwardTerms;
  readonly customerId: string;
};

async function ask(
  { world, shopId, admin }: Stage,
  reward: Outward<StoredReward>,
): Promise<MakeAnswer | null> {
  const db = world.db(shopId);
  const { id, terms, customerId } = reward;
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
  const { others } = begun;
  return makeReward(
    client,
    wishOf(reward, { timeZone, giftCardCode, attempt: { first, marker, others } }),
  );
}

function wishOf(
  { id, terms, customerId, code, givenAt, validUntil, name }: Outward<ReservedReward>,
  more: Pick<RewardWish, 'timeZone' | 'giftCardCode' | 'attempt'>,
): RewardWish {
  const title = discountTitle(name, customerId);
  return { ...{ id, terms, customerId, code, givenAt, validUntil, title }, ...more };
}

async function otherCode({ world, shopId }: Stage, { id, terms }: ReservedReward): Promise<void> {
  const isCard = terms.kind === 'gift-card';
  const secret = isCard ? world.sealer.seal(newGiftCardCode(), giftCardPlace(shopId, id)) : null;
  await inTransaction(world.db(shopId), (client) =>
    writeOtherCode(client, shopId, id, { code: isCard ? null : newDiscountCode(), secret }),
  );
}

async function refuse(
  { world, shopId }: Stage,
  id: string,
  { reason, scope, message }: RefusedReward,
): Promise<string> {
  const refusal = { reason, scope, message };
  await concludeRefusal(world, { shopId, redemptionId: id, refusal });
  return message;
}

/** Whether it was made nobody knows: the points go back, and what may be there is looked for and ended. */
async function later(
  { world, shopId }: Stage,
  { id, memberId, code }: ReservedReward,
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
