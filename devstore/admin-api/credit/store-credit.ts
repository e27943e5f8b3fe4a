/** Store credit in the Admin API. */
import type { GraphQLResolveInfo } from 'graphql';
import {
  balanceOf,
  creditAccountsOf,
  creditAccount,
  creditCustomer,
  debitAccount,
  settled,
  type CreditAccount,
  type CreditTransaction,
} from '../../state/credit/store-credit.ts';
import { gid, parseGid } from '../../state/ids.ts';
import { minorOf } from '../../state/money.ts';
import type { Store } from '../../state/store.ts';
import { connectionOf, type ConnectionArguments, type SortKey } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { badRequest, notImplemented } from '../errors.ts';
import { byId, byText, byTime, searching, type Filters } from '../search.ts';
import { customerView } from '../views/customer-view.ts';
import { moneyView } from '../views/money-view.ts';

type Money = { amount: string; currencyCode: string };
type Listing = ConnectionArguments & { query?: string | null };

/** Shopify's limit is 15,000 US dollars; here 15,000 of any currency's hundredths. */
const defaultLimitMinor = 1_500_000;

export const storeCreditMutations = {
  storeCreditAccountCredit: (
    {
      id,
      creditInput,
    }: {
      id: string;
      creditInput: { creditAmount: Money; expiresAt?: string | null };
    },
    { store }: Context,
  ) => {
    const __typename = 'StoreCreditAccountCreditPayload';
    const complain = (field: string, code: string, message: string): View =>
      refusal(__typename, 'Credit', field, code, message);
    const { creditAmount, expiresAt = null } = creditInput;
    const { currencyCode: currency } = creditAmount;
    const owner = ownerOf(store, id);
    if ('fault' in owner) return complain('id', owner.fault, owner.message);
    if (owner.account && owner.account.currency !== currency) {
      return complain('creditInput.creditAmount', 'MISMATCHING_CURRENCY', mismatch);
    }
    if (!store.currencies().includes(currency)) {
      const message = 'The currency of the credit is not supported.';
      return complain('creditInput.creditAmount.currencyCode', 'UNSUPPORTED_CURRENCY', message);
    }
    const amountMinor = minorOf(creditAmount.amount, currency) ?? 0;
    if (amountMinor <= 0) {
      return complain('creditInput.creditAmount.amount', 'NEGATIVE_OR_ZERO_AMOUNT', notPositive);
    }
    if (expiresAt !== null && Date.parse(expiresAt) <= store.now().getTime()) {
      const message = 'The expiry date must be in the future.';
      return complain('creditInput.expiresAt', 'EXPIRES_AT_IN_PAST', message);
    }
    const known = creditAccount(store, owner.customerId, currency);
    const after = (known ? balanceOf(known) : 0) + amountMinor;
    if (after > (store.shop.creditLimitMinor ?? defaultLimitMinor)) {
      const message = "The operation would cause the account's credit limit to be exceeded.";
      return complain('creditInput.creditAmount', 'CREDIT_LIMIT_EXCEEDED', message);
    }
    const { account, transaction } = creditCustomer(store, {
      customerId: owner.customerId,
      currency,
      amountMinor,
      expiresAt: expiresAt === null ? null : `${new Date(expiresAt).toISOString().slice(0, 19)}Z`,
    });
    return done(__typename, store, account, transaction);
  },

  storeCreditAccountDebit: (
    { id, debitInput }: { id: string; debitInput: { debitAmount: Money } },
    { store }: Context,
  ) => {
    const __typename = 'StoreCreditAccountDebitPayload';
    const complain = (field: string, code: string, message: string): View =>
      refusal(__typename, 'Debit', field, code, message);
    const { currencyCode: currency, amount } = debitInput.debitAmount;
    const owner = ownerOf(store, id);
    if ('fault' in owner) return complain('id', 'ACCOUNT_NOT_FOUND', owner.message);
    const account = owner.account ?? creditAccount(store, owner.customerId, currency);
    if (!account) return complain('id', 'ACCOUNT_NOT_FOUND', 'There is no such account.');
    if (account.currency !== currency) {
      return complain('debitInput.debitAmount', 'MISMATCHING_CURRENCY', mismatch);
    }
    const amountMinor = minorOf(amount, currency) ?? 0;
    if (amountMinor <= 0) {
      return complain('debitInput.debitAmount.amount', 'NEGATIVE_OR_ZERO_AMOUNT', notPositive);
    }
    if (balanceOf(account) < amountMinor) {
      const message = 'The store credit account does not have sufficient funds.';
      return complain('debitInput.debitAmount.amount', 'INSUFFICIENT_FUNDS', message);
    }
    const debit = debitAccount(store, account, amountMinor, 'ADJUSTMENT', null);
    return done(__typename, store, account, debit);
  },
};

