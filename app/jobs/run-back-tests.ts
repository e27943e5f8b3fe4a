/**
 * Back-tests: a draft, or one of its campaigns, is tried on all members, batch by batch. After each batch the sum so far is
 * kept, so that a worker that dies leaves the rest to the next one, and whoever watches sees how far
 * it is. Between batches everything else gets its turn.
 */
import { backOff, MOST_ATTEMPTS } from './drain-deliveries.ts';
import type { Drawn } from '../domain/back-test/drawn.ts';
import { tallied, tallySchema } from '../domain/back-test/tally.ts';
import { campaignTallied, campaignTallySchema } from '../domain/campaigns/campaign-tally.ts';
import { programmeDocument } from '../domain/programme/document.ts';
import { tryCampaign } from '../operations/try-campaign.ts';
import { tryDraft, worldsOf } from '../operations/try-draft.ts';
import { claimBackTest, moveBackTestOn, putOffBackTest } from '../storage/back-tests/back-tests.ts';
import type { ClaimedBackTest } from '../storage/back-tests/back-tests.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import { inSnapshot } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const LEASE_MS = 120_000;
const BATCH = 200;

export interface BackTests {
  /** One batch of the back-test that has waited longest. @returns whether there was one */
  readonly once: () => Promise<boolean>;
}

export function makeBackTests(world: World, batch = BATCH): BackTests {
  const memory = makeTermsMemory();
  return {
    once: async () => {
      const now = world.now();
      const times = { now: new Date(now), leaseUntil: new Date(now + LEASE_MS) };
      const test = await claimBackTest(world.db(NOBODY), times);
      if (!test) return false;
      const pool = world.db(test.shopId);
      try {
        await moveBackTestOn(pool, test, await tryBatch(test, batch), new Date(world.now()));
      } catch (error) {
        await putOff(world, test, error);
      }
      return true;
    },
  };

  async function tryBatch(test: ClaimedBackTest, most: number): Promise<Tried> {
    const { shopId, cursor: after, askedAt: now, campaignKey, drawn } = test;
    return inSnapshot(world.db(shopId), async (client) => {
      const shop = await readShopTerms(client, shopId, memory);
      const draft = programmeDocument.parse(test.document);
      // One moment for the whole of it, so that all members are compared on one day.
      const batch = { now, after, most, drawn };
      if (campaignKey !== null) {
        const asked = { ...batch, document: draft, campaignKey };
        const { trials, ...so } = await tryCampaign(client, shopId, shop, asked);
        return { ...so, tally: campaignTallied(campaignTallySchema.parse(test.tally), trials) };
      }
      const worlds = worldsOf(shop, draft, now);
      const { trials, ...so } = await tryDraft(client, shopId, worlds, batch);
      return { ...so, tally: tallied(tallySchema.parse(test.tally), trials) };
    });
  }
}

/** How far it is after a batch. */
interface Tried {
  readonly cursor: string | null;
  readonly drawn: Drawn;
  readonly tally: { readonly members: number };
}

async function putOff(world: World, test: ClaimedBackTest, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message.slice(0, 500) : String(error);
  const now = world.now();
  const attempts = test.attempts + 1;
  const again = attempts < MOST_ATTEMPTS ? new Date(now + backOff(attempts)) : null;
  world.log.error({ shopId: test.shopId, attempts, reason }, 'a batch of a back-test failed');
  await putOffBackTest(world.db(test.shopId), test, reason, again, new Date(now));
}
