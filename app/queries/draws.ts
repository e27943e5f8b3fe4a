/** Draws, as whoever checks them reads them: a member's own, one with its proof, and the whole log. */
import type pg from 'pg';
import { drawText } from '../domain/games/draw.ts';
import { readEpoch } from '../storage/games/epochs.ts';
import type { EpochId } from '../storage/games/epochs.ts';
import { listPages } from '../storage/games/giveaway-list.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import type { World } from '../world.ts';

export interface Proof {
  readonly id: string;
  readonly game: string;
  readonly epoch: string;
  readonly serial: number;
  readonly at: number;
  /** Of the programme. */
  readonly version: number;
  readonly shopId: string;
  readonly commit: string;
  /** Null until it is shown. */
  readonly seed: string | null;
  /** When it is shown, or was. */
  readonly revealsAt: number;
  readonly chosen: string;
  /** What is signed by the seed. */
  readonly text: string;
  readonly numberOf: number;
  readonly number: number;
  readonly odds: string;
  readonly oddsHash: string;
  readonly drawn: string | null;
  readonly given: string | null;
  readonly because: string | null;
  readonly route: string;
  /** Of a giveaway: the hash of its list, and whose line it was. */
  readonly list: { readonly hash: string; readonly place: number; readonly tickets: number } | null;
}

interface ProofRow {
  readonly id: string;
  readonly game_key: string;
  readonly epoch: string;
  readonly serial: number;
  readonly drawn_at: Date;
  readonly version: number;
  readonly commit: string;
  readonly seed: string | null;
  readonly ends_at: Date;
  readonly revealed_at: Date | null;
  readonly chosen: string;
  readonly number_of: string;
  readonly number: string;
  readonly odds: string;
  readonly odds_hash: string;
  readonly drawn: string | null;
  readonly given: string | null;
  readonly because: string | null;
  readonly route: string;
  readonly place: number | null;
  readonly list_hash: string | null;
  readonly tickets: string | null;
}

const COLUMNS = `d.id, d.game_key, d.epoch, d.serial, d.drawn_at, d.version, e.commit, e.seed, e.ends_at, e.revealed_at, d.chosen,
  d.number_of, d.number, o.odds, d.odds_hash, d.drawn, d.given, d.because, d.route, d.place, e.list_hash, e.tickets`;
const TABLES = `draws d JOIN game_epochs e ON e.shop_id = d.shop_id AND e.game_key = d.game_key AND e.epoch = d.epoch
  JOIN game_odds o ON o.shop_id = d.shop_id AND o.hash = d.odds_hash`;

function readProof(shopId: string, row: ProofRow): Proof {
  const { epoch, serial, chosen } = row;
  return {
    ...{
      id: row.id,
      game: row.game_key,
      epoch,
      serial,
      chosen,
      shopId,
      route: row.route,
      version: row.version,
    },
    ...{ at: row.drawn_at.getTime(), commit: row.commit, seed: row.seed },
    revealsAt: (row.revealed_at ?? row.ends_at).getTime(),
    text: drawText({ shopId, game: row.game_key, epoch, serial, chosen }),
    ...{ numberOf: Number(row.number_of), number: Number(row.number) },
    ...{ odds: row.odds, oddsHash: row.odds_hash },
    ...{ drawn: row.drawn, given: row.given, because: row.because },
    list:
      row.place === null || row.list_hash === null
        ? null
        : { hash: row.list_hash, place: row.place, tickets: Number(row.tickets ?? 0) },
  };
}

/** A draw says nothing of who drew it: whoever knows its id may check it. */
export async function drawProof(world: World, shopId: string, id: string): Promise<Proof | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null;
  const { rows } = await world.db(shopId).query<ProofRow>({
    name: 'draw-proof',
    text: `SELECT ${COLUMNS} FROM ${TABLES} WHERE d.shop_id = $1 AND d.id = $2`,
    values: [shopId, id],
  });
  return rows[0] ? readProof(shopId, rows[0]) : null;
}

const MOST_OWN = 50;

/** Of a customer, the newest first. */
export async function ownDraws(
  world: World,
  shopId: string,
  customerId: string,
): Promise<readonly Proof[]> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  return visitor ? memberDraws(world.db(shopId), shopId, visitor.memberId) : [];
}

export async function memberDraws(
  pool: pg.Pool,
  shopId: string,
  memberId: string,
): Promise<readonly Proof[]> {
  const { rows } = await pool.query<ProofRow>({
    name: 'member-draws',
    text: `SELECT ${COLUMNS} FROM activities a JOIN (${TABLES}) ON d.shop_id = a.shop_id
        AND d.id = CASE WHEN a.activity_id ~ '^[0-9a-f-]{36}$' THEN a.activity_id::uuid END
      WHERE a.shop_id = $1 AND a.member_id = $2 AND a.kind = 'draw'
      ORDER BY d.drawn_at DESC, d.id DESC LIMIT ${MOST_OWN}`,
    values: [shopId, memberId],
  });
  return rows.map((row) => readProof(shopId, row));
}

export interface ProvenList {
  readonly hash: string;
  readonly place: number;
  readonly text: string;
  /** Numbers of the draws before this one, each among the tickets that were left then. */
  readonly before: readonly number[];
  readonly once: boolean;
}

/** Longer lists are checked by hand, from the list itself. */
const MOST_LISTED = 20_000;

/** What of a giveaway's list the page needs to find the ticket again. */
export async function listOf(world: World, proof: Proof): Promise<ProvenList | 'too-long' | null> {
  const { shopId, game, epoch, serial, version, list } = proof;
  if (!list) return null;
  const db = world.db(shopId);
  const { rows } = await db.query<{ places: string }>(
    `SELECT count(*) AS places FROM giveaway_holders WHERE shop_id = $1 AND game_key = $2 AND epoch = $3`,
    [shopId, game, epoch],
  );
  if (Number(rows[0]?.places ?? 0) > MOST_LISTED) return 'too-long';
  const before = await db.query<{ number: string }>(
    `SELECT number FROM draws WHERE shop_id = $1 AND game_key = $2 AND epoch = $3 AND serial < $4 ORDER BY serial`,
    [shopId, game, epoch, serial],
  );
  const shop = await readShopTerms(db, shopId, termsMemoryOf(db));
  const terms = shop.versions.find((one) => one.version.version === version);
  const item = terms?.version.document.games.find(({ key }) => key === game);
  return {
    ...{ hash: list.hash, place: list.place, once: item?.settings['once'] === true },
    text: await wholeList(world, { shopId, game, epoch }),
    before: before.rows.map((row) => Number(row.number)),
  };
}

/** Null until it is sealed: before that it could still grow. */
export async function ticketList(world: World, id: EpochId): Promise<string | null> {
  const known = await readEpoch(world.db(id.shopId), id);
  return known?.listHash ? wholeList(world, id) : null;
}

async function wholeList(world: World, id: EpochId): Promise<string> {
  let text = '';
  for await (const page of listPages(world.db(id.shopId), id)) text += page;
  return text;
}
