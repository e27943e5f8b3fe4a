/** The message that a shop has left, told when it is back already. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buys, iso, openFriends, road, someone, tell, webhook } from '../support/friends.ts';

beforeEach(() => openFriends());
afterEach(() => road.close());

async function told(topic: string, at: string): Promise<void> {
  await tell(topic, { id: Number(road.shopId), domain: road.store.domain }, at);
  await road.settle();
}

const state = async (): Promise<unknown> =>
  (await road.query(`SELECT state FROM shops WHERE id = $1`, [road.shopId]))[0]?.['state'];

it('ends nothing, and does not open the door to the erasure of a shop that is in use (law 7.4)', async () => {
  const left = iso();
  // Nobody here has heard of it yet; ten minutes later the merchant installs again, and customers come.
  road.clock.advance(600_000);
  await road.installAgain();
  const { id, email } = await someone();
  await buys({ id, email });
  const news = { id: Number(id), email, created_at: iso(), updated_at: iso() };
  await tell('customers/update', news, iso());
  await road.settle();
  road.clock.advance(3_600_000);
  await told('app/uninstalled', left);
  expect(await state()).toBe('installed');
  expect(await road.query(`SELECT 1 FROM sessions`)).toHaveLength(1);
  const outcomes = await road.query(
    `SELECT outcome FROM deliveries WHERE topic = 'app/uninstalled'`,
  );
  expect(outcomes).toEqual([{ outcome: 'shop-is-back' }]);
  const bye = { shop_id: Number(road.shopId), shop_domain: road.store.domain };
  await webhook('shop/redact', bye);
  expect(await road.query(`SELECT 1 FROM members`)).toHaveLength(1);

  // Control: when it really leaves, it has left, though an order was still on its way.
  road.clock.advance(60_000);
  const gone = iso();
  await tell('customers/update', { ...news, updated_at: iso() }, iso());
  await told('app/uninstalled', gone);
  expect(await state()).toBe('uninstalled');
  await webhook('shop/redact', bye);
  expect(await road.query(`SELECT 1 FROM members`)).toEqual([]);
});
