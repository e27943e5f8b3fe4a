import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, publish, sample, send } from './edge-site.ts';
import type { EdgeSite } from './edge-site.ts';
import { LANES, laneOf } from '../../app/storage/deliveries/lanes.ts';

const ORDER = 'order:820982911946154508';
const BUYER = 'customer:115310627314723954';
const CUSTOMER = 'customer:706405506930370084';
const PRODUCT = 'product:788032119674292922';
const IGNORED = 'Laurel does not use this topic.';

const NO_REWARD = 'It is no reward that a member still holds.';

/**
 * Every published sample: [file, topic, whom it is about, what becomes of it, in words]. They are
 * sent in this order, which is the table's: what a shop hears first decides what is new.
 */
const table: readonly (readonly [string, string, string, string, string | null])[] = [
  ['orders_create', 'orders/create', BUYER, 'taken-in', null],
  ['orders_paid', 'orders/paid', BUYER, 'nothing-new', null],
  ['orders_updated', 'orders/updated', BUYER, 'nothing-new', null],
  ['orders_fulfilled', 'orders/fulfilled', BUYER, 'nothing-new', null],
  ['orders_partially_fulfilled', 'orders/partially_fulfilled', BUYER, 'nothing-new', null],
  ['orders_cancelled', 'orders/cancelled', BUYER, 'nothing-new', null],
  ['orders_edited', 'orders/edited', ORDER, 'looked-up', 'The order is read from Shopify.'],
  ['refunds_create', 'refunds/create', ORDER, 'taken-in', null],
  ['orders_delete', 'orders/delete', ORDER, 'taken-in', null],
  ['customers_create', 'customers/create', CUSTOMER, 'taken-in', null],
  ['customers_update', 'customers/update', CUSTOMER, 'taken-in', null],
  ['customers_enable', 'customers/enable', CUSTOMER, 'taken-in', null],
  ['customers_disable', 'customers/disable', CUSTOMER, 'taken-in', null],
  ['customers_delete', 'customers/delete', CUSTOMER, 'taken-in', null],
  [
    'customers_merge',
    'customers/merge',
    'customer:1',
    'ignored',
    'The merge is failed: nothing moves. In the way: merge in progress.',
  ],
  [
    'customers_data_request',
    'customers/data_request',
    'customer:191167',
    'gathered',
    'Everything held was gathered: download it in the admin, and pass it on within 30 days.',
  ],
  ['customers_redact', 'customers/redact', 'customer:191167', 'nothing-held', null],
  // The state is "not subscribed" and the moment null: nobody has withdrawn anything.
  ...[
    ['customers_email_marketing_consent_update', 'customers_email_marketing_consent/update'],
    ['customers_marketing_consent_update', 'customers_marketing_consent/update'],
  ].map(
    ([file = '', topic = '']) =>
      [file, topic, 'customer:706405506930370084', 'ignored', 'Nobody consented yet.'] as const,
  ),
  ['products_create', 'products/create', PRODUCT, 'taken-in', null],
  ['products_update', 'products/update', PRODUCT, 'taken-in', null],
  ['products_delete', 'products/delete', PRODUCT, 'taken-in', null],
  ['bulk_operations_finish', 'bulk_operations/finish', 'bulk_operations/finish', 'taken-in', null],
  ['app_scopes_update', 'app/scopes_update', 'app/scopes_update', 'taken-in', null],
  ...[
    ['app_purchases_one_time_update', 'app_purchases_one_time/update'],
    ['app_subscriptions_approaching_capped_amount', 'app_subscriptions/approaching_capped_amount'],
    ['app_subscriptions_update', 'app_subscriptions/update'],
    ['customer_account_settings_update', 'customer_account_settings/update'],
    ['customer_joined_segment', 'customer/joined_segment'],
    ['customer_left_segment', 'customer/left_segment'],
    ['customer_tags_added', 'customer/tags_added'],
    ['customer_tags_removed', 'customer/tags_removed'],
    ['customers_purchasing_summary', 'customer/purchasing_summary_updated'],
    [
      'customers_whats_app_marketing_consent_update',
      'customers_whats_app_marketing_consent/update',
    ],
    ['discounts_create', 'discounts/create'],
    ['discounts_redeemcode_added', 'discounts/redeemcode_added'],
    ['discounts_redeemcode_removed', 'discounts/redeemcode_removed'],
    ['returns_cancel', 'returns/cancel'],
    ['returns_close', 'returns/close'],
  ].map(([file = '', topic = '']) => [file, topic, topic, 'ignored', IGNORED] as const),
  ...['discounts/delete', 'discounts/update'].map(
    (topic) => [topic.replace('/', '_'), topic, topic, 'ignored', NO_REWARD] as const,
  ),
  // Of the order of the samples, which the worker has or will have: a dispute under review moves nothing.
  ['disputes_create', 'disputes/create', 'order:820982911946154508', 'taken-in', null],
  // The shop leaves: it takes along everything that was stored before.
  ['app_uninstalled', 'app/uninstalled', 'app/uninstalled', 'taken-in', null],
];

let site: EdgeSite;
beforeAll(async () => {
  site = await openSite();
  await publish(site);
});
afterAll(() => site.close());