const mismatch = 'The currency does not match the currency of the account.';
const notPositive = 'A positive amount must be used.';

type Owner = { customerId: string; account: CreditAccount | null };

/** An account, or a customer who may have none yet. */
function ownerOf(store: Store, id: string): Owner | { fault: string; message: string } {
  const parsed = parseGid(id);
  if (parsed?.type === 'StoreCreditAccount') {
    const account = store.purses.accounts.get(parsed.id);
    if (!account) return { fault: 'ACCOUNT_NOT_FOUND', message: 'There is no such account.' };
    return { customerId: account.customerId, account: settled(store, account) };
  }
  if (parsed?.type !== 'Customer') throw badRequest(`Invalid global id '${id}'`);
  return store.customers.has(parsed.id)
    ? { customerId: parsed.id, account: null }
    : { fault: 'OWNER_NOT_FOUND', message: 'The owner does not exist.' };
}

function refusal(
  __typename: string,
  name: string,
  field: string,
  code: string,
  message: string,
): View {
  const error = {
    __typename: `StoreCreditAccount${name}UserError`,
    field: field.split('.'),
    code,
    message,
  };
  return { __typename, storeCreditAccountTransaction: null, userErrors: [error] };
}

function done(
  __typename: string,
  store: Store,
  account: CreditAccount,
  transaction: CreditTransaction,
): View {
  return {
    __typename,
    storeCreditAccountTransaction: creditTransactionView(store, account, transaction),
    userErrors: [],
  };
}

/** A customer's field `storeCreditAccounts`. */
export function creditAccountsField(store: Store, customerId: string) {
  return (args: Listing, context: Context, info: GraphQLResolveInfo): object => {
    const found = creditAccountsOf(store, customerId).filter(searching(args.query, accountFilters));
    const sort = { of: (one: CreditAccount) => one.id, id: (one: CreditAccount) => one.id };
    return connectionOf(found, args, context, info, sort, (one) => creditAccountView(store, one));
  };
}

const accountFilters: Filters<CreditAccount> = {
  text: (account) => account.currency,
  named: { currency_code: byText((one) => one.currency), id: byId((one) => one.id) },
};

export function creditAccountView(store: Store, account: CreditAccount): View {
  return {
    __typename: 'StoreCreditAccount',
    id: gid('StoreCreditAccount', account.id),
    balance: () => moneyView(balanceOf(account), account.currency),
    owner: () => customerView(store, store.requireCustomer(account.customerId)),
    transactions: (
      args: Listing & { sortKey: string },
      context: Context,
      info: GraphQLResolveInfo,
    ) => {
      const found = account.transactions.filter(searching(args.query, transactionFilters));
      return connectionOf(found, args, context, info, sorts(args.sortKey), (one) =>
        creditTransactionView(store, account, one),
      );
    },
  };
}

const transactionFilters: Filters<CreditTransaction> = {
  text: (one) => one.kind,
  named: {
    expires_at: byTime((one) => one.expiresAt ?? ''),
    id: byId((one) => one.id),
    type: byText((one) => one.kind),
  },
};

function sorts(key: string): SortKey<CreditTransaction> {
  const id = (one: CreditTransaction): string => one.id;
  if (key === 'CREATED_AT') return { of: (one) => one.createdAt, id };
  if (key === 'EXPIRES_AT') return { of: (one) => one.expiresAt ?? '9999', id };
  throw notImplemented(`sorting store credit by ${key}`);
}

const typeNames = {
  credit: 'StoreCreditAccountCreditTransaction',
  debit: 'StoreCreditAccountDebitTransaction',
  expiration: 'StoreCreditAccountExpirationTransaction',
} as const;

function creditTransactionView(
  store: Store,
  account: CreditAccount,
  transaction: CreditTransaction,
): View {
  const { kind, amountMinor, balanceMinor, remainingMinor } = transaction;
  return {
    __typename: typeNames[kind],
    id: gid(typeNames[kind], transaction.id),
    amount: moneyView(amountMinor, account.currency),
    balanceAfterTransaction: moneyView(balanceMinor, account.currency),
    createdAt: transaction.createdAt,
    event: transaction.event,
    origin: null,
    account: () => creditAccountView(store, account),
    ...(kind === 'credit'
      ? {
          expiresAt: transaction.expiresAt,
          remainingAmount: moneyView(remainingMinor, account.currency),
        }
      : {}),
  };
}

/** A transaction by the gid of its kind. */
export function creditTransactionNode(store: Store, type: string, id: string): View | null {
  for (const account of store.purses.accounts.values()) {
    const found = settled(store, account).transactions.find((one) => one.id === id);
    if (found && typeNames[found.kind] === type)
      return creditTransactionView(store, account, found);
  }
  return null;
}

export function isCreditTransaction(type: string): boolean {
  return Object.values<string>(typeNames).includes(type);
}
