/**
 * The least that moves points honestly: one SQL function that changes two account rows and writes two
 * entries, each call a durable commit of its own. What Laurel is measured beside.
 */
import pg from 'pg';
import { BARE_ACCOUNTS } from './bare-tables.ts';
import { answerMessages } from './bench-child.ts';

export interface TransferWish {
  readonly connections: number;
  readonly seconds: number;
}

export interface TransferAnswer {
  readonly transfers: number;
  readonly perSecond: number;
}

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 64 });

answerMessages<TransferWish>(transfer);

async function transfer(wish: TransferWish): Promise<TransferAnswer> {
  const clients = await Promise.all(Array.from({ length: wish.connections }, () => pool.connect()));
  let transfers = 0;
  const started = performance.now();
  const until = started + wish.seconds * 1000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        transfers += 1;
        const giver = (transfers * 7_919) % BARE_ACCOUNTS;
        const taker = (giver + 1 + (transfers % 97)) % BARE_ACCOUNTS;
        await client.query({
          name: 'transfer',
          text: 'SELECT bare_transfer($1, $2, $3)',
          values: [giver, taker, 10],
        });
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const client of clients) client.release();
  return { transfers, perSecond: transfers / seconds };
}
