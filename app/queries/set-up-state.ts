/** How far a shop is with setting Laurel up, as it stands now. */
import { importsOf } from './imports.ts';
import type { ImportState } from './imports.ts';
import type { World } from '../world.ts';

export interface SetUpState {
  readonly published: { readonly version: number; readonly at: number } | null;
  readonly inbox: {
    readonly lastReceivedAt: number | null;
    readonly ready: number;
    readonly waiting: number;
    readonly dead: number;
  };
  readonly imports: readonly ImportState[];
  readonly latestOrder: { readonly name: string | null; readonly placedAt: number } | null;
  readonly reviewsConnected: boolean;
  readonly dismissed: boolean;
}

/** The request key under which dismissing the checklist is remembered in the audit. */
const SET_UP_DISMISSED = 'set-up-dismissed';

export async function setUpState(world: World, shopId: string): Promise<SetUpState> {
  const { prisma } = world;
  const shop = { shopId: BigInt(shopId) };
  const [version, inbox, imports, order, integration, dismissal] = await Promise.all([
    prisma.programmeVersion.findFirst({
      where: shop,
      orderBy: { version: 'desc' },
      select: { version: true, publishedAt: true },
    }),
    inboxState(world, shopId),
    importsOf(world, shopId),
    prisma.order.findFirst({
      where: { ...shop, placedAt: { not: null } },
      orderBy: { placedAt: 'desc' },
      select: { name: true, placedAt: true },
    }),
    prisma.integration.findFirst({ where: shop, select: { provider: true } }),
    prisma.audit.findUnique({
      where: { shopId_requestKey: { ...shop, requestKey: SET_UP_DISMISSED } },
      select: { id: true },
    }),
  ]);
  return {
    published: version && { version: version.version, at: version.publishedAt.getTime() },
    inbox,
    imports,
    latestOrder: order?.placedAt ? { name: order.name, placedAt: order.placedAt.getTime() } : null,
    reviewsConnected: integration !== null,
    dismissed: dismissal !== null,
  };
}

/** Counted by the inbox' partial indexes, so the deliveries that are done cost nothing. */
export async function inboxState(world: World, shopId: string): Promise<SetUpState['inbox']> {
  const { rows } = await world.db(shopId).query<{
    received_at: Date | null;
    ready: string;
    waiting: string;
    dead: string;
  }>(
    `SELECT
      (SELECT received_at FROM deliveries WHERE shop_id = $1 ORDER BY id DESC LIMIT 1) AS received_at,
      (SELECT count(*) FROM deliveries WHERE shop_id = $1 AND state = 'ready') AS ready,
      (SELECT count(*) FROM deliveries WHERE shop_id = $1 AND state = 'waiting') AS waiting,
      (SELECT count(*) FROM deliveries WHERE shop_id = $1 AND state = 'dead') AS dead`,
    [shopId],
  );
  const [row] = rows;
  return {
    lastReceivedAt: row?.received_at?.getTime() ?? null,
    ready: Number(row?.ready ?? 0),
    waiting: Number(row?.waiting ?? 0),
    dead: Number(row?.dead ?? 0),
  };
}
