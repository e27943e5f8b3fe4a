/**
 * Orders whose awards were cut by other limits than they would be now: something before them came,
 * went or changed. Only limits of members couple the awards of one member with each other.
 */
import { felt } from './cut-steps.ts';
import { usesOf } from './earn.ts';
import { baseRule, roomFor } from './limits.ts';
import type { Limits, Use } from './limits.ts';
import type { Award } from '../points/awards.ts';
import type { ShopTerms } from '../programme/terms.ts';

export function roomChanged({
  member,
  shop,
  awards,
}: {
  readonly member: { readonly leftOrderIds: readonly string[] };
  readonly shop: ShopTerms;
  readonly awards: ReadonlyMap<string, Award>;
}): readonly string[] {
  const left = new Set(member.leftOrderIds);
  const limited = [...awards.values()].filter(
    ({ sourceKind, sourceId, allowance }) =>
      sourceKind === 'order' && !left.has(sourceId) && typeof allowance?.room === 'number',
  );
  const again = new Set<string>();
  for (const rule of new Set(limited.map(({ ruleKey }) => baseRule(ruleKey)))) {
    for (const id of changedOf(rule, limited, awards, shop)) again.add(id);
  }
  return [...again];
}

function changedOf(
  rule: string,
  limited: readonly Award[],
  awards: ReadonlyMap<string, Award>,
  shop: ShopTerms,
): string[] {
  const byUse = new Map(limited.map((award) => [`${award.sourceId} ${award.ruleKey}`, award]));
  const earlier: Use[] = [];
  const changed: string[] = [];
  for (const use of usesOf(awards.values(), 'order', rule)) {
    const award = byUse.get(`${use.sourceId} ${use.ruleKey}`);
    const limits = award && limitsOf(award, rule, shop);
    if (!award?.allowance || !limits) {
      earlier.push(use);
      continue;
    }
    const { most, last, room, by } = award.allowance;
    const now = felt(roomFor(limits, use, earlier, shop.timeZone), limits, most);
    if (now.room !== room || now.by !== by) changed.push(use.sourceId);
    // What it will be: those after it need not wait for another round to be found.
    earlier.push(now.room === room ? use : { ...use, points: Math.min(last, now.room ?? last) });
  }
  return changed;
}

function limitsOf(award: Award, rule: string, shop: ShopTerms): Limits | null {
  const terms = shop.versions.find(({ version }) => version.version === award.programmeVersion);
  return terms?.earning.find(({ key }) => key === rule)?.limits ?? null;
}
