/**
 * Writes down every statement that this version sends on the road of a shop's deliveries, so that a later
 * version can show that its migrations may be applied while this one is still at work (trial R15):
 *
 *     node test/trials/record-road.ts
 *
 * Done once before migrations are added; the recording is named after the newest migration it knows.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { answersOf, isBuiltOn, wrapValue } from './recorded-road.ts';
import type { Answer, Recording, Step } from './recorded-road.ts';
import { shopHistory } from './shop-history.ts';
import type { Telling } from './shop-history.ts';
import { openTrialWorld } from './trial-world.ts';
import type { TrialWorld } from './trial-world.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { subjectOf } from '../../app/edge/subject.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import { passTime } from '../../app/jobs/pass-time.ts';
import { laneOf } from '../../app/storage/deliveries/lanes.ts';
import { storeDeliveries } from '../../app/storage/deliveries/store-deliveries.ts';
import { startScratchPostgres } from '../../devstore/postgres.ts';
import { freePort } from '../support/ports.ts';

const FROM = Date.parse('2026-09-20T00:00:00Z');
const MIGRATIONS = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');
/** The last of what comes in finds nobody at work: whoever comes next takes it in. */
const UNWORKED = 0.25;

const steps: Step[] = [];
const connections = new Map<unknown, number>();
let part: Step['part'] | null = null;

/** What a statement of the road is, and what it answered where later ones build on it. */
function listen(): void {
  const client = pg.Client.prototype as { query: (...told: unknown[]) => unknown };
  const send = client.query;
  client.query = function recording(this: unknown, ...told: unknown[]): unknown {
    const answer = send.apply(this, told);
    if (part === null) return answer;
    const [first, values] = told as [string | pg.QueryConfig, unknown[] | undefined];
    const config: pg.QueryConfig =
      typeof first === 'string' ? { text: first, values: values ?? [] } : first;
    const on = connections.get(this) ?? connections.size;
    connections.set(this, on);
    const step: Step = {
      ...{ part, on, text: config.text },
      ...(config.name !== undefined && { name: config.name }),
      values: (config.values ?? []).map(wrapValue),
    };
    steps.push(step);
    if (config.name !== undefined && isBuiltOn(config.name)) {
      void (answer as Promise<pg.QueryResult<Answer>>).then(({ rows }) => {
        step.answers = answersOf(rows);
      });
    }
    return answer;
  };
}

async function send(here: TrialWorld, shopId: string, tellings: readonly Telling[]): Promise<void> {
  for (const [index, { topic, body }] of tellings.entries()) {
    const bytes = Buffer.from(JSON.stringify(body));
    const review = body as { review?: { customerId: string } };
    const subject = review.review
      ? `customer:${review.review.customerId}`
      : subjectOf(topic, bytes);
    const delivery = {
      ...{ shopId, webhookId: `${part}-${String(index).padStart(6, '0')}`, topic, subject },
      ...{ apiVersion: '2026-07', shopDomain: `trial-${shopId}.myshopify.com`, eventId: null },
      ...{ triggeredAt: null, receivedAt: new Date(here.now), lane: laneOf(subject), body: bytes },
    };
    await storeDeliveries(here.world.db(shopId), [delivery]);
    if (part !== 'unworked' && index % 6 === 5) await work(here);
  }
  if (part !== 'unworked') await work(here);
}

/** One after the other, so that the recording has one order. */
async function work(here: TrialWorld): Promise<void> {
  const drain = makeDrain(here.world, 1);
  for (let calm = 0; calm < 2;) {
    const done = (await drain.once()) + (await passTime(here.world));
    calm = done === 0 ? calm + 1 : 0;
  }
}

const postgres = await startScratchPostgres({
  ...{ port: await freePort(), durable: false, log: join(tmpdir(), 'laurel-recording.log') },
});
try {
  await postgres.ensureDatabase('recording');
  const url = postgres.urlOf('recording');
  execFileSync(process.execPath, ['prisma/run.mjs', 'migrate', 'deploy'], {
    env: { ...process.env, DATABASE_URL: url },
  });
  const here = openTrialWorld(url, FROM - DAY, 1);
  const history = shopHistory({ shop: 1, seed: 15, customers: 8, orders: 24, from: FROM });
  listen();
  part = 'begun';
  await here.install(history.shopId);
  await here.publish(history.shopId, { ...firstDraft('Recorded'), maturityDays: 3 });
  here.now = FROM + 70 * DAY;
  const { tellings } = history;
  const [half, most] = [0.4, 1 - UNWORKED].map((share) => Math.floor(tellings.length * share));
  await send(here, history.shopId, tellings.slice(0, half));
  part = 'under-way';
  await send(here, history.shopId, tellings.slice(half, most));
  part = 'unworked';
  await send(here, history.shopId, tellings.slice(most));
  part = null;
  const recording: Recording = {
    migration:
      readdirSync(MIGRATIONS)
        .filter((name) => /^\d/.test(name))
        .toSorted()
        .at(-1) ?? '',
    ...{ shopId: history.shopId, now: here.now, deliveries: tellings.length },
    redacted: history.redacted,
    steps,
  };
  const folder = join(import.meta.dirname, 'recordings');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${recording.migration}.json.gz`);
  writeFileSync(file, gzipSync(JSON.stringify(recording), { level: 9 }));
  process.stdout.write(`${steps.length} statements, ${tellings.length} deliveries: ${file}\n`);
  await here.close();
} finally {
  await postgres.stop();
}
