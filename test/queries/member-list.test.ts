import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberList } from '../../app/queries/member-list.ts';
import type { MemberSearch } from '../../app/queries/member-list.ts';
import type { World } from '../../app/world.ts';
import { newMember, newShop, readingWorld } from '../support/shop-rows.ts';

let world: World;
beforeAll(async () => {
  world = await readingWorld();
});
afterAll(() => world.close());

const ALL: MemberSearch = { text: '', tier: null, sort: 'points', after: null };

async function found(shopId: string, search: Partial<MemberSearch>): Promise<readonly string[]> {
  const { members } = await memberList(world, shopId, { ...ALL, ...search });
  return members.map(({ name }) => name ?? '');
}

describe('the list of members', () => {
  it('finds by a part of the name, the start of the e-mail, and the customer’s id', async () => {
    const { id: shopId } = await newShop(world);
    await newMember(world, shopId, {
      name: 'Ada Whitfield',
      email: 'Ada@Example.com',
      customerId: 9223372036854775807n,
    });
    await newMember(world, shopId, { name: 'Bo Ng', email: 'bo@example.com', customerId: 12n });
    expect(await found(shopId, { text: 'whit' })).toEqual(['Ada Whitfield']);
    expect(await found(shopId, { text: ' ada@ex ' })).toEqual(['Ada Whitfield']);
    expect(await found(shopId, { text: '9223372036854775807' })).toEqual(['Ada Whitfield']);
    expect(await found(shopId, { text: 'gid://shopify/Customer/12' })).toEqual(['Bo Ng']);
    expect(await found(shopId, { text: '99999999999999999999' })).toEqual([]);
  });

  it('takes signs that a pattern would use as they are written', async () => {
    const { id: shopId } = await newShop(world);
    await newMember(world, shopId, { name: 'Plain' });
    await newMember(world, shopId, { name: 'Fifty_50%' });
    for (const text of ['%', '_', '50%', "'; DROP TABLE members; --", '\\']) {
      const expected = 'Fifty_50%'.includes(text) ? ['Fifty_50%'] : [];
      expect(await found(shopId, { text })).toEqual(expected);
    }
  });

  it('leads from a customer that was merged away to the member who has the points', async () => {
    const { id: shopId } = await newShop(world);
    const memberId = await newMember(world, shopId, { name: 'Kept', customerId: 1n });
    await world.prisma.memberAlias.create({
      data: { shopId: BigInt(shopId), customerId: 2n, memberId, mergedAt: new Date() },
    });
    expect(await found(shopId, { text: '2' })).toEqual(['Kept']);
  });

  it('shows no member of another shop, and none who left', async () => {
    const { id: shopId } = await newShop(world);
    const { id: other } = await newShop(world);
    await newMember(world, other, { name: 'Foreign', customerId: 5n });
    await newMember(world, shopId, { name: 'Merged', state: 'merged' });
    await newMember(world, shopId, { name: 'Here' });
    expect(await found(shopId, {})).toEqual(['Here']);
    expect(await found(shopId, { text: '5' })).toEqual([]);
    expect(await found(other, {})).toEqual(['Foreign']);
  });

  it('keeps to a tier, or to those below the first', async () => {
    const { id: shopId } = await newShop(world);
    await newMember(world, shopId, { name: 'Gold', tierKey: 'gold' });
    await newMember(world, shopId, { name: 'None' });
    expect(await found(shopId, { tier: 'gold' })).toEqual(['Gold']);
    expect(await found(shopId, { tier: '' })).toEqual(['None']);
  });

  it('says since when they are customers, and else since when they are members', async () => {
    const { id: shopId } = await newShop(world);
    const [early, late] = [new Date('2025-03-01T00:00:00Z'), new Date('2026-03-01T00:00:00Z')];
    const enrolledAt = new Date('2026-01-01T00:00:00Z');
    await newMember(world, shopId, { name: 'Regular', customerCreatedAt: early, enrolledAt });
    await newMember(world, shopId, { name: 'Unknown', enrolledAt });
    await newMember(world, shopId, { name: 'New', customerCreatedAt: late, enrolledAt });
    const { members } = await memberList(world, shopId, { ...ALL, sort: 'newest' });
    expect(members.map(({ name, since }) => [name, since])).toEqual([
      ['New', late.getTime()],
      ['Unknown', enrolledAt.getTime()],
      ['Regular', early.getTime()],
    ]);
  });

  it.each(['points', 'earned', 'newest'] as const)(
    'goes through all members once, page by page, by %s, also where many are equal',
    async (sort) => {
      const { id: shopId } = await newShop(world);
      const expected = new Set<string>();
      for (let index = 0; index < 120; index += 1) {
        const same = BigInt(index % 3);
        expected.add(
          await newMember(world, shopId, {
            available: same,
            earnedTotal: same,
            enrolledAt: new Date(1_700_000_000_000 + (index % 3)),
          }),
        );
      }
      const seen: string[] = [];
      const sizes: number[] = [];
      let after: string | null = null;
      do {
        const page = await memberList(world, shopId, { ...ALL, sort, after });
        seen.push(...page.members.map(({ id }) => id));
        sizes.push(page.members.length);
        after = page.next;
      } while (after !== null);
      expect(sizes).toEqual([50, 50, 20]);
      expect(seen.length).toBe(120);
      expect(new Set(seen)).toEqual(expected);
    },
  );

  it('sorts by what can be spent less what is owed', async () => {
    const { id: shopId } = await newShop(world);
    await newMember(world, shopId, { name: 'Owes', debt: 5n });
    await newMember(world, shopId, { name: 'Nothing' });
    await newMember(world, shopId, { name: 'Has', available: 3n });
    expect(await found(shopId, { sort: 'points' })).toEqual(['Has', 'Nothing', 'Owes']);
  });

  it('begins anew for a place that is no place', async () => {
    const { id: shopId } = await newShop(world);
    await newMember(world, shopId, { name: 'Here' });
    expect(await found(shopId, { after: "0_' OR 1=1" })).toEqual(['Here']);
  });
});
