/** Thousands of codes of one discount: 250 at a time, within what Shopify has told is in the bucket. */
import { z } from 'zod';
import { answered, faults, refusalOf, refused, unsure } from './answered.ts';
import { makeDiscount } from './discounts.ts';
import type { CampaignAnswer, CampaignWish, RewardRefusal } from './wish.ts';
import { invariant } from '../../domain/invariant.ts';
import type { AdminClient } from '../admin-client.ts';
import {
  ADD_CODES,
  READ_ADDED_CODES,
  READ_CODES,
} from '../../shopify/operations/rewards.graphql.ts';

const AT_ONCE = 250;
/** More than any call below costs; what others draw from the same bucket comes on top. */
const RESERVE = 100;
const POLL_MS = 500;
const MOST_POLLS = 600;

export interface CampaignMeans {
  readonly wait: (ms: number) => Promise<void>;
  /** Told as soon as it is known, so that whoever is interrupted can go on with it. */
  readonly discountMade: (gid: string) => Promise<void>;
}

/**
 * Looks which of the codes exist, and adds the others. Interrupted, or refused, it may be asked again
 * with the same codes. @throws ShopLeft
 */
export async function makeCampaignCodes(
  admin: AdminClient,
  wish: CampaignWish,
  means: CampaignMeans,
): Promise<CampaignAnswer> {
  const [first] = wish.codes;
  invariant(first !== undefined, 'a campaign has codes');
  let gid = wish.gid;
  const done = await answered<CampaignAnswer>(async () => {
    await affordable(admin, means);
    if (gid === null) {
      const { terms, title, startsAt, endsAt } = wish;
      const wanted = { terms, title, code: first, customerId: null, startsAt, endsAt };
      const made = await makeDiscount(admin, wanted, false);
      if (!made.ok) return { ok: false, gid: null, refusal: made.refusal };
      gid = made.gid;
      await means.discountMade(gid);
    }
    return addMissing(admin, gid, wish.codes, means);
  });
  return done.ok ? done : { ok: false, gid, refusal: done.refusal };
}

/** Waits until the bucket holds enough, so that no call is spent on being told to wait. */
async function affordable(admin: AdminClient, { wait }: CampaignMeans): Promise<void> {
  const budget = admin.budget();
  if (budget === null) return;
  const missing = Math.min(RESERVE, budget.most) - budget.available;
  if (missing > 0) await wait(Math.ceil((missing / budget.perSecond) * 1000));
}

async function addMissing(
  admin: AdminClient,
  gid: string,
  codes: readonly string[],
  means: CampaignMeans,
): Promise<CampaignAnswer> {
  const before = await existing(admin, gid, means);
  if (!before) return gone(gid);
  const missing = codes.filter((code) => !before.has(code.toUpperCase()));
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    const refusal = await addSome(admin, gid, missing.slice(from, from + AT_ONCE), means);
    if (refusal) return { ok: false, gid, refusal };
  }
  const after = missing.length === 0 ? before : await existing(admin, gid, means);
  if (!after) return gone(gid);
  const taken = codes.filter((code) => !after.has(code.toUpperCase()));
  return { ok: true, gid, made: codes.length - taken.length, taken };
}

function gone(gid: string): CampaignAnswer {
  const { refusal } = refused({ reason: 'other', message: 'The discount is no longer in Shopify' });
  return { ok: false, gid, refusal };
}

const codesAnswer = z.object({
  node: z
    .object({
      codeDiscount: z.object({
        codes: z.object({
          nodes: z.array(z.object({ code: z.string() })),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        }),
      }),
    })
    .nullable(),
});

/** @returns null when the discount is gone */
async function existing(
  admin: AdminClient,
  id: string,
  means: CampaignMeans,
): Promise<ReadonlySet<string> | null> {
  const found = new Set<string>();
  for (let after: string | null = null; ;) {
    await affordable(admin, means);
    const page: z.infer<typeof codesAnswer> = await admin.request(
      READ_CODES,
      { id, after },
      codesAnswer,
    );
    if (!page.node) return null;
    const { codes } = page.node.codeDiscount;
    for (const { code } of codes.nodes) found.add(code.toUpperCase());
    if (!codes.pageInfo.hasNextPage) return found;
    after = codes.pageInfo.endCursor;
  }
}

const addAnswer = z.object({
  discountRedeemCodeBulkAdd: z.object({
    bulkCreation: z.object({ id: z.string() }).nullable(),
    userErrors: faults,
  }),
});

async function addSome(
  admin: AdminClient,
  id: string,
  codes: readonly string[],
  means: CampaignMeans,
): Promise<RewardRefusal | null> {
  await affordable(admin, means);
  const { discountRedeemCodeBulkAdd: answer } = await admin.request(
    ADD_CODES,
    { id, codes: codes.map((code) => ({ code })) },
    addAnswer,
  );
  const refusal = refusalOf(answer.userErrors);
  if (refusal) return refusal.refusal;
  if (!answer.bulkCreation) return unsure('Shopify answered neither codes nor an error').refusal;
  return untilAdded(admin, answer.bulkCreation.id, means);
}

const addedAnswer = z.object({
  discountRedeemCodeBulkCreation: z.object({ done: z.boolean() }).nullable(),
});

async function untilAdded(
  admin: AdminClient,
  id: string,
  means: CampaignMeans,
): Promise<RewardRefusal | null> {
  for (let turn = 0; turn < MOST_POLLS; turn += 1) {
    await affordable(admin, means);
    const { discountRedeemCodeBulkCreation: creation } = await admin.request(
      READ_ADDED_CODES,
      { id },
      addedAnswer,
    );
    if (creation?.done !== false) return null;
    await means.wait(POLL_MS);
  }
  return unsure('Shopify is not done with adding codes').refusal;
}
