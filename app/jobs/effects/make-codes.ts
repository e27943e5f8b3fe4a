/** Makes codes for everybody in Shopify, some at a time; interrupted, it goes on where it was. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { failure } from './given-reward.ts';
import type { Performer, Stage } from './performer.ts';
import { rewardEffect } from '../../operations/issue-rewards.ts';
import { makeCampaignCodes } from '../../shopify/rewards/make-campaign-codes.ts';
import { discountTitle, isOutward } from '../../shopify/rewards/wish.ts';
import type { CampaignAnswer, CodeTerms, OutwardTerms } from '../../shopify/rewards/wish.ts';
import { wantEffects } from '../../storage/effects/effects.ts';
import {
  readBatch,
  writeBatchDiscount,
  writeBatchMade,
  writeBatchRefused,
} from '../../storage/rewards/code-batches.ts';
import type { CodeBatch } from '../../storage/rewards/code-batches.ts';

/** So many take well less than an effect is leased. */
const AT_ONCE = 2_500;

const payload = z.object({ redemptionId: z.string() });

export const makeCodesEffect: Performer = {
  kind: 'make-codes',
  together: 1,
  tries: Infinity,
  perform: async (stage, [effect]) => {
    if (!effect) return new Map();
    const { redemptionId } = payload.parse(effect.payload);
    return new Map([[effect.key, await makeSome(stage, redemptionId)]]);
  },
};

async function makeSome(stage: Stage, id: string): Promise<string> {
  const { world, shopId } = stage;
  const db = world.db(shopId);
  const batch = await readBatch(db, shopId, id);
  if (batch?.state !== 'asked') return 'There is nothing to make.';
  const { terms, codes } = batch;
  if (!isOutward(terms) || !isCode(terms)) return 'It has no codes.';
  const upTo = Math.min(codes.length, batch.made + AT_ONCE);
  const answer = await ask(stage, batch, terms, codes.slice(batch.made, upTo));
  if (!answer.ok) {
    if (answer.refusal.kind !== 'refused') throw failure(answer.refusal);
    await writeBatchRefused(db, shopId, id, answer.refusal.message);
    return answer.refusal.message;
  }
  await writeBatchMade(db, shopId, id, upTo);
  if (upTo < codes.length) {
    const next = [rewardEffect('make-codes', id, null)];
    await wantEffects(db, shopId, next, new Date(world.now()));
  }
  return `${upTo} of ${codes.length} codes`;
}

async function ask(
  stage: Stage,
  batch: CodeBatch,
  terms: CodeTerms,
  codes: readonly string[],
): Promise<CampaignAnswer> {
  const { world, shopId } = stage;
  const wish = {
    ...{ terms, codes, gid: batch.shopifyId },
    title: discountTitle(batch.name, null),
    startsAt: batch.askedAt,
    endsAt: batch.validUntil,
  };
  return makeCampaignCodes(await stage.admin(), wish, {
    wait: (ms) => sleep(ms),
    discountMade: (gid) => writeBatchDiscount(world.db(shopId), shopId, batch.id, gid),
  });
}

function isCode(terms: OutwardTerms): terms is CodeTerms {
  return terms.kind !== 'gift-card' && terms.kind !== 'store-credit';
}
