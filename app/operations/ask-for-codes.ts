/** A merchant asks for codes that anybody may use once each: one discount, made by the outbox. */
import { offerOf, rewardEffect } from './issue-rewards.ts';
import { inForce } from '../domain/programme/terms.ts';
import { usedBy } from '../domain/rewards/definition.ts';
import { issueReward } from '../domain/rewards/issued.ts';
import { dayEnd } from '../domain/time/shop-time.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { insertBatch } from '../storage/rewards/code-batches.ts';
import { newDiscountCode } from '../storage/rewards/new-codes.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export const MOST_BATCH = 10_000;

export type AskedForCodes =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusal: {
        readonly kind: 'unknown-reward' | 'no-codes' | 'bad-count' | 'bad-day' | 'no-name';
      };
    };

export interface CodesWish {
  readonly shopId: string;
  readonly actor: string;
  readonly rewardKey: string;
  /** For whom they are, e.g. "Spring fair". */
  readonly name: string;
  readonly count: number;
  /** The last of the shop's days on which they hold; null for good. */
  readonly lastDay: string | null;
  readonly requestKey: string;
}

export async function askForCodes(world: World, wish: CodesWish): Promise<AskedForCodes> {
  const { shopId, actor, rewardKey, count, requestKey } = wish;
  const name = wish.name.trim().slice(0, 60);
  if (name === '') return refuse('no-name');
  if (!Number.isSafeInteger(count) || count < 1 || count > MOST_BATCH) return refuse('bad-count');
  const now = world.now();
  const db = world.db(shopId);
  const shop = await readShopTerms(db, shopId, termsMemoryOf(db));
  const version = inForce(shop, now)?.version.version ?? 0;
  const offer = offerOf(shop, version, rewardKey);
  if (!offer) return refuse('unknown-reward');
  const validUntil = wish.lastDay === null ? null : endOf(wish.lastDay, shop.timeZone);
  if (validUntil !== null && !(validUntil > now)) return refuse('bad-day');
  const id = world.newId();
  const { currency } = shop;
  const { terms } = issueReward(offer, {
    ...{ id, programmeVersion: version, origin: 'gift', note: null, steps: 1, market: null },
    currency,
  });
  if (usedBy(terms) !== 'order') return refuse('no-codes');
  const codes = Array.from({ length: count }, newDiscountCode);
  const at = new Date(now);
  await inTransaction(db, async (client) => {
    const batch = { id, rewardKey, name, terms, codes, validUntil, requestKey, askedBy: actor };
    if (!(await insertBatch(client, shopId, batch, at))) return;
    await writeAudit(client, shopId, {
      ...{ id: world.newId(), at, actor, action: 'codes-asked-for', requestKey },
      ...{ subject: `reward:${rewardKey}`, content: { batch: id, count, name } },
    });
    await wantEffects(client, shopId, [rewardEffect('make-codes', id, null)], at);
  });
  return { ok: true };
}

function endOf(day: string, zone: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return Number.NaN;
  try {
    return dayEnd(day, zone);
  } catch {
    return Number.NaN;
  }
}

function refuse(kind: Extract<AskedForCodes, { ok: false }>['refusal']['kind']): AskedForCodes {
  return { ok: false, refusal: { kind } };
}
