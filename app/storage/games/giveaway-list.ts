/** The list of a giveaway's tickets: made once when it has ended, and drawn from. */
import type pg from 'pg';
import { createHash } from 'node:crypto';
import type { EpochId } from './epochs.ts';
import { hashing } from './hashing.ts';
import type { Route } from '../../domain/games/plays.ts';

/** Tickets from one place: a play, or an order. */
export type TicketSource = readonly [route: Route, ref: string, tickets: number];

export interface ListedHolder {
  readonly place: number;
  readonly memberId: string;
  readonly tickets: number;
  readonly sources: readonly TicketSource[];
}

/** By which shoppers find themselves in a list that names nobody. */
export function holderCode({ shopId, game, epoch }: EpochId, memberId: string): string {
  return hashing.sha256OfText(`holder ${shopId} ${game} ${epoch} ${memberId}`).slice(0, 20);
}

/** The next members who hold tickets, by their id. */
export async function holdersAfter(
  client: pg.PoolClient,
  { shopId, game, epoch }: EpochId,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ member_id: string }>(
    `SELECT member_id FROM (
        SELECT member_id FROM activities WHERE shop_id = $1 AND kind = 'draw' AND content ->> 'game' = $2
          AND content ->> 'epoch' = $3 AND content ->> 'as' = 'ticket' AND withdrawn_at IS NULL AND member_id > $4
        UNION
        SELECT member_id FROM progress WHERE shop_id = $1 AND kind = 'game' AND key = $5 AND have > 0 AND member_id > $4
      ) AS found ORDER BY member_id LIMIT $6`,
    [shopId, game, epoch, after, `game:${game}:${epoch}`, limit],
  );
  return rows.map((row) => row.member_id);
}

/** Rows of order tickets, by member: "orderId tickets" each. */
export async function orderTicketRows(
  db: pg.Pool | pg.PoolClient,
  shopId: string,
  key: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await db.query<{ member_id: string; counted: readonly string[] }>({
    name: 'order-tickets',
    text: `SELECT member_id, counted FROM progress
      WHERE shop_id = $1 AND kind = 'game' AND key = $2 AND member_id = ANY($3::uuid[])`,
    values: [shopId, key, memberIds],
  });
  return new Map(rows.map((row) => [row.member_id, row.counted]));
}

export async function insertHolders(
  client: pg.PoolClient,
  { shopId, game, epoch }: EpochId,
  holders: readonly ListedHolder[],
): Promise<void> {
  const rows = holders.map(({ place, memberId, tickets, sources }) => ({
    ...{ place, tickets, sources, member_id: memberId },
    holder: holderCode({ shopId, game, epoch }, memberId),
  }));
  await client.query(
    `INSERT INTO giveaway_holders (shop_id, game_key, epoch, place, holder, member_id, tickets, sources, remaining)
      SELECT $1, $2, $3, w.place, w.holder, w.member_id, w.tickets, w.sources, w.tickets
      FROM jsonb_to_recordset($4::jsonb) AS w (place int, holder text, member_id uuid, tickets int, sources jsonb)`,
    [shopId, game, epoch, JSON.stringify(rows)],
  );
}

const PAGE = 5_000;

/** The list as it is published: "place holder tickets" on a line each, without a break after the last. */
export async function* listPages(
  db: pg.Pool | pg.PoolClient,
  { shopId, game, epoch }: EpochId,
): AsyncGenerator<string> {
  for (let after = 0; ;) {
    const { rows } = await db.query<{ place: number; holder: string; tickets: number }>({
      name: 'giveaway-list',
      text: `SELECT place, holder, tickets FROM giveaway_holders
        WHERE shop_id = $1 AND game_key = $2 AND epoch = $3 AND place > $4 ORDER BY place LIMIT ${PAGE}`,
      values: [shopId, game, epoch, after],
    });
    if (rows.length === 0) return;
    const lines = rows.map((row) => `${row.place} ${row.holder} ${row.tickets}`).join('\n');
    yield after === 0 ? lines : `\n${lines}`;
    after = rows.at(-1)?.place ?? after;
  }
}

