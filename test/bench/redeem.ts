/**
 * npm run bench:redeem [-- --quick] [-- --only=click|campaign] [-- --rate=20]: from the shopper's press to a usable code,
 * through the real web process and signed as Shopify's proxy signs, while Shopify takes 100 ms for every
 * answer; and ten thousand codes of a campaign within Shopify's throttle. Our own share is what is left
 * when the waiting for Shopify is taken off, which a gate between the two counts.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { askerOf, untilHealthy } from './ask-web.ts';
import { artifacts, openPlace, say, SECRET } from './bench-place.ts';
import type { BenchPlace } from './bench-place.ts';
import { sayTable } from './bench-table.ts';
import type { Row } from './bench-table.ts';
import type { ShopifyAnswer, ShopifyWish } from './local-shopify.ts';
import { processorMs } from './proc.ts';
import { makeRedeemShop, REWARD } from './redeem-shop.ts';
import type { RedeemShop } from './redeem-shop.ts';
import { openTollgate } from './tollgate.ts';
import type { Tollgate } from './tollgate.ts';
import { makeCampaignCodes } from '../../app/shopify/rewards/make-campaign-codes.ts';
import { proxyRequest } from '../support/admin-request.ts';
import { freePort } from '../support/ports.ts';

const AIMS = { ownP99Ms: 15, readP99Ms: 20, throttled: 0 };
const SHOPIFY_MS = 100;
/** What the smallest plan may spend on calls. */
const BASIC = { bucket: 2_000, perSecond: 100 };
const A_SECOND = Number(
  process.argv.find((part) => part.startsWith('--rate='))?.slice('--rate='.length) ?? 20,
);
const full = { seconds: 60, members: 300, codes: 10_000 };
const quick: typeof full = { seconds: 15, members: 100, codes: 10_000 };

await main(process.argv.includes('--quick') ? quick : full);

async function main(size: typeof full): Promise<void> {
  const only = process.argv.find((part) => part.startsWith('--only='))?.slice('--only='.length);
  const place = await openPlace({ pages: only !== 'campaign' });
  let gate: Tollgate | undefined;
  try {
    const shopify = place.start('test/bench/local-shopify.ts');
    const wish: ShopifyWish = { secret: SECRET, plan: 'plus', paceMs: 0, customers: 0 };
    const change = (over: Partial<ShopifyWish>) => shopify.ask<ShopifyAnswer>({ ...wish, ...over });
    const there = await change({ customers: size.members });
    gate = await openTollgate(there.origin);
    const shop = await makeRedeemShop(place, there, gate.origin, place.world.config.databaseUrl);
    await change({ paceMs: SHOPIFY_MS });
    const click = only === 'campaign' ? null : await measureClicks(place, shop, gate, size.seconds);
    if (click) await proveClicks(place, shop, click, (await change({ paceMs: 0 })).codes);
    await change({ plan: 'basic', paceMs: SHOPIFY_MS });
    const campaign = only === 'click' ? null : await measureCampaign(shop, gate, size.codes);
    const rows = [...(click ? clickRows(click) : []), ...(campaign ? campaignRows(campaign) : [])];
    sayTable([['', 'p50', 'p99', 'aim', ''], ...rows], 44);
    const machine = { processors: cpus().length, load: loadavg()[0], node: process.version };
    say(`Load of the machine at the end: ${machine.load?.toFixed(1)}`);
    writeFileSync(
      join(artifacts, 'bench-redeem.json'),
      JSON.stringify({ machine, size, table: rows, campaign }, null, 2),
    );
  } finally {
    await gate?.close();
    await place.close();
  }
}

interface Clicks {
  readonly whole: number[];
  readonly own: number[];
  readonly waited: number[];
  readonly reads: number[];
  /** For each press and its read: of the web process, of PostgreSQL, and transactions that wrote. */
  each: { webMs: number; postgresMs: number; commits: number };
  failed: number;
}

