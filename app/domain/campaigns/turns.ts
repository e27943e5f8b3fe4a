/**
 * Campaigns that are for a member's first order, or for their first few, look at what else the member
 * bought: an order has its turn by the orders before it. The answer is a function of the facts and of
 * what the campaign adds to those orders, so each award remembers what it was told, and whoever turns
 * out to have another answer now is decided again.
 */
import type { CampaignTerms } from './campaign.ts';
import type { Standing } from '../orders/standing.ts';
import type { Award } from '../points/awards.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';

export type NoTurn = 'not-first-order' | 'campaign-used';

/** An order in the sequence of its member's. */
export interface Placed {
  readonly orderId: string;
  readonly placedAt: Moment;
}

/** @returns why it is not the order's turn; null when it is */
export type TurnOf = (
  campaign: Pick<CampaignTerms, 'key' | 'times' | 'when' | 'from'>,
  order: Placed,
  testOrdersCount: boolean,
) => NoTurn | null;

/** Nobody bought anything before. */
export const alwaysFirst: TurnOf = () => null;

export function asksForTurn({ when, times }: Pick<CampaignTerms, 'when' | 'times'>): boolean {
  return when.firstOrder || times !== null;
}

/** @param awardsOf as they are by now: what is decided first is counted by whoever comes after it */
export function turnsOf(
  standings: readonly Standing[],
  awardsOf: (sourceKind: string, sourceId: string) => readonly Award[],
): TurnOf {
  const firstOf = firstOfAll(standings);
  return ({ key, times, when, from }, order, testOrdersCount) => {
    if (when.firstOrder && comesBefore(firstOf(testOrdersCount), order)) return 'not-first-order';
    if (times === null) return null;
    let used = 0;
    for (const other of standings) {
      if (comparePlaced(other, order) >= 0) continue;
      // Of an order from before the campaign only what an edit added later can be in it.
      if (other.placedAt < from && !other.changes.some(([at]) => at >= from)) continue;
      if (awardsOf('order', other.orderId).some((award) => addedBy(award, key) > 0)) used += 1;
      if (used >= times) return 'campaign-used';
    }
    return null;
  };
}

/** Orders whose awards were told something else of their turn than they would be now. */
export function turnsChanged({
  member,
  shop,
  awards,
}: {
  readonly member: {
    readonly leftOrderIds: readonly string[];
    readonly standings: readonly Standing[];
  };
  readonly shop: ShopTerms;
  readonly awards: ReadonlyMap<string, Award>;
}): readonly string[] {
  const left = new Set(member.leftOrderIds);
  const told = new Map<string, Award[]>();
  const touched = new Map<string, Set<string>>();
  for (const award of awards.values()) {
    if (award.sourceKind !== 'order' || !award.allowance || left.has(award.sourceId)) continue;
    if (award.allowance.turns) {
      told.set(award.sourceId, [...(told.get(award.sourceId) ?? []), award]);
    }
    for (const [key, points] of Object.entries(award.allowance.adds ?? {})) {
      if (points > 0) touched.set(key, (touched.get(key) ?? new Set()).add(award.sourceId));
    }
  }
  if (told.size === 0) return [];
  return changedAmong(told, touched, member.standings, shop);
}

function changedAmong(
  told: ReadonlyMap<string, readonly Award[]>,
  touched: ReadonlyMap<string, Set<string>>,
  standings: readonly Standing[],
  shop: ShopTerms,
): string[] {
  const sequence = standings.toSorted(comparePlaced);
  const firstOf = firstOfAll(sequence);
  const used = new Map<string, number>();
  const changed = new Set<string>();
  for (const order of sequence) {
    const adding = new Set(
      [...touched].flatMap(([key, ids]) => (ids.has(order.orderId) ? key : [])),
    );
    for (const { allowance, programmeVersion } of told.get(order.orderId) ?? []) {
      const terms = shop.versions.find(({ version }) => version.version === programmeVersion);
      const testsCount = terms?.version.document.testOrdersEarn ?? false;
      for (const { key, times, when } of terms?.campaigns ?? []) {
        const before = allowance?.turns?.[key];
        if (before === undefined) continue;
        const now =
          !(when.firstOrder && comesBefore(firstOf(testsCount), order)) &&
          (times === null || (used.get(key) ?? 0) < times);
        if (now === before) continue;
        changed.add(order.orderId);
        // Without its turn it adds nothing. With it, it may: those after it are looked at in any case.
        if (!now) adding.delete(key);
      }
    }
    for (const key of adding) used.set(key, (used.get(key) ?? 0) + 1);
  }
  return [...changed];
}

export function addedBy({ allowance }: Pick<Award, 'allowance'>, key: string): number {
  return allowance?.adds?.[key] ?? 0;
}

/** Looked for only where somebody asks, and once: most members are in no such campaign. */
function firstOfAll(standings: readonly Standing[]): (testsCount: boolean) => Placed | null {
  const found = new Map<boolean, Placed | null>();
  return (testsCount) => {
    const known = found.get(testsCount);
    if (known !== undefined) return known;
    const first = firstKept(standings, testsCount);
    found.set(testsCount, first);
    return first;
  };
}

function comesBefore(one: Placed | null, other: Placed): boolean {
  return one !== null && comparePlaced(one, other) < 0;
}

/** The earliest order of which something is kept: who cancels everything has bought nothing. */
function firstKept(standings: readonly Standing[], testsCount: boolean): Placed | null {
  let first: Standing | null = null;
  for (const standing of standings) {
    if (standing.test && !testsCount) continue;
    if (first && comparePlaced(first, standing) <= 0) continue;
    if (standing.changes.reduce((sum, [, , orders]) => sum + orders, 0) > 0) first = standing;
  }
  return first;
}

function comparePlaced(a: Placed, b: Placed): number {
  return (
    a.placedAt - b.placedAt ||
    a.orderId.length - b.orderId.length ||
    (a.orderId === b.orderId ? 0 : a.orderId < b.orderId ? -1 : 1)
  );
}
