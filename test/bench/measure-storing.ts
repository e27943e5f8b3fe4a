/** How fast signed deliveries are acknowledged, by the real web process and by the bare server in turns. */
import type { BenchPlace } from './bench-place.ts';
import { SECRET } from './bench-place.ts';
import { makeShops } from './bench-shops.ts';
import type { LoadAnswer, LoadWish } from './load.ts';
import { peakMegabytes } from './proc.ts';
import { freePort } from '../support/ports.ts';

export const HTTP_CONNECTIONS = 32;

export type Stored = LoadAnswer & { readonly processorMs: number };

export interface StoringFigures {
  readonly laurel: Stored[];
  readonly bare: Stored[];
  readonly webMegabytes: number;
}

export async function measureStoring(
  place: BenchPlace,
  size: { readonly storeRounds: number; readonly storeSeconds: number },
): Promise<StoringFigures> {
  const [webPort, barePort] = [await freePort(), await freePort()];
  const web = place.start('app/server.ts', { as: 'web', env: { PORT: String(webPort) } });
  const bare = place.start('test/bench/bare-server.ts', {
    env: { PORT: String(barePort), DATABASE_URL: place.bareUrl },
  });
  const load = place.start('test/bench/load.ts');
  await untilOpen(webPort);
  await untilOpen(barePort);
  const domains = (await makeShops(place.world, 4)).map(({ domain }) => domain);
  const loadOn = async (port: number, seconds: number): Promise<LoadAnswer> => {
    const wish: LoadWish = {
      port,
      seconds,
      connections: HTTP_CONNECTIONS,
      secret: SECRET,
      domains,
    };
    const answer = await load.ask<LoadAnswer>(wish);
    if (answer.refused > 0) throw new Error(`${answer.refused} deliveries were refused`);
    return answer;
  };

  await loadOn(barePort, 2);
  let acknowledged = (await loadOn(webPort, 2)).stored;
  const figures = { laurel: [] as Stored[], bare: [] as Stored[] };
  for (let round = 0; round < size.storeRounds; round += 1) {
    figures.bare.push(await place.counted([bare], () => loadOn(barePort, size.storeSeconds)));
    const stored = await place.counted([web], () => loadOn(webPort, size.storeSeconds));
    figures.laurel.push(stored);
    acknowledged += stored.stored;
  }
  const webMegabytes = peakMegabytes(web.pid);
  await proveStored(place, acknowledged);
  for (const child of [web, bare, load]) await child.stop();
  return { ...figures, webMegabytes };
}

/** What was acknowledged is stored, and nothing else; then room is made for what is measured next. */
async function proveStored(place: BenchPlace, acknowledged: number): Promise<void> {
  const pool = place.world.db('0');
  const { rows } = await pool.query<{ found: number }>(
    `SELECT count(*)::int AS found FROM deliveries`,
  );
  if (rows[0]?.found !== acknowledged) {
    throw new Error(`${acknowledged} were acknowledged and ${rows[0]?.found} are stored`);
  }
  await pool.query('TRUNCATE deliveries');
}

async function untilOpen(port: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const open = await fetch(`http://127.0.0.1:${port}/webhooks/shopify`).catch(() => null);
    if (open) return void (await open.arrayBuffer());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Nobody listens on ${port}`);
}
