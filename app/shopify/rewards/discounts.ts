/** Codes for the checkout: made once, found again by their code, ended, read. */
import { z } from 'zod';
import { CODE_TAKEN, faults, isTaken, refusalOf, refused, unsure } from './answered.ts';
import type { Fault } from './answered.ts';
import { changesOf } from './discount-changes.ts';
import { makingOf } from './discount-input.ts';
import type { WantedDiscount } from './discount-input.ts';
import { discountNode } from './discount-node.ts';
import type { DiscountNode, OurDiscount } from './discount-node.ts';
import type {
  EndAnswer,
  GivenReward,
  MadeReward,
  MakeAnswer,
  ReadAnswer,
  RefusedAnswer,
} from './wish.ts';
import { isSameTitle } from './wish.ts';
import type { AdminClient } from '../admin-client.ts';
import {
  END_DISCOUNT,
  FIND_CODE,
  READ_DISCOUNT,
} from '../../shopify/operations/rewards.graphql.ts';

const findAnswer = z.object({ codeDiscountNodeByCode: discountNode.nullable() });

const changed = z.object({ codeDiscountNode: discountNode.nullable(), userErrors: faults });

/** Asks for it, or finds what an earlier call made. */
export async function makeDiscount(
  admin: AdminClient,
  wanted: WantedDiscount,
  first: boolean,
): Promise<MakeAnswer> {
  if (!first) {
    const there = await findDiscount(admin, wanted.code);
    if (there) return foundOrTaken(wanted, there);
  }
  const { document, field, input } = makingOf(wanted);
  const answer = await admin.request(
    document,
    { discount: input },
    z.object({ [field]: changed }).transform((told) => told[field]),
  );
  const { codeDiscountNode: node, userErrors } = answer ?? { userErrors: [] };
  if (isTaken(userErrors)) {
    const there = await findDiscount(admin, wanted.code);
    return there ? foundOrTaken(wanted, there) : CODE_TAKEN;
  }
  const refusal = refusalOf(userErrors);
  if (refusal) return refusal;
  if (!node?.codeDiscount) return unsure('Shopify answered neither a discount nor an error');
  return (await unlessOther(admin, wanted, node.id, node.codeDiscount)) ?? made(node, false);
}

/** By whatever code, in capitals or not. */
async function findDiscount(admin: AdminClient, code: string): Promise<DiscountNode | null> {
  return (await admin.request(FIND_CODE, { code }, findAnswer)).codeDiscountNodeByCode;
}

const TYPES = {
  discount: 'DiscountCodeBasic',
  'free-shipping': 'DiscountCodeFreeShipping',
  'free-product': 'DiscountCodeBxgy',
} as const;

/** Ours has our code, our title, and is for our customer alone. What it is worth a merchant may have edited. */
function isOurs(wanted: WantedDiscount, found: OurDiscount | null): found is OurDiscount {
  return (
    found?.__typename === TYPES[wanted.terms.kind] &&
    isSameTitle(found.title, wanted.title) &&
    isFor(wanted.customerId, found)
  );
}

function isFor(customerId: string | null, found: OurDiscount): boolean {
  const { __typename, customers } = found.context;
  if (customerId === null) return __typename === 'DiscountBuyerSelectionAll';
  return customers?.length === 1 && customers[0]?.id === customerId;
}

function foundOrTaken(wanted: WantedDiscount, there: DiscountNode): MakeAnswer {
  return isOurs(wanted, there.codeDiscount) ? made(there, true) : CODE_TAKEN;
}

function made({ id, codeDiscount }: DiscountNode, found: boolean): MadeReward {
  const { startsAt = 0, endsAt = null } = codeDiscount ?? {};
  return { ok: true, gid: id, usableFrom: startsAt, expiresAt: endsAt, found };
}

/**
 * Shopify may take the input and make less of it: leave out a customer who is gone, or read an amount
 * in the currency the shop has by now. Such a discount is ended at once.
 */