async function measureClicks(
  place: BenchPlace,
  shop: RedeemShop,
  gate: Tollgate,
  seconds: number,
): Promise<Clicks> {
  const port = await freePort();
  const env = { PORT: String(port), NODE_ENV: 'test', LAUREL_SHOPIFY_URL: gate.origin };
  const web = place.start('app/server.ts', { as: 'web', env });
  const ask = askerOf(port);
  await untilHealthy(ask);
  const clicks: Clicks = {
    ...{ whole: [], own: [], waited: [], reads: [] },
    ...{ each: { webMs: 0, postgresMs: 0, commits: 0 }, failed: 0 },
  };
  const press = async (customerId: string, measured: boolean): Promise<void> => {
    const read = await timed(() => ask(signed(shop, '/proxy/rewards', customerId)));
    const { token } = JSON.parse(read.answer.text || '{}') as { token?: string };
    const wish = { reward: REWARD.key, key: randomUUID(), token };
    const path = signed(shop, '/proxy/redeem', customerId);
    const { ms, answer } = await timed(() => ask(path, JSON.stringify(wish)));
    const { reward } = JSON.parse(answer.text || '{}') as {
      reward?: { state: string; code: string };
    };
    if (reward?.state !== 'usable') {
      clicks.failed += 1;
      say(`Not usable: ${read.answer.status}, ${answer.status} ${answer.text.slice(0, 200)}`);
      return;
    }
    if (!measured) return;
    const waited = gate.waitedFor(reward.code);
    clicks.reads.push(read.ms);
    clicks.whole.push(ms);
    clicks.waited.push(waited);
    clicks.own.push(ms - waited);
  };
  const pressFor = async (forSeconds: number, measured: boolean): Promise<void> => {
    const under: Promise<void>[] = [];
    for (let turn = 0; turn < forSeconds * A_SECOND; turn += 1) {
      const customerId = shop.customerIds[turn % shop.customerIds.length] ?? '';
      under.push(press(customerId, measured));
      await sleep(1000 / A_SECOND);
    }
    await Promise.all(under);
  };
  await pressFor(5, false);
  const pool = place.world.db(shop.shopId);
  const before = { webMs: processorMs([web.pid]), commits: await writersSoFar(pool) };
  const counted = await place.counted([web], async () => {
    await pressFor(seconds, true);
    return {};
  });
  const webMs = processorMs([web.pid]) - before.webMs;
  const presses = clicks.whole.length;
  clicks.each = {
    webMs: webMs / presses,
    postgresMs: (counted.processorMs - webMs) / presses,
    commits: ((await writersSoFar(pool)) - before.commits) / presses,
  };
  await web.stop();
  return clicks;
}

/** PostgreSQL numbers the transactions that write, and no others. */
async function writersSoFar(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ next: string }>(
    `SELECT pg_snapshot_xmax(pg_current_snapshot()) AS next`,
  );
  return Number(rows[0]?.next);
}

function signed({ domain }: RedeemShop, path: string, customerId: string): string {
  const query = { shop: domain, logged_in_customer_id: customerId };
  const url = new URL(proxyRequest(path, query, { secret: SECRET }).url);
  return url.pathname + url.search;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const started = performance.now();
  const answer = await work();
  return { ms: performance.now() - started, answer };
}

/** Every code that was answered is there, once, and nobody's points are wrong. */
async function proveClicks(
  place: BenchPlace,
  { shopId }: RedeemShop,
  { own, failed }: Clicks,
  codes: number,
): Promise<void> {
  const pool = place.world.db(shopId);
  const { rows } = await pool.query<{ made: number; open: number }>(
    `SELECT (SELECT count(*)::int FROM issued_rewards WHERE shop_id = $1 AND making = 'made') AS made,
      (SELECT count(*)::int FROM effects WHERE shop_id = $1 AND kind = 'make-reward' AND state <> 'done') AS open`,
    [shopId],
  );
  const [told] = rows;
  const isRight = told?.made === codes && codes >= own.length && told.open === 0;
  if (!isRight && failed === 0) {
    throw new Error(`${codes} codes in Shopify: ${JSON.stringify(told)}`);
  }
  const wrong = await pool.query('SELECT * FROM prove_books($1)', [shopId]);
  if (wrong.rows.length > 0) throw new Error(`The books: ${JSON.stringify(wrong.rows[0])}`);
  say(`${codes} codes, each once; nothing is left for the outbox; all books balance.`);
}

