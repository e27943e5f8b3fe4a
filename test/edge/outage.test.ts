import { afterEach, beforeEach, expect, test } from 'vitest';
import { breakableDatabase } from './breakable-database.ts';
import type { BreakableDatabase } from './breakable-database.ts';
import { openSite, sample, send } from './edge-site.ts';
import type { EdgeSite } from './edge-site.ts';
import { PATIENCE } from '../../app/edge/edge.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import { isOutage } from '../../app/storage/transaction.ts';
import { newDatabaseUrl } from '../support/test-database.ts';

let databases = 0;
let database: BreakableDatabase;
let site: EdgeSite;

beforeEach(async () => {
  databases += 1;
  const name = `laurel_outage_${process.pid}_${databases}`;
  database = await breakableDatabase(await newDatabaseUrl(name, 'template'));
  site = await openSite({ databaseUrl: database.url });
});

afterEach(async () => {
  await database.mend();
  await site.close();
  await database.close();
});

const body = sample('2026-07/products_update.json');

test('While the database is down deliveries are refused with 503, and taken again afterwards', async () => {
  expect((await send(site, 'products/update', body)).status).toBe(200);

  await database.cut();
  const refused = await Promise.all(
    Array.from({ length: 20 }, () => send(site, 'products/update', body)),
  );
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
  expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(refused[0]?.says).toBe('Cannot store this now, send it again.');

  await database.mend();
  for (const { webhookId } of refused) {
    expect(await site.stored(webhookId)).toBeUndefined();
    const again = await send(site, 'products/update', body, { 'X-Shopify-Webhook-Id': webhookId });
    expect(again.status).toBe(200);
    expect(await site.stored(webhookId)).toBeDefined();
  }
});

test('A database that is silent makes nobody wait for longer than Shopify does', async () => {
  // Shopify waits five seconds. Here nobody is patient; the database waits a minute for a statement.
  expect(PATIENCE.answerMs).toBeLessThan(5_000);
  const impatient = await openSite({
    databaseUrl: database.url,
    patience: { ...PATIENCE, answerMs: 50 },
  });
  expect((await send(site, 'products/update', body)).status).toBe(200);
  database.silence();
  const { status, says, webhookId } = await send(impatient, 'products/update', body, {
    'X-Shopify-Shop-Domain': site.shop.domain,
  });
  expect([status, says]).toEqual([503, 'Cannot store this now, send it again.']);

  await database.mend();
  await impatient.close();
  const again = await send(site, 'products/update', body, { 'X-Shopify-Webhook-Id': webhookId });
  expect(again.status).toBe(200);
  expect(await site.stored(webhookId)).toBeDefined();
});

test('A database that goes away in the middle of a batch counts as nobody’s attempt', async () => {
  const { webhookId } = await send(
    site,
    'customers/create',
    sample('2026-07/customers_create.json'),
  );
  let cuts = 0;
  // A new member is about to be made: the delivery is claimed, and nothing is written yet.
  const newId = (): string => {
    cuts += 1;
    void database.cut();
    return site.world.newId();
  };
  await expect(makeDrain({ ...site.world, newId }).once()).rejects.toSatisfy(isOutage);
  expect(cuts).toBe(1);

  await database.mend();
  expect(await site.stored(webhookId)).toMatchObject({
    state: 'ready',
    attempts: 0,
    outcome: null,
  });
  await site.drain();
  expect(await site.stored(webhookId)).toMatchObject({ state: 'done', outcome: 'taken-in' });
});
