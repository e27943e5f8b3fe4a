/** Referrals of people who are merged or erased, and codes of their own (law 9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseCode } from '../../app/operations/referral-code.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { storefrontReferrals } from '../../app/queries/storefront-referrals.ts';
import {
  balance,
  buys,
  claim,
  codeOf,
  openFriends,
  passes,
  refunds,
  road,
  someone,
  webhook,
  withCode,
} from '../support/friends.ts';
import type { Person } from '../support/friends.ts';
import { memberOf, proof } from '../support/road.ts';

beforeAll(() => openFriends());
afterAll(() => road.close());

describe('merges and erasure', () => {
  it('of friend and member leave nobody to be rewarded; undone, both are as before', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await claim(kim, await codeOf(mina));
    await buys(kim);
    await passes(14);
    expect([await balance(mina), await balance(kim)]).toEqual([200, 100]);
    const [kept, gone] = [await memberOf(road, mina.id), await memberOf(road, kim.id)];
    const merged = await mergeByHand(road.world, {
      ...{ shopId: road.shopId, keptId: kept.id, goneId: gone.id },
      ...{ actor: 'Ada', reason: 'One person' },
    });
    expect(merged.ok).toBe(true);
    await road.settle();
    expect(await balance(mina)).toBe(0);
    expect(await proof(road)).toEqual([]);
    const [merge] = await road.query<{ id: string }>(
      `SELECT id FROM merges WHERE kept_member_id = $1`,
      [kept.id],
    );
    const undo = { shopId: road.shopId, mergeId: merge?.id ?? '', actor: 'Ada' };
    expect((await undoMerge(road.world, undo)).ok).toBe(true);
    await road.settle();
    expect([await balance(mina), await balance(kim)]).toEqual([200, 100]);
    expect(await proof(road)).toEqual([]);
  });

  it('of two members make one of their friends, and a code of either goes on working', async () => {
    const [mina, other, kim] = [await someone(), await someone(), await someone()];
    const code = await codeOf(other);
    await webhook('customers/merge', {
      admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${mina.id}`,
      admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${other.id}`,
      status: 'completed',
      errors: [],
    });
    await claim(kim, code);
    await buys(kim);
    await passes(14);
    expect(await balance(mina)).toBe(200);
  });

  it('of a friend leaves the prize, takes the traces, and tells no name', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await claim(kim, await codeOf(mina));
    const bought = await buys(kim);
    await passes(14);
    const { id } = await memberOf(road, kim.id);
    await webhook('customers/redact', {
      customer: { id: Number(kim.id), email: kim.email },
      orders_to_redact: [],
    });
    expect(await road.query(`SELECT 1 FROM referral_traces WHERE member_id = $1`, [id])).toEqual(
      [],
    );
    const advocate = await memberOf(road, mina.id);
    expect(await storefrontReferrals(road.world, road.shopId, advocate.id)).toMatchObject([
      { state: 'rewarded', name: null },
    ]);
    expect(await balance(mina)).toBe(200);
    await refunds(bought);
    expect(await balance(mina)).toBe(0);
    expect(await proof(road)).toEqual([]);
  });

  it('of who referred deletes their codes and keeps what the friend has', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const { id } = await memberOf(road, mina.id);
    const chosen = { shopId: road.shopId, memberId: id, code: `mina-${mina.id}` };
    expect(await chooseCode(road.world, chosen)).toEqual({ ok: true, code: `MINA-${mina.id}` });
    await buys(kim, withCode(`mina-${mina.id}`));
    await claim(kim, await codeOf(mina));
    const had = await balance(kim);
    await webhook('customers/redact', { customer: { id: Number(mina.id) }, orders_to_redact: [] });
    expect(await road.query(`SELECT 1 FROM referral_codes WHERE member_id = $1`, [id])).toEqual([]);
    const kept = await road.query(`SELECT facts FROM orders WHERE referral_code = $1`, [
      `MINA-${mina.id}`,
    ]);
    expect(kept).toEqual([]);
    await buys(kim);
    expect(await balance(kim)).toBe(had);
    expect(await proof(road)).toEqual([]);
  });
});

describe('a code of one’s own', () => {
  it('is one member’s in the shop, whatever its case, and old ones go on working', async () => {
    const [mina, noor, kim] = [await someone(), await someone(), await someone()];
    const first = await codeOf(mina);
    const member = async (who: Person) => (await memberOf(road, who.id)).id;
    const wish = { shopId: road.shopId, code: `tea-${mina.id}` };
    const ofMina = { ...wish, memberId: await member(mina) };
    expect(await chooseCode(road.world, ofMina)).toMatchObject({ ok: true });
    expect(
      await chooseCode(road.world, {
        ...{ ...wish, code: `TEA-${mina.id}` },
        memberId: await member(noor),
      }),
    ).toMatchObject({ refusal: { kind: 'taken' } });
    expect(await codeOf(mina)).toBe(`TEA-${mina.id}`);
    expect(await claim(kim, first)).toMatchObject({ ok: true });
    for (const number of [1, 2, 3, 4]) {
      await chooseCode(road.world, { ...ofMina, code: `more-${mina.id}-${number}` });
    }
    await passes(1);
    const sixth = await chooseCode(road.world, { ...ofMina, code: `six-${mina.id}` });
    expect(sixth).toMatchObject({ refusal: { kind: 'too-many' } });
    expect(await chooseCode(road.world, ofMina)).toMatchObject({ ok: true });
    expect(await codeOf(mina)).toBe(`TEA-${mina.id}`);
  });
});
