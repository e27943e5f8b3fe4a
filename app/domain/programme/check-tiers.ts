/** Whether a ladder of tiers contradicts itself, and what of it is hardly meant. */
import type { DraftDocument } from './draft.ts';
import type { Fault } from './validate-programme.ts';
import { MoneyFault } from '../money/money.ts';
import { tierMetrics } from '../tiers/metric.ts';
import type { TierMetric } from '../tiers/metric.ts';

type Tiers = DraftDocument['tiers'];

/** What cannot be published. */
export function tierFaults({ tiers }: DraftDocument, currency: string): Fault[] {
  const metric = tierMetrics.find(tiers.metric);
  if (!metric) {
    return [{ place: 'tiers.metric', message: `This Laurel cannot measure "${tiers.metric}".` }];
  }
  const faults: Fault[] = [];
  const keys = new Set<string>();
  const names = new Set<string>();
  let below: number | null = null;
  tiers.levels.forEach((level, index) => {
    const place = `tiers.levels.${index}`;
    if (keys.has(level.key)) {
      faults.push({ place: `${place}.key`, message: `Another tier is called "${level.key}".` });
    }
    keys.add(level.key);
    if (names.has(level.name.toLowerCase())) {
      faults.push({ place: `${place}.name`, message: `Another tier is named "${level.name}".` });
    }
    names.add(level.name.toLowerCase());
    if (Number(level.multiplier) < 1) {
      faults.push({ place: `${place}.multiplier`, message: 'A tier multiplies by 1 or more.' });
    }
    if (level.grantedOnly) return;
    const need = readNeed(metric, level.need, currency);
    if (typeof need === 'string') {
      faults.push({ place: `${place}.need`, message: need });
      return;
    }
    if (below !== null && need <= below) {
      const message = 'Must be more than the tier below it, or nobody could tell them apart.';
      faults.push({ place: `${place}.need`, message });
    }
    below = need;
  });
  return faults;
}

function readNeed(metric: TierMetric, need: string, currency: string): number | string {
  const shape = metric.need.safeParse(need);
  if (!shape.success) return shape.error.issues[0]?.message ?? 'Write a number.';
  try {
    return metric.parseNeed(need, currency);
  } catch (fault) {
    if (fault instanceof MoneyFault) return `${fault.message}.`;
    throw fault;
  }
}

/** What can be published, and is hardly meant. */
export function tierWarnings(document: DraftDocument, currency: string): Fault[] {
  const { tiers } = document;
  return [...termWarnings(tiers), ...reachWarnings(document, currency)];
}

function termWarnings({ window, graceDays, noticeDays }: Tiers): Fault[] {
  if (window.kind !== 'rolling') return [];
  const warnings: Fault[] = [];
  if (Number(graceDays) > Number(window.days)) {
    warnings.push({
      place: 'tiers.graceDays',
      message: 'The grace is longer than the term: shorten it, or count more days.',
    });
  }
  if (Number(noticeDays) >= Number(window.days)) {
    warnings.push({
      place: 'tiers.noticeDays',
      message: 'Members are warned of losing a tier on the day they reach it: give shorter notice.',
    });
  }
  return warnings;
}

function reachWarnings({ tiers, earning, memberships }: DraftDocument, currency: string): Fault[] {
  const metric = tierMetrics.find(tiers.metric);
  const most = tiers.metric === 'points' ? mostPoints(earning) : Infinity;
  return tiers.levels.flatMap((level, index) => {
    if (level.grantedOnly || !metric) return [];
    const need = readNeed(metric, level.need, currency);
    if (typeof need === 'string') return [];
    const place = `tiers.levels.${index}`;
    if (need > most && !memberships.some(({ tier }) => tier === level.key)) {
      const message =
        'Nobody can earn that many points: lower it, raise the limits of the ways to earn, or grant the tier.';
      return [{ place: `${place}.need`, message }];
    }
    return need <= 0 && Number(level.entryPoints) > 0
      ? [
          {
            place: `${place}.entryPoints`,
            message: 'Everybody who joins is paid this: a reward for joining says so more clearly.',
          },
        ]
      : [];
  });
}

/** Most points that a member can ever earn by what is switched on. */
function mostPoints(earning: DraftDocument['earning']): number {
  return earning
    .filter(({ enabled }) => enabled)
    .map(({ limits }) => {
      const most = limits.perMember
        .filter((limit) => limit.of === 'points' && limit.per === 'lifetime')
        .map((limit) => Number(limit.most));
      return Math.min(Infinity, ...most);
    })
    .reduce((sum, most) => sum + most, 0);
}
