/** Gift cards in the Admin API. */
import type { GraphQLResolveInfo } from 'graphql';
import {
  createGiftCard,
  deactivateGiftCard,
  findGiftCard,
  isExpired,
  sendGiftCard,
  shopDayOf,
  type GiftCard,
} from '../../state/credit/gift-card.ts';
import { gid, parseGid } from '../../state/ids.ts';
import { minorOf } from '../../state/money.ts';
import type { Store } from '../../state/store.ts';
import { connectionOf, type ConnectionArguments, type SortKey } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { badRequest, notImplemented } from '../errors.ts';
import { byId, byText, byTime, searching, type Filters } from '../search.ts';
import { customerView } from '../views/customer-view.ts';
import { moneyView } from '../views/money-view.ts';

type ById = { id: string };
type Listing = ConnectionArguments & { query?: string | null; sortKey?: string | null };

type CardInput = {
  code?: string | null;
  customerId?: string | null;
  expiresOn?: string | null;
  initialAmount?: { amount: string; currencyCode: string } | null;
  initialValue?: string | null;
  note?: string | null;
  recipientAttributes?: unknown;
  templateSuffix?: string | null;
  crossCurrencyRedemptionStrategy?: string | null;
};

/** Shopify's largest card is worth 2,000 US dollars; here 2,000 of any currency's hundredths. */
const defaultLimitMinor = 200_000;

export const giftCardQueries = {
  giftCard: ({ id }: ById, { store }: Context) => {
    const card = store.purses.cards.get(idOfCard(id));
    return card ? giftCardView(store, card) : null;
  },

  giftCards: (args: Listing, context: Context, info: GraphQLResolveInfo) => {
    const { store } = context;
    // Its search learns of a card a little after it was made.
    const known = store.now().getTime() - (store.shop.searchLagMs ?? 0);
    const found = [...store.purses.cards.values()]
      .filter((one) => Date.parse(one.createdAt) <= known)
      .filter(searching(args.query, filtersOf(store)));
    return connectionOf(found, args, context, info, sorts(args.sortKey ?? 'ID'), (one) =>
      giftCardView(store, one),
    );
  },
};

export const giftCardMutations = {
  giftCardCreate: ({ input }: { input: CardInput }, { store }: Context) => {
    const __typename = 'GiftCardCreatePayload';
    const userErrors = faultsOf(store, input);
    if (userErrors.length > 0)
      return { __typename, giftCard: null, giftCardCode: null, userErrors };
    const currency = input.initialAmount?.currencyCode ?? store.shop.currency;
    const card = createGiftCard(store, {
      code: input.code ?? freshCode(store),
      currency,
      initialMinor: minorOf(input.initialAmount?.amount ?? '', currency) ?? 0,
      customerId: input.customerId ? (parseGid(input.customerId)?.id ?? null) : null,
      expiresOn: input.expiresOn ?? null,
      note: input.note ?? null,
    });
    const giftCard = giftCardView(store, card);
    return { __typename, giftCard, giftCardCode: card.code, userErrors: [] };
  },

  giftCardDeactivate: ({ id }: ById, { store }: Context) => {
    const __typename = 'GiftCardDeactivatePayload';
    const card = store.purses.cards.get(idOfCard(id));
    if (!card) return { __typename, giftCard: null, userErrors: [notFound('Deactivate')] };
    const giftCard = giftCardView(store, deactivateGiftCard(store, card.id));
    return { __typename, giftCard, userErrors: [] };
  },

  giftCardSendNotificationToCustomer: ({ id }: ById, { store }: Context) => {
    const __typename = 'GiftCardSendNotificationToCustomerPayload';
    const card = store.purses.cards.get(idOfCard(id));
    const name = 'SendNotificationToCustomer';
    if (!card) return { __typename, giftCard: null, userErrors: [notFound(name)] };
    const customer = store.customers.get(card.customerId ?? '');
    const fault = !customer
      ? userError(name, ['id'], 'CUSTOMER_NOT_FOUND', 'The customer could not be found.')
      : !customer.email && !customer.phone
        ? userError(name, ['id'], 'INVALID', 'The customer has no contact information.')
        : null;
    if (fault) return { __typename, giftCard: null, userErrors: [fault] };
    sendGiftCard(store, card);
    return { __typename, giftCard: giftCardView(store, card), userErrors: [] };
  },
};

function notFound(name: string): View {
  return userError(name, ['id'], 'GIFT_CARD_NOT_FOUND', 'The gift card could not be found.');
}

function userError(name: string, field: string[], code: string, message: string): View {
  return { __typename: `GiftCard${name}UserError`, field, code, message };
}

