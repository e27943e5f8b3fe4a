/** Gift cards: made once, with a code of our own, so that a second call meets it instead of a second card. */
import { z } from 'zod';
import { CODE_TAKEN, faults, isTaken, refusalOf, unsure } from './answered.ts';
import { gidOf } from './discount-input.ts';
import { money } from './discount-node.ts';
import type { EndAnswer, GivenReward, MakeAnswer, ReadAnswer, RewardWish } from './wish.ts';
import type { GiftCardTerms } from '../../domain/rewards/terms.ts';
import { formatDecimal, parseMoney } from '../../domain/money/money.ts';
import { dayEnd, shopDay } from '../../domain/time/shop-time.ts';
import type { Moment } from '../../domain/time/shop-time.ts';
import type { AdminClient } from '../admin-client.ts';
import {
  END_GIFT_CARD,
  FIND_GIFT_CARD,
  MAKE_GIFT_CARD,
  READ_GIFT_CARD,
  SEND_GIFT_CARD,
} from '../../shopify/operations/rewards.graphql.ts';
import { gid, moment } from '../payloads/parts.ts';

const card = z.object({
  id: z.string(),
  lastCharacters: z.string(),
  enabled: z.boolean(),
  /** A day of the shop, at whose end it expires. */
  expiresOn: z.iso.date().nullable(),
  createdAt: moment,
  note: z.string().nullable(),
  balance: money,
  initialValue: money,
  customer: z.object({ id: gid }).nullable(),
});

type Card = z.infer<typeof card>;

export type CardOf<T> = T & { readonly terms: GiftCardTerms; readonly giftCardCode: string };

const makeAnswer = z.object({
  giftCardCreate: z.object({ giftCard: card.nullable(), userErrors: faults }),
});

export async function makeGiftCard(
  admin: AdminClient,
  wish: CardOf<RewardWish>,
): Promise<MakeAnswer> {
  const there = wish.attempt.first ? [] : await cardsOf(admin, wish);
  const known = there.find((one) => isOurs(wish, one));
  if (known) return sent(admin, wish, known, true);
  if (there.length > 0) return CODE_TAKEN;
  const { giftCardCreate: answer } = await admin.request(
    MAKE_GIFT_CARD,
    { card: inputOf(wish) },
    makeAnswer,
  );
  if (isTaken(answer.userErrors)) return whoseIsIt(admin, wish);
  const refusal = refusalOf(answer.userErrors);
  if (refusal) return refusal;
  if (!answer.giftCard) return unsure('Shopify answered neither a gift card nor an error');
  return sent(admin, wish, answer.giftCard, false);
}

/** Shopify's search learns of a card a little after it was made. */
async function whoseIsIt(admin: AdminClient, wish: CardOf<RewardWish>): Promise<MakeAnswer> {
  const found = await cardsOf(admin, wish);
  const ours = found.find((one) => isOurs(wish, one));
  if (ours) return sent(admin, wish, ours, true);
  return found.length > 0 ? CODE_TAKEN : unsure('Shopify has the code, but does not find it yet');
}

/** The note is for the merchant's eyes, and says which redemption it was. */
function noteOf({ title, id }: Pick<RewardWish, 'title' | 'id'>): string {
  return `${title}\n${id}`;
}

function inputOf(wish: CardOf<RewardWish>): Readonly<Record<string, unknown>> {
  const { terms, validUntil, timeZone } = wish;
  return {
    code: wish.giftCardCode,
    customerId: gidOf('Customer', wish.customerId),
    initialAmount: {
      amount: formatDecimal(terms.minor, terms.currency),
      currencyCode: terms.currency,
    },
    // The last day on which it is still valid.
    expiresOn: validUntil === null ? null : shopDay(validUntil - 1, timeZone),
    note: noteOf(wish),
  };
}

const findAnswer = z.object({ giftCards: z.object({ nodes: z.array(card) }) });

/** The search goes through names and notes, too. */
async function cardsOf(
  admin: AdminClient,
  { giftCardCode }: { readonly giftCardCode: string },
): Promise<readonly Card[]> {
  const { giftCards } = await admin.request(FIND_GIFT_CARD, { query: giftCardCode }, findAnswer);
  const last = giftCardCode.slice(-4).toLowerCase();
  return giftCards.nodes.filter((one) => one.lastCharacters.toLowerCase() === last);
}

