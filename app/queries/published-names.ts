import { goalDefinitions } from '../domain/goals/registry.ts';
import { programmeDocument } from '../domain/programme/document.ts';
import { inPresentShape } from '../domain/programme/present-shape.ts';
import { tierMetrics } from '../domain/tiers/metric.ts';
import { publishedDocument } from './programme-page.ts';
import type { World } from '../world.ts';

/** What the programme in force calls its parts, by their keys; empty before the first version. */
export interface PublishedNames {
  readonly programme: string | null;
  /** Lowest first. */
  readonly tiers: readonly { readonly key: string; readonly name: string }[];
  readonly badges: readonly ReachName[];
  readonly challenges: readonly ReachName[];
  /** Those that are switched on. */
  readonly rewards: readonly { readonly key: string; readonly name: string }[];
  /** Those that are switched on. */
  readonly streaks: readonly { readonly key: string; readonly name: string }[];
  /** What the ladder climbs by: "money", "orders" or "points". */
  readonly tierUnit: string;
}

export interface ReachName {
  readonly key: string;
  readonly name: string;
  /** Whether its progress is an amount of money. */
  readonly money: boolean;
  /** Of a badge, from the lowest up. */
  readonly levels: readonly { readonly key: string; readonly name: string }[];
}

export async function publishedNames(world: World, shopId: string): Promise<PublishedNames> {
  const parsed = programmeDocument.safeParse(
    inPresentShape(await publishedDocument(world, shopId)),
  );
  if (!parsed.success) {
    const none = { tiers: [], badges: [], challenges: [], rewards: [], streaks: [] };
    return { programme: null, ...none, tierUnit: 'points' };
  }
  const { name, tiers, badges, challenges, rewards, streaks } = parsed.data;
  return {
    programme: name,
    tiers: tiers.levels.map(named),
    badges: badges.map((badge) => ({ ...reachName(badge), levels: badge.levels.map(named) })),
    challenges: challenges.map(reachName),
    rewards: rewards.filter(({ enabled }) => enabled).map(named),
    streaks: streaks.filter(({ enabled }) => enabled).map(named),
    tierUnit: tierMetrics.find(tiers.metric)?.words.unit ?? 'points',
  };
}

function reachName({ key, name, kind }: { key: string; name: string; kind: string }): ReachName {
  const money = goalDefinitions.find(kind)?.measure?.of === 'money';
  return { key, name, money, levels: [] };
}

function named({ key, name }: { readonly key: string; readonly name: string }) {
  return { key, name };
}
