/** Lots that expire and tiers that end for everybody at once, while orders of another shop go on being awarded. */
import { withClient } from './bench-place.ts';
import type { BenchPlace } from './bench-place.ts';
import { fillInbox, makeShop, makeShops, proveShops } from './bench-shops.ts';
import type { DrainAnswer, DrainWish } from './drain.ts';
import { growBooks } from './grown-books.ts';
import type { PassAnswer, PassWish } from './pass.ts';
import { peakMegabytes } from './proc.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';

const DAY = 86_400_000;

export interface TimeSize {
  readonly due: number;
  readonly meanwhile: number;
}

export interface TimeFigures {
  readonly members: number;
  readonly expired: number;
  readonly minutes: number;
  readonly megabytes: number;
  /** Awards of the other shop in the meantime. */
  readonly perSecond: number;
}

export async function measureTime(place: BenchPlace, size: TimeSize): Promise<TimeFigures> {
  const { world } = place;
  const worker = place.start('test/bench/drain.ts', { as: 'worker' });
  const time = place.start('test/bench/pass.ts', { as: 'worker' });
  const { tiers, expiry } = firstDraft('Bench');
  const shop = await makeShop(world, {
    expiry: { ...expiry, kind: 'lot', length: 30, unit: 'days' },
    tiers: { ...tiers, window: { kind: 'rolling', days: 365 }, graceDays: 0 },
  });
  await growBooks(place, worker, shop, { members: size.due, ordersEach: 2 });
  const others = await makeShops(world, 1);
  const meanwhile = { orders: size.meanwhile, duplicates: 0, members: 1_000 };
  await fillInbox(world, others, meanwhile);
  // By then every lot has expired, and every tier has come to the end of its term.
  const passing = time.ask<PassAnswer>({ aheadMs: 1_500 * DAY } satisfies PassWish);
  const awarding = await worker.ask<DrainAnswer>({ lanesAtOnce: 4 } satisfies DrainWish);
  const { passed, minutes } = await passing;
  const megabytes = peakMegabytes(time.pid);
  for (const child of [worker, time]) await child.stop();
  await proveShops(world, others, meanwhile.orders);
  const { rows } = await withClient(world.config.databaseUrl, (client) =>
    client.query<{ expired: number; left: number; moved: number }>(
      `SELECT (SELECT count(*)::int FROM entries WHERE shop_id = $1 AND kind = 'expire') AS expired,
        (SELECT count(*)::int FROM lots WHERE shop_id = $1 AND remaining > 0) AS left,
        (SELECT count(*)::int FROM members WHERE shop_id = $1 AND tier_key = 'bronze') AS moved`,
      [shop.id],
    ),
  );
  const { expired = 0, left = 0, moved = 0 } = rows[0] ?? {};
  if (left > 0 || moved !== size.due) throw new Error(`${left} lots are left, ${moved} moved`);
  return { members: passed, expired, minutes, megabytes, perSecond: awarding.perSecond };
}
