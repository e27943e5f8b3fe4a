/** The shop's games of chance: what was played, what it gave, what is left, and the seeds. */
import { knownDocuments } from './known-documents.ts';
import type { CampaignState } from '../domain/campaigns/campaign-state.ts';
import type { FiguresAge } from '../domain/figures/figure-asks.ts';
import { playsByRoute, prizeFigures } from '../domain/games/figures.ts';
import type { PrizeFigures } from '../domain/games/figures.ts';
import type { Route } from '../domain/games/plays.ts';
import { gameDefinitions } from '../domain/games/registry.ts';
import type { GameDraft } from '../domain/programme/draft.ts';
import { knownParts } from '../domain/play/known-parts.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { ageOf, keptFigures } from '../storage/figures/kept-figures.ts';
import { readPot } from '../storage/games/draws.ts';
import { drawLog, newestSeeds, readOdds } from '../storage/games/tally.ts';
import type { LogLine, SeedLine } from '../storage/games/tally.ts';
import type { World } from '../world.ts';

export interface GameView {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly state: CampaignState;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly plays: number;
  readonly routes: Readonly<Record<Route, number>>;
  readonly prizes: readonly (PrizeFigures & {
    readonly name: string;
    /** How many there still are; null for any number. */
    readonly left: number | null;
  })[];
  readonly pointsGiven: number;
  readonly pointsSpent: number;
  readonly budgetLeft: number | null;
  readonly flagged: number;
  readonly seeds: readonly SeedLine[];
}

export interface GamesPage {
  readonly games: readonly GameView[];
  readonly age: FiguresAge;
}

const MOST_SEEDS = 8;

export async function gameViews(world: World, shopId: string): Promise<GamesPage> {
  const db = world.db(shopId);
  const { shop, draft } = await knownDocuments(world, shopId);
  const parts = knownParts('games', shop, draft, world.now());
  if (parts.length === 0) return { games: [], age: { counting: false, asOf: null } };
  const kept = await keptFigures(db, shopId, { kind: 'games' }, world.now());
  const { draws, tickets, flagged } = kept.figures ?? { draws: [], tickets: [], flagged: {} };
  const seeds = await newestSeeds(db, shopId, MOST_SEEDS);
  const hashes = [...new Set(draws.map(({ oddsHash }) => oddsHash))];
  const chances = chancesIn(await readOdds(db, shopId, hashes));
  const games = await Promise.all(
    parts.map(async ({ key, name, item, state, startsAt, endsAt }) => {
      const own = draws.filter(({ game }) => game === key);
      const taken = tickets.filter(({ game }) => game === key);
      const atTheEnd = gameDefinitions.find(item.kind)?.draws === 'at-the-end';
      const plays = atTheEnd
        ? taken.map((row) => ({ ...row, plays: row.tickets }))
        : own.map((row) => ({ ...row, plays: row.draws }));
      const pot = await readPot(db, shopId, key);
      const keys = item.prizes.map((prize) => prize.key);
      const budget = item.budgetPoints === null ? null : Number(item.budgetPoints);
      return {
        ...{ key, name, kind: item.kind, state, startsAt, endsAt },
        plays: plays.reduce((sum, row) => sum + row.plays, 0),
        routes: playsByRoute(plays),
        prizes: prizeFigures(own, keys, chances).map((figures) => ({
          ...figures,
          ...namedPrize(item, figures.key, pot.prizes),
        })),
        pointsGiven: own.reduce((sum, row) => sum + row.points, 0),
        pointsSpent: plays.reduce(
          (sum, row) =>
            sum + (row.route === 'points' ? row.plays * costOf(shop, key, row.version) : 0),
          0,
        ),
        budgetLeft: budget === null ? null : Math.max(0, budget - pot.points),
        flagged: flagged[name] ?? 0,
        seeds: seeds.filter(({ game }) => game === key),
      };
    }),
  );
  return { games, age: ageOf(kept) };
}

function namedPrize(
  { prizes }: GameDraft,
  key: string | null,
  given: Readonly<Record<string, number>>,
): { readonly name: string; readonly left: number | null } {
  const prize = prizes.find((one) => one.key === key);
  const stock = prize?.stock ?? null;
  return {
    name: prize?.name ?? key ?? '',
    left: stock === null ? null : Math.max(0, Number(stock) - (given[prize?.key ?? ''] ?? 0)),
  };
}

/** What a play cost by the version by which it was played. */
function costOf(shop: ShopTerms, game: string, version: number): number {
  const terms = shop.versions.find((one) => one.version.version === version);
  return terms?.version.document.games.find(({ key }) => key === game)?.entry.points ?? 0;
}

function chancesIn(
  odds: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  return new Map(
    [...odds].map(([hash, text]) => {
      const { prizes } = JSON.parse(text) as { prizes: { key: string; chance: number }[] };
      return [
        hash,
        new Map(prizes.flatMap(({ key, chance }) => (chance > 0 ? [[key, chance]] : []))),
      ];
    }),
  );
}

/** Every draw of a game, in its order; null where the game is not known. */
export async function gameLog(
  world: World,
  shopId: string,
  game: string,
): Promise<AsyncGenerator<readonly LogLine[]> | null> {
  const { shop, draft } = await knownDocuments(world, shopId);
  const known = knownParts('games', shop, draft, world.now()).some(({ key }) => key === game);
  return known ? drawLog(world.db(shopId), shopId, game) : null;
}
