import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstDraft } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { publishProgramme } from '../../app/operations/publish-programme.ts';
import { rollBackProgramme } from '../../app/operations/roll-back-programme.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { withdrawVersion } from '../../app/operations/withdraw-version.ts';
import { programmePage } from '../../app/queries/programme-page.ts';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

const DAY = 86_400_000;
let road: Road;
beforeEach(async () => {
  road = await openRoad();
  await road.publish(paying(1));
  await road.settle();
});
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

/** So many points for every 1.00, and nothing else. */
function paying(points: number): Partial<ProgrammeDocument> {
  const [order] = firstDraft('Road').earning;
  if (!order) throw new Error('The first draft has a rule for orders.');
  return {
    earning: [{ ...order, settings: { ...order.settings, points } }],
    tiers: { ...firstDraft('Road').tiers, levels: [] },
    ...{ badges: [], challenges: [] },
  };
}

async function plan(points: number, effectiveAt: number | null) {
  // Nothing is published in the very second of an order.
  road.clock.advance(60_000);
  const draft = await road.world.prisma.programmeDraft.findUniqueOrThrow({
    where: { shopId: BigInt(road.shopId) },
  });
  const saved = await saveDraft(road.world, {
    ...{ shopId: road.shopId, actor: 'test', revision: draft.revision },
    document: { ...firstDraft('Road'), ...paying(points) },
  });
  if (!saved.ok) throw new Error(saved.refusal.kind);
  return publishProgramme(road.world, {
    ...{ shopId: road.shopId, actor: 'test', revision: saved.revision, note: '' },
    effectiveAt,
  });
}

/** @returns what an order of whole tens, bought now, brings */
async function bought(): Promise<number> {
  const [product] = [...road.store.products.values()].filter(({ giftCard }) => !giftCard);
  const variantId = product?.variants[0]?.id ?? '';
  const buyer = { email: `b${road.store.orders.size}@road.example`, firstName: 'B' };
  const order = road.store.placeOrder({ buyer, lines: [{ variantId, quantity: 1 }] });
  await road.settle();
  return (await memberOf(road, order.customerId ?? '')).available;
}

async function states(): Promise<string[]> {
  const { versions } = await programmePage(road.world, road.shopId);
  return versions.map(({ version, state }) => `${version} ${state}`);
}

describe('a version for later', () => {
  it('pays from its moment on, and shows as planned until then', async () => {
    const once = await bought();
    expect(once).toBeGreaterThan(5);
    expect(await plan(2, road.world.now() + DAY)).toMatchObject({ ok: true, version: 2 });
    expect(await states()).toEqual(['2 scheduled', '1 in-force']);
    await road.settle();
    expect(await bought()).toBe(once);

    road.clock.advance(DAY + 1_000);
    await road.settle();
    expect(await states()).toEqual(['2 in-force', '1 past']);
    // floor(2 × base) is one more than twice floor(base) where the base has a half in it.
    expect(await bought()).toBeGreaterThanOrEqual(once * 2);
    const [mirrored] = await road.query<{ n: string }>(
      `SELECT count(*) AS n FROM effects WHERE key = 'look-at-everyone:2' AND state = 'done'`,
    );
    expect(Number(mirrored?.n)).toBe(1);
  });

  it('can be taken back before it, and not after', async () => {
    const once = await bought();
    await plan(2, road.world.now() + DAY);
    const wish = { shopId: road.shopId, actor: 'test' };
    expect(await withdrawVersion(road.world, { ...wish, version: 9 })).toEqual({
      ok: false,
      refusal: { kind: 'unknown-version' },
    });
    expect(await withdrawVersion(road.world, { ...wish, version: 1 })).toEqual({
      ok: false,
      refusal: { kind: 'in-force' },
    });
    expect(await withdrawVersion(road.world, { ...wish, version: 2 })).toEqual({ ok: true });
    expect(await withdrawVersion(road.world, { ...wish, version: 2 })).toEqual({ ok: true });
    road.clock.advance(2 * DAY);
    await road.settle();
    expect(await states()).toEqual(['2 withdrawn', '1 in-force']);
    expect(await bought()).toBe(once);
  });

  it('cannot be for the past, nor for a year that was mistyped', async () => {
    for (const at of [road.world.now() - 100_000, road.world.now() + 9_000 * DAY, Number.NaN]) {
      expect(await plan(2, at)).toEqual({ ok: false, refusal: { kind: 'bad-moment' } });
    }
    expect(await states()).toEqual(['1 in-force']);
  });
});

describe('going back to an older version', () => {
  it('makes a new one that says the same, keeps what was earned, and takes the draft along', async () => {
    const once = await bought();
    await plan(3, null);
    await road.settle();
    road.clock.advance(60_000);
    const thrice = await bought();
    expect(thrice).toBeGreaterThanOrEqual(once * 3);

    const wish = { shopId: road.shopId, actor: 'test' };
    road.clock.advance(60_000);
    expect(await rollBackProgramme(road.world, { ...wish, version: 1 })).toEqual({
      ok: true,
      version: 3,
    });
    await road.settle();
    expect(await states()).toEqual(['3 in-force', '2 past', '1 past']);
    expect(await bought()).toBe(once);
    const { draft, published } = await programmePage(road.world, road.shopId);
    expect(draft?.document).toEqual(published?.document);
    expect(await rollBackProgramme(road.world, { ...wish, version: 1 })).toEqual({
      ok: false,
      refusal: { kind: 'nothing-changed' },
    });
    expect(await rollBackProgramme(road.world, { ...wish, version: 77 })).toEqual({
      ok: false,
      refusal: { kind: 'unknown-version' },
    });
  });

  it('leaves a draft alone that somebody is working on', async () => {
    await plan(3, null);
    const draft = await road.world.prisma.programmeDraft.findUniqueOrThrow({
      where: { shopId: BigInt(road.shopId) },
    });
    const mine = { ...firstDraft('Road'), name: 'Half done' };
    await saveDraft(road.world, {
      ...{ shopId: road.shopId, actor: 'me', revision: draft.revision, document: mine },
    });
    await rollBackProgramme(road.world, { shopId: road.shopId, actor: 'test', version: 1 });
    const page = await programmePage(road.world, road.shopId);
    expect(page.draft).toMatchObject({ document: { name: 'Half done' }, editedBy: 'me' });
    expect(page.published?.version).toBe(3);
  });
});

describe('a draft that no database could keep as it is', () => {
  const save = async (document: unknown) => {
    const { revision } = await road.world.prisma.programmeDraft.findUniqueOrThrow({
      where: { shopId: BigInt(road.shopId) },
    });
    return saveDraft(road.world, { shopId: road.shopId, actor: 'test', revision, document });
  };
  const kept = async () =>
    (
      await road.query<{ name: string; revision: number }>(
        `SELECT document ->> 'name' AS name, revision FROM programme_drafts`,
      )
    )[0];

  it('is kept without the NUL and the half of a character in it', async () => {
    const name = 'Tea\u0000 club \uD83C';
    const saved = await save({ ...firstDraft('Road'), name });
    expect(saved).toMatchObject({ ok: true, faults: [] });
    expect(await kept()).toMatchObject({ name: 'Tea club \uFFFD' });
  });

  it('is not kept where it is deeper than any programme, and what was there stays', async () => {
    const before = await kept();
    let deep: unknown = 1;
    for (let at = 0; at < 50_000; at += 1) deep = { deep };
    const saved = await save({ ...firstDraft('Road'), surprise: deep });
    expect(saved).toEqual({ ok: false, refusal: { kind: 'too-large' } });
    expect(await kept()).toEqual(before);
  });
});
