/** Damage that no sum shows: what cannot be read, what belongs to another, and what nobody would look at again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proveShop } from '../../app/operations/prove-shop.ts';
import { booksOf } from '../support/road.ts';
import { ada, ben, found, ofAda, openTwo, rebuild, road } from '../support/two-members.ts';

beforeEach(openTwo);
afterEach(() => road.close());

describe('damage', () => {
  it('that nobody can read is told of its member, and keeps no other from being proved and mended', async () => {
    await ofAda(
      `UPDATE orders SET facts = '{"snapshot": {"placedAt": 1}}' WHERE shop_id = $1 AND member_id = $2`,
    );
    await road.query(
      `UPDATE awards SET allowance = '{}' WHERE shop_id = $1 AND member_id = $2 AND source_kind = 'order'`,
      [road.shopId, ben],
    );
    await road.query(`UPDATE members SET pending = pending + 1 WHERE shop_id = $1 AND id = $2`, [
      road.shopId,
      ben,
    ]);
    const unreadable = 'what follows from entries and facts';
    expect(await found()).toEqual([`I12 ada ${unreadable}`, `I12 ben ${unreadable}`]);
    const { mended, left } = await rebuild();
    // What an award knew of limits is asked for anew; what an order was, nobody can tell.
    expect(mended).toEqual([`I12 ben ${unreadable}`]);
    expect(left).toEqual([`I12 ada ${unreadable}`]);
    expect(await found()).toEqual([`I12 ada ${unreadable}`]);
  });

  it('to what is known of an order is no reason to forget what followed from it', async () => {
    const books = await booksOf(road);
    await ofAda(`UPDATE orders SET facts = '{}' WHERE shop_id = $1 AND member_id = $2`);
    const told = await found();
    expect(told.filter((line) => line.includes('standing of order'))).toHaveLength(2);
    expect((await rebuild()).mended).toEqual([]);
    expect(await found()).toEqual(told);
    expect(await booksOf(road)).toEqual(books);
  });

  it('to what only the calendar, the comparison with Shopify or a clawback would have noticed is found, and mended', async () => {
    const books = await booksOf(road);
    await ofAda(
      `UPDATE orders SET facts_at = facts_at + interval '9 days', state = 'deleted' WHERE shop_id = $1 AND member_id = $2`,
    );
    await ofAda(`UPDATE members SET decided_at = NULL WHERE shop_id = $1 AND id = $2`);
    await road.query(
      `UPDATE lots SET rule_key = 'other' WHERE shop_id = $1 AND member_id = $2 AND source_kind = 'join'`,
      [road.shopId, ben],
    );
    await ofAda(
      `UPDATE awards SET posted = 41, expired = 3 WHERE shop_id = $1 AND member_id = $2 AND source_kind = 'adjustment'`,
    );
    const told = await found();
    expect(told.filter((line) => !line.includes(' null '))).toEqual([
      'I12 ada decided about',
      'I5 ada expired of award adjustment once adjustment',
      expect.stringMatching(/^I5 ben source of lot \d+$/),
      'I8 ada award adjustment once adjustment by entries',
      expect.stringMatching(/^I8 ada columns of order \d+$/),
      expect.stringMatching(/^I8 ada columns of order \d+$/),
    ]);
    expect((await rebuild()).left).toEqual([]);
    await road.settle();
    expect(await found()).toEqual([]);
    expect(await booksOf(road)).toEqual(books);
  });

  it('by which an award became another member’s is found, though the shop’s sums fit', async () => {
    const books = await booksOf(road);
    const [moved] = await road.query<{ source_id: string }>(
      `UPDATE awards SET member_id = $3 WHERE shop_id = $1 AND member_id = $2 AND source_kind = 'order'
        AND source_id = (SELECT min(source_id) FROM awards WHERE member_id = $2 AND source_kind = 'order' AND posted > 0)
        RETURNING source_id`,
      [road.shopId, ada, ben],
    );
    const named = `award order ${moved?.source_id} order by entries`;
    expect(await found()).toEqual(expect.arrayContaining([`I8 ada ${named}`, `I8 ben ${named}`]));
    expect((await rebuild()).left).toEqual([]);
    expect(await found()).toEqual([]);
    expect(await booksOf(road)).toEqual(books);
  });

  it('to the nights is found by whoever asks for punctuality, and mended: else nobody would ever compare or prove', async () => {
    await road.query(`DELETE FROM night_jobs WHERE job = 'sweep'`);
    await road.query(`UPDATE night_jobs SET due_at = due_at + interval '1 year'`);
    const told: string[] = [];
    await proveShop(road.world, road.shopId, {
      found: (some) => void told.push(...some.map(({ law, figure }) => `${law} ${figure}`)),
      punctual: true,
    });
    expect(told).toEqual(['I10 night job prove', 'I10 night job sweep']);
    const { mended } = await rebuild();
    expect(mended).toEqual(['I10 null night job prove', 'I10 null night job sweep']);
    const nights = await road.query(
      `SELECT job FROM night_jobs WHERE due_at < $1::timestamptz + interval '1 day' ORDER BY job`,
      [new Date(road.world.now())],
    );
    expect(nights).toEqual([{ job: 'prove' }, { job: 'sweep' }]);
  });

  it('to the audit’s head, and a guard of draws that was switched off, are told', async () => {
    await road.query(`DELETE FROM audit_chains`);
    await road.query(`ALTER TABLE draws DISABLE TRIGGER draws_append_only`);
    const told = ['I11 null hash of audit head', 'I11 null trigger draws_append_only'];
    expect(await found()).toEqual(told);
    // A rebuild cannot mend either, and does not keep silent about it.
    expect(await rebuild()).toEqual({ mended: [], left: told });
  });
});