/** @returns the SHA-256 of the list's text, and how many tickets it has */
export async function sealList(
  client: pg.PoolClient,
  id: EpochId,
): Promise<{ readonly listHash: string; readonly tickets: number }> {
  const hash = createHash('sha256');
  for await (const page of listPages(client, id)) hash.update(page, 'utf8');
  const { rows } = await client.query<{ tickets: string }>(
    `SELECT coalesce(sum(tickets), 0) AS tickets FROM giveaway_holders WHERE shop_id = $1 AND game_key = $2 AND epoch = $3`,
    [id.shopId, id.game, id.epoch],
  );
  return { listHash: hash.digest('hex'), tickets: Number(rows[0]?.tickets ?? 0) };
}

export async function ticketsInDraw(
  client: pg.PoolClient,
  { shopId, game, epoch }: EpochId,
): Promise<number> {
  const { rows } = await client.query<{ remaining: string }>(
    `SELECT coalesce(sum(remaining), 0) AS remaining FROM giveaway_holders
      WHERE shop_id = $1 AND game_key = $2 AND epoch = $3`,
    [shopId, game, epoch],
  );
  return Number(rows[0]?.remaining ?? 0);
}

export interface FoundTicket {
  readonly place: number;
  readonly memberId: string;
  readonly route: Route;
  readonly ref: string;
  /** Which of the tickets of this source it is, counted from 0. */
  readonly ofSource: number;
}

/**
 * Takes the ticket out of the draw: the `number`-th, counted from 0, of those that are still in it.
 * @param once whoever has won leaves with all their tickets
 */
export async function takeTicketAt(
  client: pg.PoolClient,
  { shopId, game, epoch }: EpochId,
  number: number,
  once: boolean,
): Promise<FoundTicket> {
  const { rows } = await client.query<{
    place: number;
    member_id: string;
    sources: readonly TicketSource[];
    drawn: readonly number[];
    remaining: number;
    up_to: string;
  }>(
    `SELECT * FROM (SELECT place, member_id, sources, drawn, remaining, sum(remaining) OVER (ORDER BY place) AS up_to
        FROM giveaway_holders WHERE shop_id = $1 AND game_key = $2 AND epoch = $3) AS counted
      WHERE up_to > $4 ORDER BY place LIMIT 1`,
    [shopId, game, epoch, number],
  );
  const [row] = rows;
  if (!row) throw new Error('A number below the tickets in the draw is a ticket');
  const index = indexOf(number - (Number(row.up_to) - row.remaining), row.drawn);
  await client.query(
    `UPDATE giveaway_holders SET drawn = $5, remaining = $6
      WHERE shop_id = $1 AND game_key = $2 AND epoch = $3 AND place = $4`,
    [
      ...[shopId, game, epoch, row.place, JSON.stringify([...row.drawn, index])],
      once ? 0 : row.remaining - 1,
    ],
  );
  return { place: row.place, memberId: row.member_id, ...sourceAt(row.sources, index) };
}

/** The holder's ticket that is the `offset`-th of those that were not drawn. */
function indexOf(offset: number, drawn: readonly number[]): number {
  let index = 0;
  for (let left = offset; ; index += 1) {
    if (drawn.includes(index)) continue;
    if (left === 0) return index;
    left -= 1;
  }
}

function sourceAt(
  sources: readonly TicketSource[],
  index: number,
): Pick<FoundTicket, 'route' | 'ref' | 'ofSource'> {
  let before = 0;
  for (const [route, ref, tickets] of sources) {
    if (index < before + tickets) return { route, ref, ofSource: index - before };
    before += tickets;
  }
  throw new Error('Every ticket has a source');
}

/** Whom a member was merged into, if they were. */
export async function survivorOf(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
): Promise<string> {
  const { rows } = await client.query<{ member_id: string }>(
    `SELECT member_id FROM member_aliases WHERE shop_id = $1 AND merged_member_id = $2 LIMIT 1`,
    [shopId, memberId],
  );
  return rows[0]?.member_id ?? memberId;
}
