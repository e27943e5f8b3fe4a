/**
 * Reads the shop's history after an installation: products, then customers, then orders, each by one
 * bulk operation, streamed into the inbox and so down the same road as a webhook. A worker that dies
 * begins its file again; what is in the inbox already is not stored twice.
 */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { AdminAccess } from './admin-access.ts';
import { storeFacts } from './store-facts.ts';
import type { FoundFacts } from './store-facts.ts';
import { ShopLeft, Throttled, Unreachable } from '../shopify/admin-client.ts';
import {
  askForHistory,
  HISTORY_SUBJECTS,
  historyState,
  readHistoryItem,
} from '../shopify/history.ts';
import type { HistoryItem, HistorySubject } from '../shopify/history.ts';
import { parseExactJson } from '../shopify/payloads/parse-json.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { isPassing } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const BATCH = 500;

export interface History {
  /** Takes every import one step further. @returns whether anything moved */
  readonly once: () => Promise<boolean>;
}

interface ImportRow {
  readonly shop_id: string;
  readonly subject: HistorySubject;
  readonly state: 'wanted' | 'asked' | 'reading';
  readonly bulk_operation_gid: string | null;
  readonly started_at: Date;
}

export function makeHistory(world: World, access: AdminAccess): History {
  return {
    once: async () => {
      const { rows } = await world.db(NOBODY).query<ImportRow>(
        `/* cross-shop: open-imports */ SELECT shop_id, subject, state, bulk_operation_gid, started_at FROM imports
          WHERE state IN ('wanted', 'asked', 'reading') ORDER BY shop_id LIMIT 300`,
      );
      let moved = false;
      for (const [shopId, imports] of Map.groupBy(rows, (row) => row.shop_id)) {
        const next = HISTORY_SUBJECTS.flatMap(
          (subject) => imports.find((row) => row.subject === subject) ?? [],
        )[0];
        if (next) moved = (await oneStep(world, access, shopId, next)) || moved;
      }
      return moved;
    },
  };
}

/** One worker at a time reads a shop's history. */
async function oneStep(
  world: World,
  access: AdminAccess,
  shopId: string,
  row: ImportRow,
): Promise<boolean> {
  const client = await world.db(shopId).connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('history ' || $1::text, 0)) AS taken`,
      [shopId],
    );
    if (!rows[0]?.taken) return false;
    try {
      return await take(world, access, shopId, row);
    } finally {
      await client.query(`SELECT pg_advisory_unlock(hashtextextended('history ' || $1::text, 0))`, [
        shopId,
      ]);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    world.log.warn({ shopId, subject: row.subject, reason }, 'the history could not be read on');
    const passing = error instanceof Throttled || error instanceof Unreachable || isPassing(error);
    if (error instanceof ShopLeft) access.forget(shopId);
    await change(
      world,
      shopId,
      row.subject,
      passing ? { detail: reason } : { state: 'failed', detail: reason },
    );
    return false;
  } finally {
    client.release();
  }
}

async function take(
  world: World,
  access: AdminAccess,
  shopId: string,
  row: ImportRow,
): Promise<boolean> {
  const admin = await access.of(shopId);
  if (row.state === 'wanted' || row.bulk_operation_gid === null) {
    const gid = await askForHistory(admin, row.subject);
    if (gid === null) return false;
    await change(world, shopId, row.subject, { state: 'asked', bulk_operation_gid: gid });
    return true;
  }
  const told = await historyState(admin, row.bulk_operation_gid);
  switch (told.state) {
    case 'running':
      await change(world, shopId, row.subject, { found: told.found });
      return false;
    case 'failed':
      await change(world, shopId, row.subject, { state: 'failed', detail: told.because });
      return true;
    case 'ready':
      await change(world, shopId, row.subject, {
        state: 'reading',
        found: told.found,
        taken_in: 0,
      });
      if (told.url !== null) await readFile(world, shopId, row, told.url);
      await change(world, shopId, row.subject, {
        state: 'finished',
        detail: null,
        finished_at: new Date(world.now()),
      });
      return true;
  }
}

async function readFile(world: World, shopId: string, row: ImportRow, url: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new Unreachable(`The file answered ${answer.status}`);
  let batch: HistoryItem[] = [];
  let takenIn = 0;
  const flush = async (): Promise<void> => {
    await takeItems(world, shopId, row, batch);
    takenIn += batch.length;
    batch = [];
    await change(world, shopId, row.subject, { taken_in: takenIn });
  };
  const lines = createInterface({ input: Readable.fromWeb(answer.body as WebStream) });
  for await (const item of itemsOf(lines)) {
    batch.push(item);
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
}

/** Children follow their root, or stand further down: Shopify promises only that each names its parent. */
async function* itemsOf(lines: AsyncIterable<string>): AsyncGenerator<HistoryItem> {
  let open: { root: Record<string, unknown>; children: Record<string, unknown>[] } | null = null;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const object = parseExactJson(line) as Record<string, unknown>;
    if (open && object['__parentId'] === open.root['id']) {
      open.children.push(object);
      continue;
    }
    if (open) yield open;
    open = { root: object, children: [] };
  }
  if (open) yield open;
}

async function takeItems(
  world: World,
  shopId: string,
  row: ImportRow,
  items: readonly HistoryItem[],
): Promise<void> {
  const run = row.started_at.getTime();
  const found: FoundFacts[] = [];
  const lookUps: string[] = [];
  for (const item of items) {
    const told = readHistoryItem(row.subject, item);
    if (told.kind === 'look-up-order') lookUps.push(told.orderId);
    else
      found.push({
        name: `import:${run}:${told.subject}:${itemId(item)}`,
        subject: told.subject,
        facts: told.facts,
      });
  }
  await storeFacts(world, shopId, found);
  await wantEffects(
    world.db(shopId),
    shopId,
    lookUps.map((orderId) => ({
      key: `look-up-order:${orderId}`,
      kind: 'look-up-order',
      memberId: null,
      payload: { orderId },
    })),
    new Date(world.now()),
  );
}

function itemId(item: HistoryItem): string {
  return typeof item.root['id'] === 'string' ? item.root['id'] : '';
}

async function change(
  world: World,
  shopId: string,
  subject: HistorySubject,
  columns: Readonly<Record<string, unknown>>,
): Promise<void> {
  const names = Object.keys(columns);
  await world.db(shopId).query(
    `UPDATE imports SET ${names.map((name, index) => `${name} = $${index + 3}`).join(', ')}
      WHERE shop_id = $1 AND subject = $2`,
    [shopId, subject, ...Object.values(columns)],
  );
}
