/** How fast one worker turns a backlog into posted points, and how fast bare transfers are, in turns. */
import type { TransferAnswer, TransferWish } from './bare-transfer.ts';
import type { BenchPlace } from './bench-place.ts';
import { fillInbox, makeShops, proveShops } from './bench-shops.ts';
import type { Backlog } from './bench-shops.ts';
import type { DrainAnswer, DrainWish } from './drain.ts';
import { peakMegabytes } from './proc.ts';

export const CONNECTIONS = 4;
const SHOPS = 4;

export type Awarded = DrainAnswer & { readonly processorMs: number };
export type Transferred = TransferAnswer & { readonly processorMs: number };

export interface AwardingFigures {
  readonly laurel: Awarded[];
  readonly withDuplicates: Awarded[];
  readonly bare: Transferred[];
  readonly workerMegabytes: number;
}

export async function measureAwarding(
  place: BenchPlace,
  size: {
    readonly awardRounds: number;
    readonly transferSeconds: number;
    readonly orders: number;
    readonly members: number;
  },
): Promise<AwardingFigures> {
  const { world } = place;
  const worker = place.start('test/bench/drain.ts', { as: 'worker' });
  const bare = place.start('test/bench/bare-transfer.ts', { env: { DATABASE_URL: place.bareUrl } });
  const transfer = (seconds: number): Promise<Transferred> => {
    const wish: TransferWish = { connections: CONNECTIONS, seconds };
    return place.counted([bare], () => bare.ask<TransferAnswer>(wish));
  };
  const drain = async (backlog: Backlog): Promise<Awarded> => {
    const shops = await makeShops(world, SHOPS);
    const deliveries = await fillInbox(world, shops, backlog);
    await world.db('0').query('CHECKPOINT');
    const wish: DrainWish = { lanesAtOnce: CONNECTIONS };
    const answer = await place.counted([worker], () => worker.ask<DrainAnswer>(wish));
    if (answer.finished !== deliveries) {
      throw new Error(`${answer.finished} of ${deliveries} deliveries were finished`);
    }
    await proveShops(world, shops, backlog.orders);
    return answer;
  };

  const backlog = { orders: size.orders, duplicates: 0, members: size.members };
  await drain({ ...backlog, orders: Math.round(size.orders / 4) });
  await transfer(1);
  const figures = {
    laurel: [] as Awarded[],
    withDuplicates: [] as Awarded[],
    bare: [] as Transferred[],
  };
  for (let round = 0; round < size.awardRounds; round += 1) {
    figures.bare.push(await transfer(size.transferSeconds));
    figures.laurel.push(await drain(backlog));
    figures.withDuplicates.push(await drain({ ...backlog, duplicates: 0.2 }));
  }
  const workerMegabytes = peakMegabytes(worker.pid);
  for (const child of [worker, bare]) await child.stop();
  return { ...figures, workerMegabytes };
}