function faultsOf(store: Store, input: CardInput): View[] {
  if (input.initialValue != null) throw notImplemented('initialValue, which is deprecated');
  if (input.recipientAttributes || input.templateSuffix || input.crossCurrencyRedemptionStrategy) {
    throw notImplemented('recipients, templates and other currencies of gift cards');
  }
  const faults: View[] = [];
  const complain = (field: string, code: string, message: string): void => {
    faults.push(userError('', ['input', ...field.split('.')], code, message));
  };
  const { code, initialAmount, customerId, expiresOn } = input;
  if (code != null) {
    if (code.length < 8)
      complain('code', 'TOO_SHORT', 'Code is too short (minimum is 8 characters)');
    else if (code.length > 20) {
      complain('code', 'TOO_LONG', 'Code is too long (maximum is 20 characters)');
    } else if (!/^[a-z0-9]+$/i.test(code)) {
      complain('code', 'INVALID', 'Code can only contain letters(a-z) and numbers(0-9)');
    } else if (findGiftCard(store, code)) {
      complain('code', 'TAKEN', 'Code has already been taken');
    }
  }
  if (!initialAmount)
    complain('initialAmount', 'MISSING_ARGUMENT', "Initial amount can't be blank");
  else if (!store.currencies().includes(initialAmount.currencyCode)) {
    complain('initialAmount.currencyCode', 'INVALID', 'Currency is not supported by the shop');
  } else {
    const minor = minorOf(initialAmount.amount, initialAmount.currencyCode) ?? 0;
    if (minor <= 0) {
      complain('initialAmount', 'GREATER_THAN', 'Initial value must be greater than 0');
    } else if (minor > (store.shop.giftCardLimitMinor ?? defaultLimitMinor)) {
      const message = "The gift card's value exceeds the allowed limits.";
      complain('initialAmount', 'GIFT_CARD_LIMIT_EXCEEDED', message);
    }
  }
  if (customerId != null && !store.customers.has(parseGid(customerId)?.id ?? '')) {
    complain('customerId', 'CUSTOMER_NOT_FOUND', 'The customer could not be found.');
  }
  if (expiresOn != null && expiresOn < shopDayOf(store)) {
    complain('expiresOn', 'INVALID', 'Expires on must be in the future');
  }
  return faults;
}

/** Sixteen letters and digits that follow from how many cards there are. */
function freshCode(store: Store): string {
  const count = String(store.purses.cards.size + 1);
  return `gift${count.padStart(12, '0')}`;
}

function idOfCard(id: string): string {
  const parsed = parseGid(id);
  if (parsed?.type !== 'GiftCard') throw badRequest(`Invalid global id '${id}'`);
  return parsed.id;
}

export function giftCardView(store: Store, card: GiftCard): View {
  const customer = store.customers.get(card.customerId ?? '');
  return {
    __typename: 'GiftCard',
    id: gid('GiftCard', card.id),
    balance: moneyView(card.balanceMinor, card.currency),
    initialValue: moneyView(card.initialMinor, card.currency),
    lastCharacters: card.code.slice(-4),
    maskedCode: `•••• •••• •••• ${card.code.slice(-4)}`,
    enabled: card.deactivatedAt === null,
    deactivatedAt: card.deactivatedAt,
    expiresOn: card.expiresOn,
    note: card.note,
    customer: customer ? () => customerView(store, customer) : null,
    createdAt: card.createdAt,
    updatedAt: card.updatedAt,
    isRedeemable: card.deactivatedAt === null && !isExpired(store, card) && card.balanceMinor > 0,
    order: null,
    lineItem: null,
    templateSuffix: null,
  };
}

function filtersOf(store: Store): Filters<GiftCard> {
  const nameOf = ({ customerId }: GiftCard): string => {
    const customer = store.customers.get(customerId ?? '');
    return [customer?.firstName, customer?.lastName, customer?.email].filter(Boolean).join(' ');
  };
  return {
    text: (card) => `${card.code} ${card.note ?? ''} ${nameOf(card)}`,
    named: {
      created_at: byTime((card) => card.createdAt),
      customer_id: byText((card) => card.customerId),
      id: byId((card) => card.id),
      status: byText((card) =>
        card.deactivatedAt !== null ? 'disabled' : isExpired(store, card) ? 'expired' : 'enabled',
      ),
    },
  };
}

function sorts(key: string): SortKey<GiftCard> {
  const id = (card: GiftCard): string => card.id;
  if (key === 'CREATED_AT') return { of: (card) => card.createdAt, id };
  if (key === 'ID') return { of: (card) => card.id.padStart(20, '0'), id };
  throw notImplemented(`sorting gift cards by ${key}`);
}
