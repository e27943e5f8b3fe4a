/** A process that calls one of the two ledgers: one call an award, over several connections. */
import pg from 'pg';
import { answerMessages } from './bench-child.ts';
import { ACCOUNTS } from './ledger-tables.ts';

export interface CallsWish {
  readonly ledger: 'least' | 'versioned';
  readonly shops: number;
  /** Every award of a shop goes to one member. */
  readonly hot: boolean;
  readonly connections: number;
  readonly seconds: number;
}

export interface CallsAnswer {
  readonly calls: number;
  readonly perSecond: number;
}

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 64 });
let cause = 0;

answerMessages<CallsWish>(call);

async function call(wish: CallsWish): Promise<CallsAnswer> {
  const clients = await Promise.all(Array.from({ length: wish.connections }, () => pool.connect()));
  let calls = 0;
  const started = performance.now();
  const until = started + wish.seconds * 1000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        calls += 1;
        cause += 1;
        await client.query(queryOf(wish, calls % wish.shops, cause));
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const client of clients) client.release();
  return { calls, perSecond: calls / seconds };
}

function queryOf({ ledger, hot }: CallsWish, shop: number, number: number): pg.QueryConfig {
  const taker = hot ? 0 : (number * 7_919) % ACCOUNTS;
  const giver = (taker + 1 + (number % (ACCOUNTS - 1))) % ACCOUNTS;
  const about = `order:${5_900_000_000_000 + number}:orders:earn`;
  return ledger === 'least'
    ? {
        name: 'least-transfer',
        text: 'SELECT least_transfer($1, $2, $3, $4, $5)',
        values: [shop, giver, taker, 10, about],
      }
    : {
        name: 'versioned-transfer',
        text: 'SELECT id FROM versioned_transfer($1, $2, $3, $4)',
        values: [`account_${shop}_${giver}`, `account_${shop}_${taker}`, 10, { about }],
      };
}