async function unlessOther(
  admin: AdminClient,
  wanted: WantedDiscount,
  gid: string,
  found: OurDiscount,
): Promise<RefusedAnswer | null> {
  const forThem = isFor(wanted.customerId, found);
  if (forThem && currencyOf(wanted, found)) return null;
  await admin.request(END_DISCOUNT, { id: gid }, z.unknown());
  return forThem
    ? refused({ reason: 'currency', message: 'The shop has another currency' })
    : refused({ reason: 'customer-gone', message: 'The discount was not made for the customer' });
}

function currencyOf({ terms }: WantedDiscount, found: OurDiscount): boolean {
  if (terms.kind !== 'discount' || terms.value.kind !== 'amount') return true;
  const value = found.__typename === 'DiscountCodeBasic' ? found.customerGets.value : null;
  return value !== null && 'amount' in value && value.amount.currencyCode === terms.value.currency;
}

const endAnswer = z.object({ discountCodeDeactivate: changed });

export async function endDiscount(
  admin: AdminClient,
  given: GivenReward,
  wanted: WantedDiscount,
): Promise<EndAnswer> {
  const before = await readNode(admin, given, wanted);
  if (!before?.codeDiscount) return { ok: true, found: 'gone', uses: 0, leftMinor: null };
  const { status, asyncUsageCount } = before.codeDiscount;
  const told = (found: 'ended' | 'already-ended', uses: number): EndAnswer => ({
    ok: true,
    found: uses > 0 ? 'used' : found,
    uses,
    leftMinor: null,
  });
  if (status === 'EXPIRED') return told('already-ended', asyncUsageCount);
  const { discountCodeDeactivate: answer } = await admin.request(
    END_DISCOUNT,
    { id: before.id },
    endAnswer,
  );
  if (isMissing(answer.userErrors)) return { ok: true, found: 'gone', uses: 0, leftMinor: null };
  const refusal = refusalOf(answer.userErrors);
  if (refusal) return refusal;
  return told('ended', answer.codeDiscountNode?.codeDiscount?.asyncUsageCount ?? asyncUsageCount);
}

function isMissing(told: readonly Fault[]): boolean {
  return told.some(({ code, field }) => code === 'INVALID' && field?.at(-1) === 'id');
}

const readAnswer = z.object({ node: discountNode.nullable() });

/** By its id where that is known; else by its code, and then only if it is ours. */
async function readNode(
  admin: AdminClient,
  given: Pick<GivenReward, 'gid'>,
  wanted: WantedDiscount,
): Promise<DiscountNode | null> {
  if (given.gid !== null) {
    return (await admin.request(READ_DISCOUNT, { id: given.gid }, readAnswer)).node;
  }
  const there = await findDiscount(admin, wanted.code);
  return there && isOurs(wanted, there.codeDiscount) ? there : null;
}

export async function readDiscount(
  admin: AdminClient,
  given: GivenReward,
  wanted: WantedDiscount,
): Promise<ReadAnswer> {
  const node = await readNode(admin, given, wanted);
  const found = node?.codeDiscount;
  if (!found) return { ok: true, state: 'deleted', changes: [], uses: 0, leftMinor: null };
  const seen = (state: 'active' | 'scheduled' | 'expired' | 'deactivated'): ReadAnswer => ({
    ok: true,
    state,
    changes: [],
    uses: found.asyncUsageCount,
    leftMinor: null,
  });
  const ended = found.status === 'EXPIRED';
  const changes = changesOf(wanted, found).filter(({ what }) => !(ended && what === 'ends'));
  if (changes.length > 0) {
    return { ok: true, state: 'changed', changes, uses: found.asyncUsageCount, leftMinor: null };
  }
  if (!ended) return seen(found.status === 'SCHEDULED' ? 'scheduled' : 'active');
  const early = found.endsAt !== null && (wanted.endsAt === null || found.endsAt < wanted.endsAt);
  return seen(early && !isSameSecond(found.endsAt, wanted.endsAt) ? 'deactivated' : 'expired');
}

function isSameSecond(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && Math.floor(a / 1000) === Math.floor(b / 1000);
}
