/** The proof of games of chance: draws follow from their seeds, none is missing, and pots hold what was given. */
import type pg from 'pg';
import { lockPot, writePot } from './draws.ts';
import type { Pot } from './draws.ts';
import { hashing } from './hashing.ts';
import { drawNumber, drawText, prizeAt } from '../../domain/games/draw.ts';
import type { Difference } from '../../domain/proof/difference.ts';
import { inOneOrder } from '../../domain/proof/difference.ts';

const PAGE = 2_000;

export async function proveDraws(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  return [
    ...(await proveSerials(client, shopId)),
    ...(await provePots(client, shopId)),
    ...(await proveNumbers(client, shopId)),
  ];
}

function differ(figure: string, kept: unknown, proved: unknown): Difference[] {
  const [was, is] = [inOneOrder(kept), inOneOrder(proved)];
  return was === is ? [] : [{ law: 'I13', memberId: null, figure, kept: was, proved: is }];
}

/** Counted from 1 without a gap: a draw that was left out, or done again, shows. */
async function proveSerials(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  const { rows } = await client.query<{
    game_key: string;
    epoch: string;
    draws: number;
    found: string;
    last: number;
  }>(
    `SELECT game_key, epoch, coalesce(e.draws, 0) AS draws, coalesce(d.found, 0) AS found, coalesce(d.last, 0) AS last
      FROM (SELECT game_key, epoch, draws FROM game_epochs WHERE shop_id = $1) e FULL JOIN (
        SELECT game_key, epoch, count(*) AS found, max(serial) AS last FROM draws WHERE shop_id = $1 GROUP BY 1, 2
      ) d USING (game_key, epoch)
      WHERE coalesce(e.draws, 0) <> coalesce(d.found, 0) OR coalesce(e.draws, 0) <> coalesce(d.last, 0)`,
    [shopId],
  );
  return rows.flatMap(({ game_key, epoch, draws, found, last }) =>
    differ(`draws of ${game_key} ${epoch}`, [draws, draws], [Number(found), last]),
  );
}

async function provePots(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  return (await potsByDraws(client, shopId)).flatMap(({ game, kept, proved }) =>
    differ(`pot of ${game}`, kept && [kept.points, kept.prizes], [proved.points, proved.prizes]),
  );
}

/** What pots hold of what draws gave, written again from the draws; whoever draws waits meanwhile. @returns what was wrong */
export async function mendPots(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  const games = (await potsByDraws(client, shopId)).map(({ game }) => game).sort();
  for (const game of games) await lockPot(client, shopId, game);
  const wrong = await provePots(client, shopId);
  for (const { game, proved } of await potsByDraws(client, shopId)) {
    await writePot(client, shopId, game, proved);
  }
  return wrong;
}

interface PotByDraws {
  readonly game: string;
  /** Null where there is none. */
  readonly kept: Pot | null;
  readonly proved: Pot;
}

async function potsByDraws(client: pg.PoolClient, shopId: string): Promise<readonly PotByDraws[]> {
  const pots = await client.query<{
    game_key: string;
    points: string;
    prizes: Record<string, number>;
  }>(`SELECT game_key, points, prizes FROM game_pots WHERE shop_id = $1`, [shopId]);
  const given = await client.query<{
    game_key: string;
    given: string;
    many: string;
    points: string;
  }>(
    `SELECT game_key, given, count(*) AS many, sum(points) AS points FROM draws
      WHERE shop_id = $1 AND given IS NOT NULL GROUP BY 1, 2`,
    [shopId],
  );
  const games = new Set([...pots.rows, ...given.rows].map((row) => row.game_key));
  return [...games].map((game) => {
    const pot = pots.rows.find((row) => row.game_key === game);
    const own = given.rows.filter((row) => row.game_key === game);
    const points = own.reduce((sum, row) => sum + Number(row.points), 0);
    const prizes = Object.fromEntries(own.map((row) => [row.given, Number(row.many)]));
    const kept = pot ? { points: Number(pot.points), prizes: pot.prizes } : null;
    return { game, kept, proved: { points, prizes } };
  });
}

interface DrawnRow {
  readonly id: string;
  readonly game_key: string;
  readonly epoch: string;
  readonly serial: number;
  readonly chosen: string;
  readonly number: string;
  readonly number_of: string;
  readonly place: number | null;
  readonly drawn: string | null;
  readonly seed: string;
  readonly commit: string;
  /** Null where they are lost. */
  readonly odds: string | null;
}

/** Of seeds that are shown: before that only the worker could look. */
async function proveNumbers(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  const found: Difference[] = [];
  for (let after: readonly [string, string, number] = ['', '', 0]; ;) {
    const { rows } = await client.query<DrawnRow>(
      `SELECT d.id, d.game_key, d.epoch, d.serial, d.chosen, d.number, d.number_of, d.place, d.drawn, e.seed, e.commit, o.odds
        FROM draws d JOIN game_epochs e ON e.shop_id = $1 AND e.game_key = d.game_key AND e.epoch = d.epoch
          LEFT JOIN game_odds o ON o.shop_id = $1 AND o.hash = d.odds_hash
        WHERE d.shop_id = $1 AND e.seed IS NOT NULL AND (d.game_key, d.epoch, d.serial) > ($2, $3, $4)
        ORDER BY d.game_key, d.epoch, d.serial LIMIT ${PAGE}`,
      [shopId, ...after],
    );
    const last = rows.at(-1);
    if (!last) return found;
    for (const row of rows) found.push(...(await proveDraw(shopId, row)));
    after = [last.game_key, last.epoch, last.serial];
  }
}

async function proveDraw(shopId: string, row: DrawnRow): Promise<Difference[]> {
  const { id, epoch, serial, chosen, seed } = row;
  const text = drawText({ shopId, game: row.game_key, epoch, serial, chosen });
  const number = await drawNumber(seed, text, Number(row.number_of), hashing);
  if (row.odds === null) return differ(`odds of draw ${id}`, 'none', 'as they were published');
  const { prizes } = JSON.parse(row.odds) as { prizes: { key: string; chance: number }[] };
  // A giveaway's prizes are drawn in their order; which ticket it was, the list says.
  const drawn = row.place === null ? (prizeAt(prizes, number)?.key ?? null) : row.drawn;
  const commit = hashing.sha256OfBytes(seed);
  return differ(
    `draw ${id}`,
    { number: Number(row.number), drawn: row.drawn, commit: row.commit },
    { number, drawn, commit },
  );
}
