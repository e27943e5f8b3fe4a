/**
 * Store credit has no code and no place for a note, so a credit is known again by what there is: it
 * came after the newest one seen before the first attempt (the marker), has the amount and the moment
 * of expiry that were asked for, and belongs to no other reward. The second at which a credit expires
 * tells it from others that are worth the same: it lies up to an hour after the validity ends, as the
 * redemption's id has it. Credit that never expires has no such second: of one member and currency,
 * only one may be under way at a time.
 */
import { z } from 'zod';
import { faults, refusalOf, refused, unsure } from './answered.ts';
import { gidOf, isoSecond, wholeSecond } from './discount-input.ts';
import { money } from './discount-node.ts';
import type {
  EndAnswer,
  GivenReward,
  MadeReward,
  MakeAnswer,
  MarkAnswer,
  ReadAnswer,
  RewardWish,
} from './wish.ts';
import { invariant } from '../../domain/invariant.ts';
import type { StoreCreditTerms } from '../../domain/rewards/terms.ts';
import { formatDecimal, parseMoney } from '../../domain/money/money.ts';
import type { Moment } from '../../domain/time/shop-time.ts';
import type { AdminClient } from '../admin-client.ts';
import {
  GIVE_CREDIT,
  READ_CREDIT,
  READ_CREDITS,
} from '../../shopify/operations/rewards.graphql.ts';
import { moment } from '../payloads/parts.ts';

const credit = z.object({
  id: z.string(),
  amount: money,
  remainingAmount: money,
  createdAt: moment,
  expiresAt: moment.nullable(),
  event: z.string(),
});

type Credit = z.infer<typeof credit>;

export type CreditOf<T> = T & { readonly terms: StoreCreditTerms };

const creditsAnswer = z.object({
  shop: z.object({ customerAccountsV2: z.object({ customerAccountsVersion: z.string() }) }),
  customer: z
    .object({
      storeCreditAccounts: z.object({
        nodes: z.array(z.object({ transactions: z.object({ nodes: z.array(credit) }) })),
      }),
    })
    .nullable(),
});

const MOST_SINCE = 100;
const NONE_YET = '0';

/** The newest credit of the member in that currency, and whether credit can be spent in this shop. */
export async function markCredits(
  admin: AdminClient,
  wish: CreditOf<Pick<RewardWish, 'terms' | 'customerId'>>,
): Promise<MarkAnswer> {
  const { shop, customer } = await readCredits(admin, wish, { after: NONE_YET, most: 1 });
  if (!customer) {
    return refused({ reason: 'customer-gone', message: 'Shopify does not know the customer' });
  }
  if (shop.customerAccountsV2.customerAccountsVersion !== 'NEW_CUSTOMER_ACCOUNTS') {
    return refused({
      reason: 'needs-new-customer-accounts',
      message: 'Store credit is spent by customers who are signed in to new customer accounts',
    });
  }
  const [newest] = customer.storeCreditAccounts.nodes[0]?.transactions.nodes ?? [];
  return { ok: true, marker: newest ? numberOf(newest.id) : NONE_YET };
}

function readCredits(
  admin: AdminClient,
  { terms, customerId }: CreditOf<Pick<RewardWish, 'terms' | 'customerId'>>,
  { after, most }: { readonly after: string; readonly most: number },
): Promise<z.infer<typeof creditsAnswer>> {
  const variables = {
    customerId: gidOf('Customer', customerId),
    account: `currency_code:${terms.currency}`,
    credits: `type:credit id:>${after}`,
    most,
  };
  return admin.request(READ_CREDITS, variables, creditsAnswer);
}

