/** Shops of a test's own with the rows it needs, for tests of what only reads. */
import { patientPool } from './patience.ts';
import { testDatabaseUrl } from './test-database.ts';
import { readConfig } from '../../app/config.server.ts';
import { makeWorld } from '../../app/world.ts';
import type { World } from '../../app/world.ts';

export const NOW = Date.parse('2026-11-20T12:00:00Z');

/** A world in which it is always noon, on this worker's database unless it is said to be another. */
export async function readingWorld(databaseUrl?: string): Promise<World> {
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl ?? (await testDatabaseUrl()),
    SHOPIFY_API_KEY: 'key',
    SHOPIFY_API_SECRET: 'secret',
    SHOPIFY_APP_URL: 'https://app.test',
    LOG_LEVEL: 'silent',
  });
  const world = makeWorld(config, patientPool(4, 'laurel-test'));
  return { ...world, now: () => NOW };
}

let shops = 0;

export async function newShop(world: World): Promise<{ id: string; domain: string }> {
  shops += 1;
  const id = `${process.pid}${Date.now()}${shops}`.slice(-15);
  const domain = `rows-${id}.myshopify.com`;
  await world.prisma.shop.create({
    data: {
      id: BigInt(id),
      domain,
      state: 'installed',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      installedAt: new Date(NOW),
    },
  });
  return { id, domain };
}

type MemberRow = Partial<{
  customerId: bigint;
  state: string;
  name: string;
  email: string;
  available: bigint;
  pending: bigint;
  debt: bigint;
  earnedTotal: bigint;
  tierKey: string;
  customerCreatedAt: Date;
  enrolledAt: Date;
}>;

export async function newMember(
  world: World,
  shopId: string,
  member: MemberRow = {},
): Promise<string> {
  const id = world.newId();
  await world.prisma.member.create({
    data: { shopId: BigInt(shopId), id, enrolledAt: new Date(NOW), ...member },
  });
  return id;
}

type EntryRow = Partial<{
  kind: string;
  fromAccount: string;
  toAccount: string;
  points: bigint;
  lot: number | null;
  sourceKind: string;
  sourceId: string;
  ruleKey: string;
  explanation: object;
  occurredAt: Date;
  recordedAt: Date;
}>;

/** An entry that earned 10 points for an order, unless it is said to be another. */
export async function newEntry(
  world: World,
  shopId: string,
  memberId: string,
  seq: number,
  entry: EntryRow = {},
): Promise<void> {
  await world.prisma.entry.create({
    data: {
      shopId: BigInt(shopId),
      memberId,
      seq,
      key: `entry-${seq}`,
      kind: 'earn',
      fromAccount: 'issued',
      toAccount: 'available',
      points: 10n,
      lot: seq,
      sourceKind: 'order',
      sourceId: '1001',
      ruleKey: 'order',
      explanation: { rule: 'step', step: 'earn' },
      occurredAt: new Date(NOW),
      recordedAt: new Date(NOW),
      // Rows for pages that only read: no chain is proved over them.
      hash: Buffer.alloc(32),
      ...entry,
    },
  });
}

type DeliveryRow = Partial<{
  topic: string;
  subject: string;
  state: string;
  outcome: string;
  body: string;
  receivedAt: Date;
}>;

/** @returns its webhook id */
export async function newDelivery(
  world: World,
  shopId: string,
  { body = '{}', ...delivery }: DeliveryRow = {},
): Promise<string> {
  const webhookId = world.newId();
  await world.prisma.delivery.create({
    data: {
      shopId: BigInt(shopId),
      webhookId,
      shopDomain: 'rows.myshopify.com',
      topic: 'orders/create',
      subject: 'order:1',
      lane: 0,
      receivedAt: new Date(NOW),
      ...delivery,
      body: Buffer.from(body),
    },
  });
  return webhookId;
}