function isOurs(
  wish: CardOf<Pick<RewardWish, 'id' | 'title' | 'customerId'>>,
  found: Card,
): boolean {
  return (
    found.note === noteOf(wish) ||
    (found.customer?.id === wish.customerId &&
      found.initialValue.currencyCode === wish.terms.currency &&
      minorOf(found.initialValue) === wish.terms.minor)
  );
}

function minorOf(found: z.infer<typeof money>): number {
  return parseMoney(found.amount, found.currencyCode);
}

/** An e-mail that comes twice does no harm; one that never comes does. A customer without an address has none. */
async function sent(
  admin: AdminClient,
  { terms, timeZone }: CardOf<RewardWish>,
  made: Card,
  found: boolean,
): Promise<MakeAnswer> {
  if (terms.notify) await admin.request(SEND_GIFT_CARD, { id: made.id }, z.unknown());
  return {
    ok: true,
    gid: made.id,
    usableFrom: made.createdAt,
    expiresAt: made.expiresOn === null ? null : dayEnd(made.expiresOn, timeZone),
    found,
  };
}

const endAnswer = z.object({
  giftCardDeactivate: z.object({ giftCard: card.nullable(), userErrors: faults }),
});

/** Only a card of which nothing was spent: what was begun stays usable. */
export async function endGiftCard(
  admin: AdminClient,
  given: CardOf<GivenReward>,
): Promise<EndAnswer> {
  const before = await readCard(admin, given);
  if (!before) return GONE;
  if (!before.enabled) return told(before, 'already-ended');
  if (minorOf(before.balance) !== minorOf(before.initialValue)) return told(before, 'used');
  const { giftCardDeactivate: answer } = await admin.request(
    END_GIFT_CARD,
    { id: before.id },
    endAnswer,
  );
  if (answer.userErrors.some(({ code }) => code === 'GIFT_CARD_NOT_FOUND')) return GONE;
  const refusal = refusalOf(answer.userErrors);
  if (refusal) return refusal;
  // Spent in the moment between: deactivated it is all the same, and what was left is told.
  return told(answer.giftCard ?? before, 'ended');
}

const GONE: EndAnswer = { ok: true, found: 'gone', uses: 0, leftMinor: null };

function told(card: Card, found: 'ended' | 'already-ended' | 'used'): EndAnswer {
  const left = minorOf(card.balance);
  const spent = left !== minorOf(card.initialValue);
  return { ok: true, found: spent ? 'used' : found, uses: spent ? 1 : 0, leftMinor: left };
}

const readAnswer = z.object({ giftCard: card.nullable() });

async function readCard(admin: AdminClient, given: CardOf<GivenReward>): Promise<Card | null> {
  if (given.gid !== null) {
    return (await admin.request(READ_GIFT_CARD, { id: given.gid }, readAnswer)).giftCard;
  }
  return (await cardsOf(admin, given)).find((one) => isOurs(given, one)) ?? null;
}

export async function readGiftCard(
  admin: AdminClient,
  given: CardOf<GivenReward>,
  now: Moment,
): Promise<ReadAnswer> {
  const found = await readCard(admin, given);
  if (!found) return { ok: true, state: 'deleted', changes: [], uses: 0, leftMinor: null };
  const leftMinor = minorOf(found.balance);
  const uses = leftMinor === minorOf(found.initialValue) ? 0 : 1;
  const wanted = given.validUntil === null ? null : shopDay(given.validUntil - 1, given.timeZone);
  const changes =
    found.expiresOn === wanted
      ? []
      : [{ what: 'ends' as const, given: wanted ?? '', found: found.expiresOn ?? '' }];
  const ended = found.expiresOn !== null && dayEnd(found.expiresOn, given.timeZone) <= now;
  const state = !found.enabled
    ? 'deactivated'
    : ended
      ? 'expired'
      : changes.length > 0
        ? 'changed'
        : 'active';
  return { ok: true, state, changes: state === 'changed' ? changes : [], uses, leftMinor };
}