function numberOf(gid: string): string {
  return gid.replace(/^.*\//, '').replace(/\?.*$/, '');
}

const giveAnswer = z.object({
  storeCreditAccountCredit: z.object({
    storeCreditAccountTransaction: credit.nullable(),
    userErrors: faults,
  }),
});

export async function giveCredit(
  admin: AdminClient,
  wish: CreditOf<RewardWish>,
): Promise<MakeAnswer> {
  const { terms, attempt, customerId } = wish;
  invariant(attempt.marker !== null, 'store credit was marked before it was first asked for');
  const known = attempt.first ? null : await findCredit(admin, wish, attempt.marker);
  if (known) return made(known, true);
  const expiresAt = expiryOf(wish);
  const variables = {
    id: gidOf('Customer', customerId),
    credit: {
      creditAmount: {
        amount: formatDecimal(terms.minor, terms.currency),
        currencyCode: terms.currency,
      },
      notify: terms.notify,
      ...(expiresAt === null ? {} : { expiresAt: isoSecond(expiresAt) }),
    },
  };
  const { storeCreditAccountCredit: answer } = await admin.request(
    GIVE_CREDIT,
    variables,
    giveAnswer,
  );
  const refusal = refusalOf(answer.userErrors);
  if (refusal) return refusal;
  const given = answer.storeCreditAccountTransaction;
  return given ? made(given, false) : unsure('Shopify answered neither a credit nor an error');
}

const SECONDS = 3_600;

/** Up to an hour later, in the shopper's favour. */
function expiryOf({ validUntil, id }: Pick<RewardWish, 'validUntil' | 'id'>): Moment | null {
  if (validUntil === null) return null;
  let mixed = 0;
  for (const character of id) mixed = (mixed * 31 + character.charCodeAt(0)) % 1_000_003;
  return wholeSecond(validUntil) + (mixed % SECONDS) * 1000;
}

async function findCredit(
  admin: AdminClient,
  wish: CreditOf<RewardWish>,
  marker: string,
): Promise<Credit | null> {
  const asked = { after: marker, most: MOST_SINCE };
  const { customer } = await readCredits(admin, wish, asked);
  const since = customer?.storeCreditAccounts.nodes[0]?.transactions.nodes ?? [];
  const expiresAt = expiryOf(wish);
  const fitting = since.filter(
    (one) =>
      BigInt(numberOf(one.id)) > BigInt(marker) &&
      one.event === 'ADJUSTMENT' &&
      minorOf(one.amount) === wish.terms.minor &&
      one.amount.currencyCode === wish.terms.currency &&
      one.expiresAt === expiresAt &&
      !wish.attempt.others.includes(one.id),
  );
  return fitting.at(-1) ?? null;
}

function minorOf(found: z.infer<typeof money>): number {
  return parseMoney(found.amount, found.currencyCode);
}

function made({ id, createdAt, expiresAt }: Credit, found: boolean): MadeReward {
  return { ok: true, gid: id, usableFrom: createdAt, expiresAt, found };
}

const readAnswer = z.object({ node: credit.nullable() });

async function readIt(admin: AdminClient, given: GivenReward): Promise<Credit | null> {
  if (given.gid === null) return null;
  return (await admin.request(READ_CREDIT, { id: given.gid }, readAnswer)).node;
}

/**
 * Credit that was given is the shopper's money: a debit would take the soonest expiring credit first,
 * which may be another one. What is left of it is told, so that it can be said what ending would cost.
 */
export async function endCredit(admin: AdminClient, given: GivenReward): Promise<EndAnswer> {
  const found = await readIt(admin, given);
  if (!found) return { ok: true, found: 'gone', uses: 0, leftMinor: null };
  const leftMinor = minorOf(found.remainingAmount);
  return { ok: true, found: leftMinor === 0 ? 'used' : 'stays', uses: usesOf(found), leftMinor };
}

function usesOf({ amount, remainingAmount }: Credit): number {
  return minorOf(amount) === minorOf(remainingAmount) ? 0 : 1;
}

export async function readCredit(
  admin: AdminClient,
  given: GivenReward,
  now: Moment,
): Promise<ReadAnswer> {
  const found = await readIt(admin, given);
  if (!found) return { ok: true, state: 'deleted', changes: [], uses: 0, leftMinor: null };
  const leftMinor = minorOf(found.remainingAmount);
  const expired = found.expiresAt !== null && found.expiresAt <= now;
  const state = expired ? 'expired' : 'active';
  return { ok: true, state, changes: [], uses: usesOf(found), leftMinor };
}
