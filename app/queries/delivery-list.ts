import { literally } from './literally.ts';
import type { DeliveryState } from '../domain/deliveries/delivery-state.ts';
import type { World } from '../world.ts';

export interface DeliverySearch {
  readonly state: DeliveryState | null;
  readonly topic: string | null;
  /** A webhook id, or what the delivery is about, e.g. "order:123". */
  readonly text: string;
  /** Deliveries before this id. */
  readonly before: string | null;
}

export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly topic: string;
  readonly subject: string;
  readonly receivedAt: number;
  readonly state: string;
  readonly attempts: number;
  readonly outcome: string | null;
  readonly detail: string | null;
}

export interface DeliveryListPage {
  readonly deliveries: readonly DeliveryRow[];
  readonly next: string | null;
}

const PAGE = 50;

/** Newest first, a page at a time by key. */
export async function deliveryList(
  { prisma }: World,
  shopId: string,
  { state, topic, text, before }: DeliverySearch,
): Promise<DeliveryListPage> {
  const wanted = text.trim();
  const rows = await prisma.delivery.findMany({
    where: {
      shopId: BigInt(shopId),
      ...(state !== null && { state }),
      ...(topic !== null && { topic }),
      ...(before !== null && { id: { lt: BigInt(before) } }),
      ...(wanted !== '' && {
        OR: [{ webhookId: wanted }, { subject: { startsWith: literally(wanted) } }],
      }),
    },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    select: {
      id: true,
      webhookId: true,
      topic: true,
      subject: true,
      receivedAt: true,
      state: true,
      attempts: true,
      outcome: true,
      detail: true,
    },
  });
  const shown = rows.slice(0, PAGE).map((row) => ({
    ...row,
    id: String(row.id),
    receivedAt: row.receivedAt.getTime(),
  }));
  return { deliveries: shown, next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null };
}

/** Topics among the newest few thousand deliveries, for the filter. */
export async function deliveryTopics(world: World, shopId: string): Promise<readonly string[]> {
  const { rows } = await world.db(shopId).query<{ topic: string }>(
    `SELECT DISTINCT topic FROM
      (SELECT topic FROM deliveries WHERE shop_id = $1 ORDER BY id DESC LIMIT 5000) newest
      ORDER BY topic`,
    [shopId],
  );
  return rows.map(({ topic }) => topic);
}
