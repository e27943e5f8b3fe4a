/** Store credit: money that a customer has in the shop, in accounts of one currency each. */
import type { Store } from '../store.ts';

export type CreditEvent = 'ADJUSTMENT' | 'ORDER_PAYMENT' | 'ORDER_REFUND';

export type CreditTransaction = {
  id: string;
  kind: 'credit' | 'debit' | 'expiration';
  /** Negative for debits and expirations. */
  amountMinor: number;
  balanceMinor: number;
  event: CreditEvent;
  createdAt: string;
  /** Of a credit. */
  expiresAt: string | null;
  /** Of a credit: what was neither spent nor expired. */
  remainingMinor: number;
  orderId: string | null;
};

export type CreditAccount = {
  id: string;
  customerId: string;
  currency: string;
  transactions: CreditTransaction[];
};

export function creditAccountsOf(store: Store, customerId: string): CreditAccount[] {
  return [...store.purses.accounts.values()]
    .filter((account) => account.customerId === customerId)
    .map((account) => settled(store, account));
}

export function creditAccount(
  store: Store,
  customerId: string,
  currency: string,
): CreditAccount | undefined {
  return creditAccountsOf(store, customerId).find((account) => account.currency === currency);
}

export function balanceOf(account: CreditAccount): number {
  return account.transactions.at(-1)?.balanceMinor ?? 0;
}

/** Writes down what has expired by now. */
export function settled(store: Store, account: CreditAccount): CreditAccount {
  const now = store.now().getTime();
  for (const credit of account.transactions) {
    if (credit.kind !== 'credit' || credit.remainingMinor === 0) continue;
    if (credit.expiresAt === null || Date.parse(credit.expiresAt) > now) continue;
    const gone = credit.remainingMinor;
    credit.remainingMinor = 0;
    write(store, account, { kind: 'expiration', amountMinor: -gone, event: 'ADJUSTMENT' });
  }
  return account;
}

export function creditCustomer(
  store: Store,
  wanted: {
    customerId: string;
    currency: string;
    amountMinor: number;
    expiresAt: string | null;
    event?: CreditEvent;
    orderId?: string;
  },
): { account: CreditAccount; transaction: CreditTransaction } {
  return store.act(() => {
    const { customerId, currency, amountMinor, expiresAt } = wanted;
    const account = creditAccount(store, customerId, currency) ?? open(store, customerId, currency);
    const transaction = write(store, account, {
      kind: 'credit',
      amountMinor,
      event: wanted.event ?? 'ADJUSTMENT',
      expiresAt,
      orderId: wanted.orderId ?? null,
    });
    return { account, transaction };
  });
}

/** The soonest expiring credit is spent first. The balance must be enough. */
export function debitAccount(
  store: Store,
  account: CreditAccount,
  amountMinor: number,
  event: CreditEvent,
  orderId: string | null,
): CreditTransaction {
  return store.act(() => {
    let left = amountMinor;
    const soonest = account.transactions
      .filter((one) => one.kind === 'credit' && one.remainingMinor > 0)
      .sort((a, b) => (a.expiresAt ?? '9999').localeCompare(b.expiresAt ?? '9999'));
    for (const credit of soonest) {
      const spent = Math.min(left, credit.remainingMinor);
      credit.remainingMinor -= spent;
      left -= spent;
    }
    return write(store, account, { kind: 'debit', amountMinor: -amountMinor, event, orderId });
  });
}

function open(store: Store, customerId: string, currency: string): CreditAccount {
  const id = store.ids.next('StoreCreditAccount');
  const account: CreditAccount = { id, customerId, currency, transactions: [] };
  store.purses.accounts.set(id, account);
  return account;
}

function write(
  store: Store,
  account: CreditAccount,
  moved: Pick<CreditTransaction, 'kind' | 'amountMinor' | 'event'> &
    Partial<Pick<CreditTransaction, 'expiresAt' | 'orderId'>>,
): CreditTransaction {
  const transaction: CreditTransaction = {
    expiresAt: null,
    orderId: null,
    ...moved,
    id: store.ids.next('StoreCreditTransaction'),
    balanceMinor: balanceOf(account) + moved.amountMinor,
    remainingMinor: moved.kind === 'credit' ? moved.amountMinor : 0,
    createdAt: store.timestamp(),
  };
  account.transactions.push(transaction);
  return transaction;
}
