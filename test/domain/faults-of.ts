import type { Books, Entry, Lot } from '../../app/domain/points/books.ts';

/** What must hold of any books, whatever was done to them. */
export function faultsOf(books: Books): string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string): void => void (holds || faults.push(fault));
  const sum = (state: Lot['state']): number =>
    books.lots.reduce((total, lot) => total + (lot.state === state ? lot.remaining : 0), 0);
  check(books.available === sum('available'), `available ${books.available} ≠ Σ available lots`);
  check(books.pending === sum('pending'), `pending ${books.pending} ≠ Σ pending lots`);
  check(books.debt >= 0, 'a debt below zero');
  check(books.debt === 0 || books.available === 0, 'available points beside a debt');
  const keys = books.entries.map(({ key }) => key);
  check(new Set(keys).size === keys.length, `a key twice: ${keys.join(' ')}`);
  check(
    books.lots.every(({ remaining, original }) => remaining >= 0 && remaining <= original),
    'a lot holds more than it was opened with, or less than nothing',
  );
  const replayed = replay(books.entries);
  for (const account of ['available', 'pending', 'debt'] as const) {
    check(replayed[account] === books[account], `the entries do not replay to ${account}`);
  }
  check(
    books.entries.every((entry, index) => entry.seq === index + 1 && entry.points > 0),
    'entries are not numbered one by one, or move nothing',
  );
  return faults;
}

function replay(entries: readonly Entry[]): { available: number; pending: number; debt: number } {
  const balances = { available: 0, pending: 0, debt: 0 };
  for (const { from, to, points } of entries) {
    for (const [account, change] of [[from, -points] as const, [to, points] as const]) {
      if (account === 'available' || account === 'pending') balances[account] += change;
      else if (account === 'debt') balances.debt -= change;
    }
  }
  return balances;
}
