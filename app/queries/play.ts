/** Everything there is to play: how it goes, what it costs, and when it runs. */
import { knownDocuments } from './known-documents.ts';
import type { CalendarSpan } from '../domain/campaigns/calendar-span.ts';
import type { CampaignState } from '../domain/campaigns/campaign-state.ts';
import { calendarLines } from '../domain/play/calendar.ts';
import type { CalendarLine } from '../domain/play/calendar.ts';
import { knownParts, PLAY_LISTS } from '../domain/play/known-parts.ts';
import type { KnownPart, PlayList } from '../domain/play/known-parts.ts';
import type { AsksOf, FiguresAge } from '../domain/figures/figure-asks.ts';
import { goalDefinitions } from '../domain/goals/registry.ts';
import { inForce } from '../domain/programme/terms.ts';
import { ageOf, keptFigures } from '../storage/figures/kept-figures.ts';
import type { Kept } from '../storage/figures/kept-figures.ts';
import { NO_FIGURES } from '../storage/play/play-figures.ts';
import type { PlayedSource, PlayFigures } from '../storage/play/play-figures.ts';
import type {
  MilestoneFigures,
  OrdersMeanwhile,
  ReachFigures,
} from '../storage/play/reach-figures.ts';
import type { World } from '../world.ts';

/** What members did under a list is told under this name. */
export const SOURCE_OF: Readonly<Record<PlayList, PlayedSource>> = {
  ...{ challenges: 'challenge', badges: 'badge', streaks: 'streak' },
  ...{ leaderboards: 'leaderboard', games: 'game', quizzes: 'quiz' },
};

export interface PlayLine {
  readonly list: PlayList;
  readonly key: string;
  readonly name: string;
  readonly state: CampaignState;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly place: number | null;
}

export interface PlayOverview {
  readonly lines: readonly PlayLine[];
  readonly calendar: readonly CalendarLine[];
}

export async function playOverview(
  world: World,
  shopId: string,
  span: CalendarSpan,
): Promise<PlayOverview> {
  const { shop, draft } = await knownDocuments(world, shopId);
  const parts = PLAY_LISTS.flatMap((list): readonly KnownPart[] =>
    knownParts(list, shop, draft, world.now()),
  );
  return {
    lines: parts.map(lineOf),
    calendar: calendarLines(parts, span, shop.timeZone),
  };
}

function lineOf({ list, key, name, state, startsAt, endsAt, place }: KnownPart): PlayLine {
  return { list, key, name, state, startsAt, endsAt, place };
}

export interface PlayTotals {
  /** By "challenges:explorer". */
  readonly figures: Readonly<Record<string, PlayFigures>>;
  /** What 100 points cost, for what they come to in money. */
  readonly worthOf100: string;
  readonly age: FiguresAge;
}

/** Asked for by itself: the page is there before. */
export async function playTotals(world: World, shopId: string): Promise<PlayTotals> {
  const { shop } = await knownDocuments(world, shopId);
  const kept = await keptFigures(world.db(shopId), shopId, { kind: 'play' }, world.now());
  const lists = new Map(PLAY_LISTS.map((list) => [SOURCE_OF[list], list] as const));
  return {
    figures: Object.fromEntries(
      Object.entries(kept.figures ?? {}).map(([name, found]) => {
        const [source = '', key = ''] = name.split(':');
        return [`${lists.get(source as PlayedSource) ?? source}:${key}`, found];
      }),
    ),
    worthOf100: inForce(shop, world.now())?.version.document.worthOf100 ?? '1',
    age: ageOf(kept),
  };
}

export interface PlayPartPage extends PlayLine {
  readonly figures: PlayFigures;
  readonly reach: ReachFigures | null;
  /** Names of levels, from the lowest. */
  readonly levels: readonly { readonly key: string; readonly name: string }[];
  readonly milestones: readonly MilestoneFigures[];
  /** Null for what does not look at orders. */
  readonly orders: OrdersMeanwhile | null;
  readonly worthOf100: string;
  readonly age: FiguresAge;
}

/** @returns null for a key that neither the draft nor any version has */
export async function playPart(
  world: World,
  shopId: string,
  list: PlayList,
  key: string,
): Promise<PlayPartPage | null> {
  const { shop, draft } = await knownDocuments(world, shopId);
  const now = world.now();
  const part = knownParts<PlayList>(list, shop, draft, now).find((one) => one.key === key);
  if (!part) return null;
  const pool = world.db(shopId);
  const name = `${SOURCE_OF[list]}:${key}`;
  const isReach = list === 'badges' || list === 'challenges';
  const aboutOrders = isReach ? ordersAsked(part as KnownPart<'badges'>, name) : null;
  const totals = await playTotals(world, shopId);
  const [reach, orders, milestones] = await Promise.all([
    isReach ? keptFigures(pool, shopId, { kind: 'reach', name }, now) : NONE,
    aboutOrders ? keptFigures(pool, shopId, aboutOrders, now) : NONE,
    list === 'streaks'
      ? keptFigures(pool, shopId, streakAsked(part as KnownPart<'streaks'>), now)
      : NONE,
  ]);
  const asked = [reach, orders, milestones].filter((one) => one !== NONE);
  const { counting, asOf } = ageOf(...asked);
  const ages = [asOf, totals.age.asOf].filter((at) => at !== null);
  return {
    ...lineOf(part),
    figures: totals.figures[`${list}:${key}`] ?? NO_FIGURES,
    ...{ reach: reach.figures, orders: orders.figures, milestones: milestones.figures ?? [] },
    worthOf100: totals.worthOf100,
    age: {
      counting: counting || totals.age.counting,
      asOf: ages.length === 0 ? null : Math.min(...ages),
    },
    levels: 'levels' in part.item ? part.item.levels.map(({ key, name }) => ({ key, name })) : [],
  };
}

const NONE: Kept<null> = { figures: null, asOf: null };

function streakAsked({ key, item }: KnownPart<'streaks'>): AsksOf<'streak'> {
  const lengths = item.milestones.map(({ at }) => Number(at)).filter(Number.isSafeInteger);
  return { kind: 'streak', name: key, lengths };
}

/** From its first day, or its first version; where its goal asks for certain goods, orders of those. */
function ordersAsked(
  { item, since, startsAt, endsAt }: KnownPart<'badges' | 'challenges'>,
  name: string,
): AsksOf<'orders'> | null {
  const definition = goalDefinitions.find(item.kind);
  const settings = definition?.settings.safeParse(item.settings);
  if (!definition || !settings?.success || since === null) return null;
  if (!definition.listens(settings.data).includes('order')) return null;
  const traits = definition.traits?.(settings.data) ?? [];
  const named = (kind: keyof AsksOf<'orders'>['goods']): string[] =>
    traits.flatMap((trait) => (trait.startsWith(`${kind}:`) ? trait.slice(kind.length + 1) : []));
  return {
    ...{ kind: 'orders', name, from: Math.max(since, startsAt ?? since), until: endsAt },
    goods: {
      ...{ product: named('product'), collection: named('collection'), type: named('type') },
      ...{ vendor: named('vendor'), tag: named('tag') },
    },
  };
}
