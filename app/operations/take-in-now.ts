/** Takes facts in at once, where somebody waits for the answer. */
import type pg from 'pg';
import { takeInFacts } from './take-in-facts.ts';
import type { FactOutcome } from './take-in-facts.ts';
import type { FactTidings } from '../domain/tidings.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention } from '../storage/transaction.ts';
import type { World } from '../world.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';

const MOST_TURNS = 5;

/** Others may be at the same rows: then it is done again. */
export async function takeInNow(
  world: World,
  shopId: string,
  facts: readonly FactTidings[],
  /** Written in the same transaction. */
  beside: (client: pg.PoolClient, outcomes: readonly FactOutcome[]) => Promise<void> = async () =>
    undefined,
): Promise<readonly FactOutcome[]> {
  const moment = {
    ...{ now: world.now(), newId: world.newId, hashes: world.sealer.hashes },
    termsMemory: termsMemoryOf(world.db(shopId)),
  };
  for (let turn = 1; ; turn += 1) {
    try {
      return await inTransaction(world.db(shopId), async (client) => {
        const outcomes = await takeInFacts(client, shopId, facts, moment);
        await beside(client, outcomes);
        return outcomes;
      });
    } catch (error) {
      if (turn === MOST_TURNS || !isContention(error)) throw error;
    }
  }
}

export function shopTermsNow(world: World, shopId: string): Promise<ShopTerms> {
  const db = world.db(shopId);
  return readShopTerms(db, shopId, termsMemoryOf(db));
}
