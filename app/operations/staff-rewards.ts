/** What staff do about rewards: give one, take one back, fulfil what waits for a person. */
import { changeRedemption } from './change-redemption.ts';
import type { Changed } from './change-redemption.ts';
import { markEnding } from './end-reward.ts';
import { giveReward } from './redeem-reward.ts';
import type { RewardAnswer } from './redeem-reward.ts';
import { usedBy } from '../domain/rewards/definition.ts';
import { readIssued } from '../storage/rewards/issued-rewards.ts';
import type { World } from '../world.ts';

interface StaffWish {
  readonly shopId: string;
  readonly actor: string;
  readonly reason: string;
  readonly note: string;
}

export type StaffRefusal = { readonly ok: false; readonly refusal: { readonly kind: 'no-reason' } };

/** Costs the member nothing; the same key is carried out once. */
export async function giveByHand(
  world: World,
  wish: StaffWish & {
    readonly memberId: string;
    readonly rewardKey: string;
    readonly requestKey: string;
  },
): Promise<RewardAnswer | StaffRefusal> {
  const { shopId, memberId, rewardKey, actor } = wish;
  const said = saidBy(wish);
  if (said.reason === '') return { ok: false, refusal: { kind: 'no-reason' } };
  return giveReward(world, {
    ...{ shopId, memberId, rewardKey, requestKey: `agent:${wish.requestKey}`, origin: 'agent' },
    note: said.note,
    audit: {
      ...{ actor, action: 'reward-given', note: said.note },
      content: { reward: rewardKey, reason: said.reason },
    },
  });
}

/** It ends in Shopify, and its points come back; what was used stays used. */
export async function takeBackByHand(
  world: World,
  wish: StaffWish & { readonly redemptionId: string },
): Promise<Changed | StaffRefusal> {
  const { shopId, redemptionId, actor } = wish;
  const said = saidBy(wish);
  if (said.reason === '') return { ok: false, refusal: { kind: 'no-reason' } };
  return markEnding(world, {
    ...{ shopId, redemptionId, because: 'cancelled' },
    audit: {
      ...{ actor, action: 'reward-taken-back', note: said.note },
      content: { redemption: redemptionId, reason: said.reason },
    },
  });
}

/** A person did what the reward promised: its points are spent for good. */
export async function fulfilByHand(
  world: World,
  wish: Omit<StaffWish, 'reason'> & { readonly redemptionId: string },
): Promise<Changed> {
  const { shopId, redemptionId, actor } = wish;
  const reward = await readIssued(world.db(shopId), shopId, redemptionId);
  if (!reward || usedBy(reward.terms) !== 'person') {
    return { ok: false, refusal: { kind: 'unknown-redemption' } };
  }
  const note = wish.note.trim().slice(0, 500);
  const audit = {
    actor,
    action: 'reward-fulfilled',
    note,
    content: { redemption: redemptionId, reward: reward.rewardKey },
  };
  return changeRedemption(world, { shopId, redemptionId, audit }, (redemption, _books, grace) => {
    switch (redemption.state) {
      case 'released':
        return { kind: 'released' };
      case 'captured':
      case 'returned':
        return redemption;
      case 'reserved':
        // Whoever took it back meanwhile was first.
        if (redemption.ending !== null) return { kind: 'released' };
        return { ...redemption, state: 'captured', capturedAt: grace.now };
    }
  });
}

function saidBy({ reason, note }: Pick<StaffWish, 'reason' | 'note'>): {
  readonly reason: string;
  readonly note: string;
} {
  return { reason: reason.trim().slice(0, 100), note: note.trim().slice(0, 500) };
}
