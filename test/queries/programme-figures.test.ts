import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programmeFigures } from '../../app/queries/programme-figures.ts';
import type { World } from '../../app/world.ts';
import { newEntry, newMember, newShop, readingWorld } from '../support/shop-rows.ts';

let world: World;
beforeAll(async () => {
  world = await readingWorld();
});
afterAll(() => world.close());

const at = (text: string): Date => new Date(text);

describe('the figures of the home page', () => {
  it('sum the members’ own figures, without those who left', async () => {
    const { id } = await newShop(world);
    await newMember(world, id, { available: 100n, pending: 20n, tierKey: 'gold' });
    await newMember(world, id, { debt: 7n });
    await newMember(world, id, { available: 999n, state: 'deleted' });
    const figures = await programmeFigures(world, id, 'Europe/Berlin');
    expect(figures).toMatchObject({ members: 2, available: 100, pending: 20, debt: 7 });
    expect(figures.byTier).toEqual(
      expect.arrayContaining([
        { tierKey: 'gold', members: 1 },
        { tierKey: null, members: 1 },
      ]),
    );
  });

  it('put each movement on the shop day on which it happened, and the thirty days before apart', async () => {
    // In Berlin it is 13:00 on 20 November; the thirty days begin on 22 October, in summer time.
    const { id } = await newShop(world);
    const member = await newMember(world, id);
    // All are recorded at noon, as an import records history.
    const earned = async (seq: number, points: bigint, occurredAt: Date): Promise<void> =>
      newEntry(world, id, member, seq, { points, occurredAt });
    await earned(1, 1n, at('2026-11-19T22:59:59Z')); // 19 November, 23:59:59
    await earned(2, 2n, at('2026-11-19T23:00:00Z')); // 20 November, 00:00
    await earned(3, 4n, at('2026-10-21T22:00:00Z')); // 22 October, 00:00: the first of the thirty
    await earned(4, 8n, at('2026-10-21T21:59:59Z')); // 21 October: the thirty before
    await earned(5, 16n, at('2026-09-21T21:00:00Z')); // 21 September: before all
    await newEntry(world, id, member, 6, {
      kind: 'reverse',
      fromAccount: 'available',
      toAccount: 'issued',
      points: 3n,
    });
    await newEntry(world, id, member, 7, { kind: 'adjust', fromAccount: 'adjusted', points: 500n });

    const { days, last30, before30 } = await programmeFigures(world, id, 'Europe/Berlin');
    expect(days).toHaveLength(30);
    expect(days[0]).toEqual({ day: '2026-10-22', earned: 4, takenBack: 0 });
    expect(days.at(-2)).toEqual({ day: '2026-11-19', earned: 1, takenBack: 0 });
    expect(days.at(-1)).toEqual({ day: '2026-11-20', earned: 2, takenBack: 3 });
    expect(last30).toEqual({ earned: 7, takenBack: 3 });
    expect(before30).toEqual({ earned: 8, takenBack: 0 });
  });

  it('know nothing of another shop', async () => {
    const { id } = await newShop(world);
    const { id: other } = await newShop(world);
    await newEntry(world, other, await newMember(world, other, { available: 10n }), 1);
    const figures = await programmeFigures(world, id, 'Europe/Berlin');
    expect(figures).toMatchObject({
      members: 0,
      available: 0,
      last30: { earned: 0, takenBack: 0 },
    });
  });
});
