/** Leaderboards as a shopper sees them: the top, and the member among those around them. */
import { percentile } from '../domain/leaderboards/buckets.ts';
import { seasonsOf, shownSeason } from '../domain/leaderboards/seasons.ts';
import type { NameState } from '../domain/leaderboards/scores.ts';
import type { Season } from '../domain/leaderboards/seasons.ts';
import { shownScore, shownTop } from '../domain/leaderboards/shown.ts';
import type { ShownLine } from '../domain/leaderboards/shown.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { shopDay } from '../domain/time/shop-time.ts';
import { readName } from '../storage/leaderboards/names.ts';
import { ranksOf, readAround, readTop } from '../storage/leaderboards/standings.ts';
import type { StandingRow } from '../storage/leaderboards/standings.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

export interface OwnStanding {
  /** Null of who is not ranked (yet): too little, or not for them. */
  readonly rank: number | null;
  readonly score: number;
  readonly of: number;
  readonly percentile: number | null;
  /** Two above and two below, and the member between them. */
  readonly neighbours: readonly (ShownLine & { readonly own: boolean })[];
}

export interface ShownBoard {
  readonly board: string;
  readonly name: string;
  readonly metric: string;
  readonly unit: string;
  readonly season: string;
  /** The last of the shop's days. */
  readonly until: string;
  /** Whether the ranks are fixed. */
  readonly settled: boolean;
  readonly top: readonly ShownLine[];
  readonly own: OwnStanding | null;
  readonly nickname: string | null;
  /** How the nickname stands: shown or not. */
  readonly state: NameState | null;
}

const TOP = 100;
const NEIGHBOURS = 2;
const memory = makeTermsMemory();

/** @returns null where no such board is held */
export async function shownBoard(
  world: World,
  shopId: string,
  customerId: string,
  asked: { readonly board: string; readonly season: string | null },
): Promise<ShownBoard | null> {
  const pool = world.db(shopId);
  const now = world.now();
  const shop = await readShopTerms(pool, shopId, memory);
  const held = inForce(shop, now)?.leaderboards.find(({ key }) => key === asked.board);
  if (!held) return null;
  const season = seasonAsked(shop, asked, now);
  const visitor = await readVisitor(pool, shopId, customerId);
  const memberId = visitor?.state === 'active' ? visitor.memberId : null;
  const name = memberId === null ? null : await readName(pool, shopId, memberId);
  const { key: board, definition } = held;
  const shown = {
    ...{ board, name: held.name, metric: definition.kind, unit: definition.words.unit },
    ...{ nickname: name?.nickname ?? null, state: name?.state ?? null },
  };
  if (!season) {
    return { ...shown, season: '', until: '', settled: false, top: [], own: null };
  }
  const [top, own] = await Promise.all([
    readTop(pool, shopId, season, TOP),
    memberId === null ? null : ownStanding(world, shop, shopId, season, memberId),
  ]);
  return {
    ...shown,
    season: season.season,
    until: shopDay(season.endsAt - 1, shop.timeZone),
    settled: season.settlesAt <= now,
    top: shownTop(season.terms, top),
    own,
  };
}

function seasonAsked(
  shop: ShopTerms,
  { board, season }: { readonly board: string; readonly season: string | null },
  now: number,
): Season | null {
  if (season === null) return shownSeason(shop, board, now);
  const all = seasonsOf(shop, Number.NEGATIVE_INFINITY, now);
  return all.find((one) => one.board === board && one.season === season) ?? null;
}

async function ownStanding(
  world: World,
  { currency }: ShopTerms,
  shopId: string,
  season: Season,
  memberId: string,
): Promise<OwnStanding | null> {
  const pool = world.db(shopId);
  const around = await readAround(pool, shopId, season, memberId, NEIGHBOURS);
  if (!around) return null;
  const { own } = around;
  // While ranks are being fixed, nobody has one yet.
  if (!own.listed || (own.finalRank === null && season.settlesAt <= world.now())) {
    const score = shownScore(own.score, season.terms, currency);
    return { rank: null, score, of: 0, percentile: null, neighbours: [] };
  }
  const all = [...around.above, own, ...around.below];
  const ranks = await ranksOf(
    pool,
    shopId,
    season,
    all.map(({ score }) => score),
  );
  const rankOf = (row: StandingRow): number => row.finalRank ?? ranks.of.get(row.score) ?? 0;
  const rank = rankOf(own);
  const of =
    own.finalRank === null ? ranks.ranked : ((await finalTotal(world, shopId, season)) ?? rank);
  return {
    ...{ rank, score: shownScore(own.score, season.terms, currency), of },
    percentile: percentile(rank, of),
    neighbours: all.map((row) => ({
      rank: rankOf(row),
      name: row.nickname,
      score:
        season.terms.definition.hidden && row !== own
          ? null
          : shownScore(row.score, season.terms, currency),
      own: row === own,
    })),
  };
}

/** How many were ranked, of a season whose ranks are fixed. */
async function finalTotal(
  world: World,
  shopId: string,
  { board, season }: Season,
): Promise<number | null> {
  const { rows } = await world.db(shopId).query<{ total: number | null }>({
    name: 'season-total',
    text: `SELECT total FROM leaderboard_seasons WHERE shop_id = $1 AND board = $2 AND season = $3`,
    values: [shopId, board, season],
  });
  return rows[0]?.total ?? null;
}
