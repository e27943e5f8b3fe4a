/** Awards a second through Laurel's whole road, in turns with the two ledgers, by who is ordering. */
import pg from 'pg';
import type { BenchPlace } from './bench-place.ts';
import { fillInbox, makeShops, proveShops } from './bench-shops.ts';
import { median } from './bench-table.ts';
import type { DrainAnswer, DrainWish } from './drain.ts';
import type { CallsAnswer, CallsWish } from './ledger-calls.ts';
import { ACCOUNTS, LEDGER_TABLES } from './ledger-tables.ts';
import { peakMegabytes } from './proc.ts';

const CONNECTIONS = [4, 8, 16, 32];
const LANES_AT_ONCE = 4;

type Counted<T> = T & { readonly processorMs: number };

export interface RatesOf {
  readonly shops: number;
  readonly hot: boolean;
  readonly connections: { readonly least: number; readonly versioned: number };
  readonly laurel: Counted<DrainAnswer>[];
  readonly least: Counted<CallsAnswer>[];
  readonly versioned: Counted<CallsAnswer>[];
}

export interface RatesSize {
  readonly rounds: number;
  readonly callSeconds: number;
  readonly tryoutSeconds: number;
  readonly orders: number;
}

export async function measureRates(
  place: BenchPlace,
  size: RatesSize,
): Promise<{ readonly rates: readonly RatesOf[]; readonly workerMegabytes: number }> {
  await makeLedgers(place.bareUrl);
  const worker = place.start('test/bench/drain.ts', { as: 'worker' });
  const caller = place.start('test/bench/ledger-calls.ts', {
    env: { DATABASE_URL: place.bareUrl },
  });
  const call = (wish: CallsWish): Promise<Counted<CallsAnswer>> =>
    place.counted([caller], () => caller.ask<CallsAnswer>(wish));
  const award = async (shops: number, members: number): Promise<Counted<DrainAnswer>> => {
    const { world } = place;
    const made = await makeShops(world, shops);
    const wish: DrainWish = { lanesAtOnce: LANES_AT_ONCE };
    // The ledgers' accounts are there when points are moved; so is everybody who orders.
    await fillInbox(world, made, { orders: members, duplicates: 0, members });
    await worker.ask<DrainAnswer>(wish);
    const backlog = { orders: size.orders, duplicates: 0, members, from: members };
    await fillInbox(world, made, backlog);
    await world.db('0').query('CHECKPOINT');
    const answer = await place.counted([worker], () => worker.ask<DrainAnswer>(wish));
    await proveShops(world, made, members + size.orders);
    return answer;
  };

  await award(1, ACCOUNTS);
  // Plans that were made when the tables were empty are made anew, as autovacuum sees to in time.
  await place.world.db('0').query('VACUUM (ANALYZE)');
  const rates: RatesOf[] = [];
  for (const { shops, hot } of CASES) {
    const best = (ledger: CallsWish['ledger']): Promise<number> =>
      bestConnections(call, { ledger, shops, hot, connections: 0, seconds: size.tryoutSeconds });
    const connections = { least: await best('least'), versioned: await best('versioned') };
    const found: RatesOf = { shops, hot, connections, laurel: [], least: [], versioned: [] };
    for (let round = 0; round < size.rounds; round += 1) {
      for (const ledger of ['least', 'versioned'] as const) {
        const wish = { ledger, shops, hot, connections: connections[ledger] };
        found[ledger].push(await call({ ...wish, seconds: size.callSeconds }));
      }
      found.laurel.push(await award(shops, hot ? 1 : ACCOUNTS));
    }
    rates.push(found);
  }
  const workerMegabytes = peakMegabytes(worker.pid);
  for (const child of [worker, caller]) await child.stop();
  return { rates, workerMegabytes };
}

const CASES = [
  { shops: 1, hot: false },
  { shops: 4, hot: false },
  { shops: 1, hot: true },
  { shops: 4, hot: true },
];

async function makeLedgers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(LEDGER_TABLES);
  } finally {
    await client.end();
  }
}

/** A ledger is called as suits it best: with the number of connections at which it is fastest. */
async function bestConnections(
  call: (wish: CallsWish) => Promise<CallsAnswer>,
  wish: CallsWish,
): Promise<number> {
  const tried: { connections: number; perSecond: number }[] = [];
  for (const connections of CONNECTIONS) {
    const turns = [];
    for (let turn = 0; turn < 3; turn += 1) turns.push(await call({ ...wish, connections }));
    tried.push({ connections, perSecond: median(turns.map(({ perSecond }) => perSecond)) });
  }
  return tried.toSorted((a, b) => b.perSecond - a.perSecond)[0]?.connections ?? 0;
}