interface Campaign {
  readonly codes: number;
  readonly seconds: number;
  /** What the throttle alone, and the answers alone, would take. */
  readonly idealSeconds: number;
  readonly calls: number;
  readonly throttled: number;
}

async function measureCampaign(
  { admin }: RedeemShop,
  { counts }: Tollgate,
  codes: number,
): Promise<Campaign> {
  const before = { ...counts };
  const { ms, answer } = await timed(() =>
    makeCampaignCodes(
      admin,
      {
        ...{ title: 'Laurel: Spring', startsAt: Date.now(), endsAt: null, gid: null },
        codes: Array.from({ length: codes }, () => `SPRING-${randomUUID()}`.toUpperCase()),
        terms: {
          kind: 'discount',
          value: { kind: 'percent', basisPoints: 1_000 },
          on: { kind: 'order' },
          subscriptions: { oneTime: true, subscription: false, payments: null },
          minimum: null,
          combines: { order: false, product: false, shipping: true },
        },
      },
      { wait: (waitMs) => sleep(waitMs), discountMade: () => Promise.resolve() },
    ),
  );
  if (!answer.ok || answer.made !== codes) throw new Error(JSON.stringify(answer).slice(0, 300));
  const calls = counts.calls - before.calls;
  const paid = (counts.points - before.points - BASIC.bucket) / BASIC.perSecond;
  const throttled = counts.throttled - before.throttled;
  const idealSeconds = Math.max(paid, (calls * SHOPIFY_MS) / 1000);
  return { codes, calls, throttled, seconds: ms / 1000, idealSeconds };
}

function clickRows({ whole, own, waited, reads, each, failed }: Clicks): Row[] {
  const row = (what: string, of: readonly number[], aim?: number): Row => {
    const [p50, p99] = [at(of, 0.5), at(of, 0.99)];
    const end = aim === undefined ? [] : [`<= ${aim}`, p99 <= aim ? 'met' : 'missed'];
    return [what, p50.toFixed(1), p99.toFixed(1), ...end];
  };
  return [
    row(`press to usable code, ${A_SECOND} a second, ms`, whole),
    row('  waiting for Shopify', waited),
    row('  our own share', own, AIMS.ownP99Ms),
    ['  processor time of web, its read too, ms', each.webMs.toFixed(1), ''],
    ['  processor time of PostgreSQL, ms', each.postgresMs.toFixed(1), ''],
    ['  transactions that write', each.commits.toFixed(2), ''],
    ['  not usable at once', String(failed), '', '<= 0', failed === 0 ? 'met' : 'missed'],
    row('what a shopper can have and holds, ms', reads, AIMS.readP99Ms),
  ];
}

function campaignRows({ codes, seconds, idealSeconds, calls, throttled }: Campaign): Row[] {
  const isMet = throttled <= AIMS.throttled;
  return [
    [`${codes.toLocaleString('en')} campaign codes, seconds`, seconds.toFixed(1), ''],
    ['  ideal by throttle and answers', idealSeconds.toFixed(1), ''],
    ['  calls', String(calls), ''],
    [
      '  THROTTLED answers',
      String(throttled),
      '',
      `<= ${AIMS.throttled}`,
      isMet ? 'met' : 'missed',
    ],
  ];
}

function at(figures: readonly number[], part: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * part)] ?? 0;
}