describe('Published samples', () => {
  test.each(table)(
    '%s, sent as %s, is about %s and ends as: %s',
    async (file, topic, subject, outcome, detail) => {
      const body = sample(`2026-07/${file}.json`);
      const sent = await send(site, topic, body);
      expect(sent.status).toBe(200);
      expect(await site.stored(sent.webhookId)).toMatchObject({
        shop_id: site.shop.id,
        subject,
        lane: laneOf(subject),
        state: 'ready',
      });
      await site.drain();
      const row = await site.stored(sent.webhookId);
      expect(row).toMatchObject({ topic, state: 'done', outcome, detail, attempts: 1 });
      // A request to forget somebody names them, so it goes too.
      const kept = topic === 'customers/redact' ? Buffer.alloc(0) : body;
      expect(row?.body.equals(kept)).toBe(true);
    },
  );

  test('leave the books in order', async () => {
    expect(await site.query(`SELECT * FROM prove_books($1)`, [site.shop.id])).toEqual([]);
  });

  test('shop_redact, sent last, leaves no row of the shop', async () => {
    const sent = await send(site, 'shop/redact', sample('2026-07/shop_redact.json'));
    expect(sent.status).toBe(200);
    await site.drain();
    const tables = await site.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'shop_id'`,
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await site.query(`SELECT 1 FROM "${name}" WHERE shop_id = $1`, [site.shop.id]);
      expect([name, rows.length]).toEqual([name, 0]);
    }
  });

  test('are all in the table', () => {
    const files = readdirSync(join(import.meta.dirname, '../payloads/2026-07'));
    const known = new Set([...table.map(([file]) => `${file}.json`), 'shop_redact.json']);
    expect(files.filter((file) => !known.has(file))).toEqual([]);
    expect(known.size).toBe(files.length);
  });
});

test('All samples at once, in one turn of the worker, end as they do one by one', async () => {
  const together = await openSite();
  await publish(together);
  const rest = table.filter(([, topic]) => topic !== 'app/uninstalled');
  const sent = await Promise.all(
    rest.map(([file, topic]) => send(together, topic, sample(`2026-07/${file}.json`))),
  );
  await together.drain();
  for (const [index, { webhookId }] of sent.entries()) {
    const row = await together.stored(webhookId);
    expect([rest[index]?.[1], row?.state]).toEqual([rest[index]?.[1], 'done']);
  }
  expect(await together.query(`SELECT * FROM prove_books($1)`, [together.shop.id])).toEqual([]);
  await together.close();
});

describe('Whom a delivery is about', () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ['orders/create', { id: 1, customer: { id: 2 } }, 'customer:2'],
    ['orders/create', { id: 1, customer: null }, 'order:1'],
    ['orders/create', { id: 1 }, 'order:1'],
    ['orders/create', { id: 1, note: '"customer":{"id":666}', customer: { id: 2 } }, 'customer:2'],
    ['orders/create', { id: 1, customer: { email: 'a@b.c', id: 2 } }, 'order:1'],
    ['orders/edited', { order_edit: { id: 3, order_id: 4 } }, 'order:4'],
    ['refunds/create', { id: 5, order_id: 6 }, 'order:6'],
    ['refunds/create', { id: 5 }, 'refunds/create'],
    ['customers/update', { id: '7' }, 'customer:7'],
    ['customers/redact', { shop_id: 1, customer: { id: 8 } }, 'customer:8'],
    [
      'customers/merge',
      { admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/9', status: 'completed' },
      'customer:9',
    ],
    ['products/update', { id: 10 }, 'product:10'],
    ['shop/update', { id: 11 }, 'shop/update'],
    ['orders/create', { id: 99_999_999_999 }, 'order:99999999999'],
    ['orders/create', {}, 'orders/create'],
  ];

  test.each(cases)('%s %j is about %s', async (topic, body, subject) => {
    const { webhookId } = await send(site, topic, body);
    // This shop has left: its deliveries are kept apart, and are still about somebody.
    expect(await site.stored(webhookId)).toMatchObject({ subject, lane: laneOf(subject) });
  });

  test('the members of a shop are spread over all lanes', () => {
    const lanes = new Map<number, number>();
    for (let id = 0; id < 16_000; id += 1) {
      const lane = laneOf(`customer:${5_083_214_609_000 + id * 37}`);
      lanes.set(lane, (lanes.get(lane) ?? 0) + 1);
    }
    expect(lanes.size).toBe(LANES);
    // 1,000 each, if it were even.
    for (const members of lanes.values()) expect(members).toBeGreaterThan(700);
  });

  test('a body of 5 MB that looks like nothing else costs no more than reading it', async () => {
    const body = `{"note":"${'"customer" :'.replaceAll('"', '\\"').repeat(300_000)}"}`;
    const hostile = '"customer"'.repeat(100) + ' '.repeat(1_000_000) + '{"id"'.repeat(100_000);
    for (const text of [body, hostile]) {
      // Of the processor's time: a busy machine makes everybody wait, and nobody work more.
      const before = process.cpuUsage();
      expect((await send(site, 'orders/create', text)).status).toBe(200);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(3_000);
    }
  });
});
