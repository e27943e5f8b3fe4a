import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberLedger } from '../../app/queries/member-ledger.ts';
import { nothingOf } from '../../app/domain/points/explanation.ts';
import { memberPage } from '../../app/queries/member-page.ts';
import { writeAudit } from '../../app/storage/audit/write-audit.ts';
import { inTransaction } from '../../app/storage/transaction.ts';
import { newestEntries } from '../../app/queries/newest-entries.ts';
import { storefrontMember } from '../../app/queries/storefront-member.ts';
import type { World } from '../../app/world.ts';
import { programme } from '../domain/fixtures.ts';
import { newEntry, newMember, newShop, NOW, readingWorld } from '../support/shop-rows.ts';

let world: World;
beforeAll(async () => {
  world = await readingWorld();
});
afterAll(() => world.close());

const JOINED = {
  rule: 'fixed',
  programmeVersion: 1,
  ruleName: 'Joining',
  because: 'joined',
  points: 10,
};

describe('one member', () => {
  it('is nobody in another shop, and for what is no id', async () => {
    const { id } = await newShop(world);
    const { id: other } = await newShop(world);
    const memberId = await newMember(world, id);
    expect(await memberPage(world, id, memberId)).toMatchObject({ id: memberId });
    expect(await memberPage(world, other, memberId)).toBeNull();
    for (const wrong of ['', '1', "' OR true", memberId.toUpperCase().replace(/./, 'z')]) {
      expect(await memberPage(world, id, wrong)).toBeNull();
    }
  });

  it('has each order’s answer, also when it earned nothing', async () => {
    const { id } = await newShop(world);
    const memberId = await newMember(world, id);
    await world.prisma.order.create({
      data: {
        shopId: BigInt(id),
        orderId: 9223372036854775807n,
        memberId,
        name: '#1',
        placedAt: new Date(0),
        totalMinor: 4995n,
        currency: 'EUR',
        facts: { snapshot: { source: 'pos' } },
      },
    });
    const order = { programmeVersion: 0, ruleName: '', currency: 'EUR' };
    const nothing = nothingOf(order, 'no-programme');
    await newAward(id, memberId, {
      sourceKind: 'order',
      sourceId: '9223372036854775807',
      ruleKey: '-',
      explanation: nothing,
    });
    expect((await memberPage(world, id, memberId))?.orders).toEqual([
      {
        orderId: '9223372036854775807',
        name: '#1',
        placedAt: 0,
        totalMinor: 4995,
        currency: 'EUR',
        state: 'unknown',
        channel: 'pos',
        awards: [{ ruleKey: '-', points: 0, explanation: nothing }],
      },
    ]);
  });

  it('shows the points that an audit line is about, and no more of its content', async () => {
    const { id } = await newShop(world);
    const memberId = await newMember(world, id);
    await inTransaction(world.db(id), (client) =>
      writeAudit(client, id, {
        id: world.newId(),
        at: new Date(0),
        actor: 'staff:1',
        action: 'adjusted',
        subject: `member:${memberId}`,
        requestKey: null,
        content: { points: 50, note: 'private' },
      }),
    );
    const page = await memberPage(world, id, memberId);
    expect(page?.audit).toMatchObject([{ actor: 'staff:1', action: 'adjusted', points: 50 }]);
    expect(JSON.stringify(page?.audit)).not.toContain('private');
  });
});

