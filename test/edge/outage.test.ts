import { afterEach, expect, test } from 'vitest';
import { breakableDatabase } from './breakable-database.ts';
import type { BreakableDatabase } from './breakable-database.ts';
import { openSite, sample, send } from './edge-site.ts';
import type { EdgeSite } from './edge-site.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import { testDatabaseUrl } from '../support/test-database.ts';

let database: BreakableDatabase;
let site: EdgeSite;

async function openBreakable(): Promise<void> {
  database = await breakableDatabase(await testDatabaseUrl());
  const patience = { bodyMs: 10_000, answerMs: 400, droppedRestMs: 500 };
  site = await openSite({ databaseUrl: database.url, patience });
}

afterEach(async () => {
  await database.mend();
  await site.close();
  await database.close();
});

const body = sample('2026-07/products_update.json');

test('While the database is down deliveries are refused with 503, and taken again afterwards', async () => {
  await openBreakable();
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
  await openBreakable();
  expect((await send(site, 'products/update', body)).status).toBe(200);
  database.silence();
  const started = performance.now();
  const { status, webhookId } = await send(site, 'products/update', body);
  expect(status).toBe(503);
  expect(performance.now() - started).toBeLessThan(2_000);

  await database.mend();
  const again = await send(site, 'products/update', body, { 'X-Shopify-Webhook-Id': webhookId });
  expect(again.status).toBe(200);
  expect(await site.stored(webhookId)).toBeDefined();
});

test('A database that goes away in the middle of a batch counts as nobody’s attempt', async () => {
  await openBreakable();
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
  await expect(makeDrain({ ...site.world, newId }).once()).rejects.toThrow(/terminated|ECONNRESET/);
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
