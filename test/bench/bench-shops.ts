/** Shops for a round of the bench, each with a published programme, a catalogue, and orders in its inbox. */
import { randomUUID } from 'node:crypto';
import { orderBody, PRODUCTS, productId } from './busy-shop.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { subjectOf } from '../../app/edge/subject.ts';
import { installShop } from '../../app/operations/install-shop.ts';
import { publishProgramme } from '../../app/operations/publish-programme.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { laneOf } from '../../app/storage/deliveries/lanes.ts';
import { storeDeliveries } from '../../app/storage/deliveries/store-deliveries.ts';
import type { World } from '../../app/world.ts';

const A_WHILE = 60_000;
let shops = 0;

export interface BenchShop {
  readonly id: string;
  readonly domain: string;
}

export async function makeShops(world: World, count: number): Promise<BenchShop[]> {
  const made: BenchShop[] = [];
  for (let index = 0; index < count; index += 1) made.push(await makeShop(world));
  return made;
}

/** Its programme was published a while ago: who is decided within seconds of it is decided wholly, again and again. */
export async function makeShop(
  now: World,
  programme: Partial<ProgrammeDocument> = {},
): Promise<BenchShop> {
  const world = { ...now, now: () => now.now() - A_WHILE };
  shops += 1;
  const shop = { id: String(60_000_000_000 + shops), domain: `bench-${shops}.myshopify.com` };
  await installShop(world, {
    ...shop,
    name: 'Bench',
    currency: 'USD',
    timeZone: 'America/New_York',
    taxesIncluded: false,
    installationGid: `gid://shopify/AppInstallation/${shops}`,
    scopes: [],
  });
  const draft = { shopId: shop.id, actor: 'bench' };
  const document = { ...firstDraft('Bench'), pastOrdersEarn: true, ...programme };
  const saved = await saveDraft(world, { ...draft, revision: 1, document });
  if (!saved.ok) throw new Error(saved.refusal.kind);
  const published = await publishProgramme(world, { ...draft, revision: saved.revision, note: '' });
  if (!published.ok) throw new Error(published.refusal.kind);
  const facts = { category: 'Tea', type: 'Tea', vendor: 'Bench', tags: [], collectionIds: [] };
  await world
    .db(shop.id)
    .query(
      `INSERT INTO products (shop_id, product_id, facts, facts_at) SELECT $1, unnest($2::bigint[]), $3, now()`,
      [shop.id, Array.from({ length: PRODUCTS }, (_, index) => productId(index)), facts],
    );
  return shop;
}

export interface Backlog {
  readonly orders: number;
  /** Of all deliveries, the part that tells an order again: 0.2 is every fifth. */
  readonly duplicates: number;
  /** How many customers the orders are spread over, and how far apart their numbers are. */
  readonly members: number;
  readonly apart?: number;
  /** The number of the first order; orders of other numbers are other orders. */
  readonly from?: number;
}

/** @returns how many deliveries lie in the inbox now */
export async function fillInbox(
  world: World,
  into: readonly BenchShop[],
  { orders, duplicates, members, apart, from = 0 }: Backlog,
): Promise<number> {
  const again = duplicates === 0 ? Infinity : Math.round(1 / duplicates) - 1;
  let stored = 0;
  let batch: Parameters<typeof storeDeliveries>[1][number][] = [];
  const flush = async (): Promise<void> => {
    await storeDeliveries(world.db('0'), batch);
    stored += batch.length;
    batch = [];
  };
  for (let number = from; number < from + orders; number += 1) {
    const shop = into[number % into.length];
    if (!shop) break;
    const body = orderBody(number, members, apart);
    const topics =
      number % again === again - 1 ? ['orders/create', 'orders/paid'] : ['orders/create'];
    for (const topic of topics) {
      const subject = subjectOf(topic, body);
      batch.push({
        shopId: shop.id,
        webhookId: randomUUID(),
        shopDomain: shop.domain,
        topic,
        apiVersion: '2026-07',
        eventId: null,
        triggeredAt: null,
        receivedAt: new Date(),
        subject,
        lane: laneOf(subject),
        body,
      });
    }
    if (batch.length >= 200) await flush();
  }
  await flush();
  return stored;
}

/** Throws unless the books of these shops are right, every delivery is done, and every order was awarded once. */
export async function proveShops(
  world: World,
  proved: readonly BenchShop[],
  orders: number,
): Promise<{ readonly points: number; readonly entries: number }> {
  let awarded = 0;
  let points = 0;
  let entries = 0;
  for (const { id } of proved) {
    const pool = world.db(id);
    const wrong = await pool.query('SELECT * FROM prove_books($1)', [id]);
    if (wrong.rows.length > 0)
      throw new Error(`The books of ${id}: ${JSON.stringify(wrong.rows[0])}`);
    const open = await pool.query(
      `SELECT state, outcome, detail FROM deliveries WHERE shop_id = $1 AND (state <> 'done' OR outcome NOT IN ('taken-in', 'nothing-new'))`,
      [id],
    );
    if (open.rows.length > 0) throw new Error(`Not done: ${JSON.stringify(open.rows[0])}`);
    const { rows } = await pool.query<{ awarded: number; points: string; entries: number }>(
      `SELECT (SELECT count(*)::int FROM awards WHERE shop_id = $1 AND source_kind = 'order' AND posted > 0) AS awarded,
        (SELECT coalesce(sum(available), 0) FROM members WHERE shop_id = $1) AS points,
        (SELECT count(*)::int FROM entries WHERE shop_id = $1) AS entries`,
      [id],
    );
    awarded += rows[0]?.awarded ?? 0;
    points += Number(rows[0]?.points ?? 0);
    entries += rows[0]?.entries ?? 0;
  }
  if (awarded !== orders) throw new Error(`${awarded} orders were awarded, not ${orders}`);
  return { points, entries };
}
