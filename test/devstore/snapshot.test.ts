import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDevstore } from '../../devstore/start.ts';
import { Autosave } from '../../devstore/state/snapshot.ts';
import { runningShopify } from './running-shopify.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-shopify-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a second start finds the shops, the tokens and the webhooks on their way', async () => {
  const first = await runningShopify({ dataDir: folder });
  const token = await first.accessToken();
  const customer = first.store.createCustomer({ email: 'kept@example.com' });
  await first.devstore.courier.settled();
  await first.control('POST', '/webhooks/hold', {});
  await first.control('PATCH', '/customers/kept@example.com', { note: 'told later' });
  const shops = JSON.stringify(first.store.records());
  const nextId = first.store.ids.snapshot();
  await first.close();

  const second = await runningShopify({ dataDir: folder });
  expect(JSON.stringify(second.store.records())).toBe(shops);
  expect(second.store.ids.snapshot()).toEqual(nextId);
  expect((await second.graphql('{ shop { name } }', {}, token)).errors).toBeUndefined();
  expect(second.store.findCustomerByEmail('kept@example.com')?.id).toBe(customer.id);
  await second.devstore.courier.settled({ retries: true });
  // It was held for the first app, whose port is gone; the second one hears it.
  expect(second.app.topics()).toEqual(['customers/update']);
  await second.close();
  expect(readdirSync(folder)).toEqual(['devstore.json']);
});

test('a state that cannot be read stops the start and is left alone', async () => {
  writeFileSync(join(folder, 'devstore.json'), '{"version":1,');
  await expect(runningShopify({ dataDir: folder })).rejects.toThrow(
    /Delete it to start with new shops/,
  );
});

test.each([
  // What a write takes, and when the change after it is written: 20 × 200 = 4,000; at least 1,500, at most 10,000.
  [200, 4_000],
  [10, 1_500],
  [3_000, 10_000],
])('after a write that took %i ms the next change is written in %i ms', (took, after) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let [elapsed, writes] = [0, 0];
    const write = (): void => {
      elapsed += took;
      writes += 1;
    };
    const autosave = new Autosave(write, 1_500, () => elapsed);
    autosave.touch();
    vi.advanceTimersByTime(1_500);
    expect(writes).toBe(1);
    autosave.touch();
    vi.advanceTimersByTime(after - 1);
    expect(writes).toBe(1);
    vi.advanceTimersByTime(1);
    expect(writes).toBe(2);
    autosave.touch();
    autosave.close();
    expect(writes).toBe(3);
    vi.advanceTimersByTime(20_000);
    expect(writes).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});

test('a taken port is named, and the ports before it are given back', async () => {
  const first = await runningShopify();
  const taken = Number(new URL(first.devstore.addresses.control).port);
  const start = (basePort: number) =>
    startDevstore({
      basePort,
      appUrl: 'http://localhost:1',
      apiKey: 'k',
      apiSecret: 's',
      dataDir: null,
      seed: { kind: 'bare' },
    });
  await expect(start(taken)).rejects.toThrow(`Port ${taken} is taken.`);
  await first.close();
});
