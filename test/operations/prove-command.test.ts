import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, API_SECRET, openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
beforeAll(async () => {
  road = await openRoad();
  await road.publish();
  await road.settle();
  road.clock.advance(60_000);
  const [variant] = [...road.store.products.values()].flatMap(({ variants: [one] }) => one ?? []);
  road.store.placeOrder({
    buyer: { email: 'cli@example.com', firstName: 'C', lastName: 'Li' },
    lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
  });
  await road.settle();
});
afterAll(() => road.close());

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE_URL: road.world.config.databaseUrl,
      SHOPIFY_API_KEY: API_KEY,
      SHOPIFY_API_SECRET: API_SECRET,
      SHOPIFY_APP_URL: 'http://localhost:1',
      LOG_LEVEL: 'silent',
    },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

const prove = (...args: string[]) => run('app/prove.server.ts', ...args);
const rebuild = (...args: string[]) => run('app/rebuild.server.ts', ...args);

describe('the commands', () => {
  it('find nothing in right books, find and mend what was damaged, and then find nothing again', async () => {
    const { domain } = road.store;
    const right = await prove();
    expect(right).toMatchObject({ code: 0, err: '' });
    expect(right.out).toMatch(
      new RegExp(`^${domain}: 1 members, \\d+ entries, \\d+ points outstanding: all right\\n$`),
    );

    await road.query(`UPDATE members SET available = available + 30`);
    const [member] = await road.query<{ id: string; available: string }>(
      `SELECT id, available FROM members`,
    );
    const is = Number(member?.available);
    const wrong = await prove('--shop', domain);
    expect(wrong.code).toBe(1);
    expect(wrong.out.split('\n').slice(0, 4)).toEqual([
      `${domain}: I1 member ${member?.id}: points in the programme's accounts: is ${is}, should be ${is - 30}`,
      `${domain}: I2 member ${member?.id}: available by entries: is ${is}, should be ${is - 30}`,
      `${domain}: I4 member ${member?.id}: available by lots: is ${is}, should be ${is - 30}`,
      expect.stringMatching(/: 3 differences$/),
    ]);

    const mended = await rebuild('--shop', domain);
    expect(mended).toMatchObject({ code: 0, err: '' });
    expect(mended.out).toContain(`${domain}: 1 members, 3 differences mended, 0 left`);
    expect((await prove('--shop', domain)).code).toBe(0);
  });

  it('say what they were not told, and change nothing', async () => {
    expect(await prove('--shop', 'nobody.myshopify.com')).toEqual({
      ...{ code: 2, out: '', err: 'There is no shop nobody.myshopify.com.\n' },
    });
    expect(await prove('--everything')).toMatchObject({ code: 2, out: '' });
    expect(await rebuild()).toMatchObject({ code: 2, err: 'Say which shop: --shop <domain>.\n' });
    const { domain } = road.store;
    expect(await rebuild('--shop', domain, '--member', '7')).toMatchObject({
      ...{ code: 2, err: "7 is no member's id.\n" },
    });
    const nobody = road.world.newId();
    expect(await rebuild('--shop', domain, '--member', nobody)).toMatchObject({
      ...{ code: 2, err: `${domain} has no member ${nobody}.\n` },
    });
  });
});
