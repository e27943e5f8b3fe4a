/**
 * The proof of the books finds what was damaged behind the application's back, and nothing else; a
 * rebuild mends what follows from the ledger and the facts, and leaves the ledger as it is.
 */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proveShop } from '../../app/operations/prove-shop.ts';
import { booksOf } from '../support/road.ts';
import { ada, ben, found, ofAda, openTwo, rebuild, road } from '../support/two-members.ts';

beforeEach(openTwo);
afterEach(() => road.close());

describe('damage behind the books', () => {
  it('is not there when nothing was damaged, and a rebuild then writes nothing', async () => {
    expect(await found()).toEqual([]);
    const totals = await proveShop(road.world, road.shopId, {
      found: () => undefined,
      punctual: true,
    });
    const [row] = await road.query<{ members: number; entries: number; owed: number }>(
      `SELECT count(*)::int AS members, sum(last_seq)::int AS entries, sum(available + pending - debt)::int AS owed
        FROM members WHERE shop_id = $1`,
      [road.shopId],
    );
    expect(totals).toEqual({
      ...{ members: row?.members, entries: row?.entries, outstanding: row?.owed, differences: 0 },
    });
    const before = await road.query(`SELECT xmin::text, id FROM members ORDER BY id`);
    expect(await rebuild()).toEqual({ mended: [], left: [] });
    expect(await road.query(`SELECT xmin::text, id FROM members ORDER BY id`)).toEqual(before);
  });

  it('to a balance, a lot, an award, a tier, progress or a standing is found just there, and mended from entries and facts', async () => {
    const books = await booksOf(road);
    await ofAda(`UPDATE members SET available = available + 7 WHERE shop_id = $1 AND id = $2`);
    expect(await found()).toEqual([
      "I1 ada points in the programme's accounts",
      'I2 ada available by entries',
      'I4 ada available by lots',
    ]);
    expect((await rebuild()).left).toEqual([]);

    await ofAda(`DELETE FROM lots WHERE shop_id = $1 AND member_id = $2 AND state = 'pending'`);
    expect(await found()).toEqual([
      'I12 ada next due',
      'I4 ada pending by lots',
      expect.stringMatching(/^I5 ada lot \d+$/),
      expect.stringMatching(/^I5 ada lot \d+$/),
      expect.stringMatching(/^I5 ada source of lot \d+$/),
      expect.stringMatching(/^I5 ada source of lot \d+$/),
    ]);
    expect((await rebuild()).left).toEqual([]);

    const [award] = await road.query<{ source_id: string }>(
      `UPDATE awards SET posted = posted + 5 WHERE shop_id = $1 AND member_id = $2 AND source_kind = 'join'
        RETURNING source_id`,
      [road.shopId, ben],
    );
    expect(award).toBeDefined();
    expect(await found()).toEqual([
      expect.stringMatching(/^I8 ben award join member join by entries/),
      expect.stringMatching(/^I8 null award join member /),
    ]);
    expect((await rebuild()).left).toEqual([]);

    await ofAda(
      `UPDATE members SET tier_key = 'gold', tier_due_at = now() WHERE shop_id = $1 AND id = $2`,
    );
    await ofAda(`DELETE FROM progress WHERE shop_id = $1 AND member_id = $2 AND key = 'tier'`);
    expect(await found()).toEqual([
      'I12 ada end of the term',
      'I12 ada progress tier',
      'I12 ada tier',
    ]);
    expect((await rebuild()).left).toEqual([]);

    await ofAda(
      `UPDATE orders SET standing = jsonb_set(standing::jsonb, '{counts}', 'false') WHERE shop_id = $1 AND member_id = $2`,
    );
    expect(await found()).toEqual([
      expect.stringMatching(/^I8 ada standing of order \d+$/),
      expect.stringMatching(/^I8 ada standing of order \d+$/),
    ]);
    expect((await rebuild()).left).toEqual([]);

    expect(await found()).toEqual([]);
    expect(await booksOf(road)).toEqual(books);
  });

  it('to the memory of an award is mended from the keys of its entries, so that nothing is paid twice', async () => {
    const books = await booksOf(road);
    await ofAda(
      `DELETE FROM awards WHERE shop_id = $1 AND member_id = $2 AND source_kind = 'order'`,
    );
    expect(
      (await found()).filter((line) => line.startsWith('I8 ada entry that is missing')),
    ).not.toEqual([]);
    const { left } = await rebuild();
    expect(left).toEqual([]);
    expect(await found()).toEqual([]);
    expect(await booksOf(road)).toEqual(books);
  });

  it('of one member is mended alone, where that is asked for', async () => {
    await road.query(`UPDATE members SET pending = pending + 1 WHERE shop_id = $1`, [road.shopId]);
    expect((await rebuild(ada)).mended.every((line) => line.includes(' ada '))).toBe(true);
    const after = await found();
    expect(after.every((line) => line.includes(' ben '))).toBe(true);
    expect(after).toHaveLength(3);
  });
});