describe('the ledger', () => {
  it('goes back page by page, and explains a step by the award it belongs to', async () => {
    const { id } = await newShop(world);
    const memberId = await newMember(world, id);
    for (let seq = 1; seq <= 60; seq += 1) {
      await newEntry(world, id, memberId, seq, {
        sourceKind: 'join',
        sourceId: 'member',
        ruleKey: 'join',
      });
    }
    await newAward(id, memberId, {
      sourceKind: 'join',
      sourceId: 'member',
      ruleKey: 'join',
      explanation: JOINED,
    });
    const first = await memberLedger(world, id, memberId, null);
    expect(first.lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => 60 - i));
    expect(first.lines[0]).toMatchObject({ said: { rule: 'step' }, because: JOINED });
    const second = await memberLedger(world, id, memberId, first.next);
    expect(second.lines.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(second.next).toBeNull();
  });

  it('is told as it happened, whenever it was written, and page by page', async () => {
    const { id } = await newShop(world);
    const memberId = await newMember(world, id);
    // Written 1 to 60; 60 happened first, two at a time.
    for (let seq = 1; seq <= 60; seq += 1) {
      const occurredAt = new Date(NOW - Math.ceil(seq / 2) * 60_000);
      await newEntry(world, id, memberId, seq, { occurredAt });
    }
    const first = await memberLedger(world, id, memberId, null);
    const second = await memberLedger(world, id, memberId, first.next);
    const told = [...first.lines, ...second.lines].map(({ seq }) => seq);
    expect(told.slice(0, 4)).toEqual([2, 1, 4, 3]);
    expect(told.slice(48, 52)).toEqual([50, 49, 52, 51]);
    expect([first.lines.length, told.length, new Set(told).size]).toEqual([50, 60, 60]);
    expect(second.next).toBeNull();
    expect((await memberLedger(world, id, memberId, 'nonsense')).lines).toHaveLength(50);
  });

  it('shows an entry whose explanation is of a later version', async () => {
    const { id } = await newShop(world);
    const memberId = await newMember(world, id);
    await newEntry(world, id, memberId, 1, { explanation: { rule: 'horoscope' } });
    const { lines } = await memberLedger(world, id, memberId, null);
    expect(lines).toMatchObject([
      { seq: 1, said: null, because: null, unreadable: true, points: 10 },
    ]);
  });

  it('says what points were spent on: a reward, a freeze, a play, each by its name', async () => {
    const { id } = await newShop(world);
    const memberId = await newMember(world, id);
    const terms: object = programme({
      streaks: [{ key: 'daily', name: 'Tea time', enabled: true, of: ['visit'] }],
    });
    await world.prisma.programmeVersion.create({
      data: {
        ...{ shopId: BigInt(id), version: 1, publishedBy: 'test' },
        ...{ publishedAt: new Date(0), effectiveAt: new Date(0), document: terms },
      },
    });
    // A wheel that no version knows any more goes by its key.
    const purposes = ['streak-freeze:daily', 'game:old-wheel', 'five-off'];
    for (const [index, purpose] of purposes.entries()) {
      const redemptionId = world.newId();
      await world.prisma.redemption.create({
        data: {
          ...{ shopId: BigInt(id), id: redemptionId, memberId, requestKey: purpose, purpose },
          ...{ points: 10n, state: 'captured', held: [], heldPoints: 10n },
          ...{ reservedAt: new Date(NOW), capturedAt: new Date(NOW) },
        },
      });
      await newEntry(world, id, memberId, index + 1, {
        ...{ kind: 'redeem', fromAccount: 'available', toAccount: 'redeemed', lot: 1 },
        ...{ sourceKind: 'redemption', sourceId: redemptionId, ruleKey: 'redemption' },
        explanation: { rule: 'step', step: 'reserve' },
      });
    }
    await newEntry(world, id, memberId, 4);
    const { lines } = await memberLedger(world, id, memberId, null);
    expect(lines.map(({ spentOn, unreadable }) => ({ spentOn, unreadable }))).toEqual([
      { spentOn: null, unreadable: false },
      { spentOn: { of: 'reward', name: 'five-off' }, unreadable: false },
      { spentOn: { of: 'play', name: 'old-wheel' }, unreadable: false },
      { spentOn: { of: 'freeze', name: 'Tea time' }, unreadable: false },
    ]);
  });

  it('on the home page leaves out what only became available, and names the order', async () => {
    const { id } = await newShop(world);
    const memberId = await newMember(world, id, { name: 'Ada' });
    await world.prisma.order.create({
      data: { shopId: BigInt(id), orderId: 1001n, memberId, name: '#1001' },
    });
    await newEntry(world, id, memberId, 1, { toAccount: 'pending' });
    await newEntry(world, id, memberId, 2, { kind: 'mature', fromAccount: 'pending', lot: 1 });
    expect(await newestEntries(world, id, 5)).toMatchObject([
      { seq: 1, memberName: 'Ada', sourceName: '#1001' },
    ]);
  });
});

describe('what a shopper sees of themselves', () => {
  it('is the balance less what is owed', async () => {
    const { id } = await newShop(world);
    await newMember(world, id, { customerId: 7n, debt: 30n, pending: 5n, tierKey: 'gold' });
    expect((await storefrontMember(world, id, '7')).member).toEqual({
      points: -30,
      pending: 5,
      tier: { key: 'gold', since: null },
    });
  });

  it('is nothing for another shop’s customer, and for one who is gone', async () => {
    const { id } = await newShop(world);
    const { id: other } = await newShop(world);
    await newMember(world, other, { customerId: 7n });
    await newMember(world, id, { customerId: 8n, state: 'deleted' });
    expect((await storefrontMember(world, id, '7')).member).toBeNull();
    expect((await storefrontMember(world, id, '8')).member).toBeNull();
  });
});

async function newAward(
  shopId: string,
  memberId: string,
  award: { sourceKind: string; sourceId: string; ruleKey: string; explanation: object },
): Promise<void> {
  await world.prisma.award.create({
    data: {
      shopId: BigInt(shopId),
      memberId,
      programmeVersion: 1,
      posted: 0n,
      steps: [],
      qualifies: true,
      occurredAt: new Date(0),
      ...award,
    },
  });
}