describe('the ledger itself', () => {
  it('refuses to be changed, by trigger and by privilege (I11)', async () => {
    await expect(
      ofAda(`UPDATE entries SET points = 1 WHERE shop_id = $1 AND member_id = $2`),
    ).rejects.toThrow('entries is append only');
    await expect(ofAda(`DELETE FROM audit WHERE shop_id = $1 AND actor <> $2`)).rejects.toThrow(
      'audit is append only',
    );
    await road.query(`ALTER TABLE entries DISABLE TRIGGER entries_append_only`);
    await road.query(`GRANT UPDATE ON entries TO PUBLIC`);
    expect(await found()).toEqual([
      'I11 null privilege to change entries',
      'I11 null trigger entries_append_only',
    ]);
  });

  it('tells which entry was changed behind the triggers’ back, and a rebuild does not touch it', async () => {
    await road.query(`SET session_replication_role = replica; UPDATE entries SET explanation = '{"rule": "step", "step": "gift"}'
      WHERE shop_id = ${road.shopId} AND member_id = '${ada}' AND seq = 2; SET session_replication_role = origin`);
    expect(await found()).toEqual(['I11 ada hash of entry 2']);
    expect(await rebuild()).toEqual({ mended: [], left: ['I11 ada hash of entry 2'] });
    expect(await found()).toEqual(['I11 ada hash of entry 2']);
  });

  it('tells when the last entry was taken away, though the balances were made to fit', async () => {
    await road.query(`SET session_replication_role = replica; DELETE FROM lots l USING entries e
      WHERE l.shop_id = ${road.shopId} AND e.shop_id = ${road.shopId} AND l.member_id = '${ada}' AND e.member_id = '${ada}'
        AND e.source_kind = 'adjustment' AND l.lot = e.seq;
      DELETE FROM entries WHERE shop_id = ${road.shopId} AND member_id = '${ada}' AND source_kind = 'adjustment';
      UPDATE members SET available = available - 40, last_seq = last_seq - 1 WHERE shop_id = ${road.shopId} AND id = '${ada}';
      SET session_replication_role = origin`);
    const told = ['I11 ada hash of head', 'I8 ada award adjustment once adjustment by entries'];
    expect(await found()).toEqual(told);
    // What follows from a ledger that is not whole is not written anew: it would be wrong, too.
    const before = await booksOf(road);
    expect(await rebuild()).toEqual({ mended: [], left: told });
    expect(await booksOf(road)).toEqual(before);
  });

  it('is chained by the SHA-256 of what went before and of a text of its content', async () => {
    const rows = await road.query<Record<string, string | number | null>>(
      `SELECT shop_id::text, member_id, seq, key, kind, from_account, to_account, points::int, lot, source_kind, source_id,
          rule_key, programme_version, explanation::text, (extract(epoch FROM occurred_at) * 1000)::bigint::text AS occurred,
          (extract(epoch FROM recorded_at) * 1000)::bigint::text AS recorded, encode(hash, 'hex') AS hash
        FROM entries WHERE shop_id = $1 AND member_id = $2 ORDER BY seq`,
      [road.shopId, ada],
    );
    expect(rows.length).toBeGreaterThan(4);
    let head = Buffer.alloc(0);
    for (const row of rows) {
      const texts = ['key', 'source_kind', 'source_id', 'rule_key'].map((name) =>
        String(row[name]),
      );
      const content = [
        ...[row['shop_id'], row['member_id'], row['seq'], row['kind'], row['from_account']],
        ...[row['to_account'], row['points'], row['lot'] ?? 0, row['programme_version'] ?? 0],
        ...[row['occurred'], row['recorded'], ...texts.flatMap((text) => [text.length, text])],
        row['explanation'],
      ].join(' ');
      head = createHash('sha256').update(head).update(content).digest();
      expect(head.toString('hex')).toBe(row['hash']);
    }
  });

  it('and the audit beside it tell a line that was changed or is gone', async () => {
    await road.query(`SET session_replication_role = replica; UPDATE audit SET content = '{"points": 4000}'
      WHERE shop_id = ${road.shopId} AND action = 'adjusted'; SET session_replication_role = origin`);
    expect(await found()).toEqual([expect.stringMatching(/^I11 null hash of audit line \d+$/)]);
  });
});
