/** Says whether a document can be published, and where it cannot. */
import { programmeDocument } from './document.ts';
import type { ProgrammeDocument } from './document.ts';
import { partFaults, partWarnings } from './check-parts.ts';
import { goalFaults, goalWarnings } from './check-goals.ts';
import { pickWarnings } from './check-picks.ts';
import { referralFaults, referralWarnings } from './check-referrals.ts';
import { tierFaults, tierWarnings } from './check-tiers.ts';
import { draftDocument } from './draft.ts';
import { tooDeep } from './keepable.ts';
import type { DraftDocument } from './draft.ts';
import { valueAt } from './value-at.ts';
import { campaignFaults, campaignWarnings } from '../campaigns/check-campaigns.ts';
import { earningDefinitions } from '../earning/registry.ts';
import type { Field } from '../fields.ts';
import type { GoalDefinition } from '../goals/definition.ts';
import { gameDefinitions } from '../games/registry.ts';
import { goalDefinitions } from '../goals/registry.ts';
import { quizDefinitions } from '../quizzes/registry.ts';
import { scoreMetrics } from '../leaderboards/metrics/registry.ts';
import { rewardDefinitions } from '../rewards/registry.ts';
import { amountFault } from '../money/amount-fault.ts';
import type { Registry } from '../registry.ts';
import type { z } from 'zod';

/** `place` is a dotted path into the document, e.g. "tiers.levels.1.need". */
export interface Fault {
  readonly place: string;
  readonly message: string;
}

export type Validation =
  | { readonly ok: true; readonly document: ProgrammeDocument; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function validateProgramme(
  document: unknown,
  currency: string,
  goals: Registry<GoalDefinition> = goalDefinitions,
): Validation {
  const deep = tooDeep(document);
  if (deep !== null) {
    return { ok: false, faults: [{ place: deep, message: 'No programme is so deep.' }] };
  }
  const parsed = programmeDocument.safeParse(document);
  if (!parsed.success) {
    // What can be looked at in spite of it is, so that all faults are told at once.
    const draft = draftDocument.safeParse(document);
    const further = draft.success ? faultsWithin(draft.data, currency, goals) : [];
    return { ok: false, faults: onePerPlace([...faultsOf('', parsed.error), ...further]) };
  }
  const faults = onePerPlace(faultsWithin(parsed.data, currency, goals));
  if (faults.length > 0) return { ok: false, faults };
  const warnings = [...warningsOf(parsed.data, currency), ...goalWarnings(parsed.data, goals)];
  return { ok: true, document: parsed.data, warnings };
}

/** What is no amount is also no amount of the currency: the first fault of a place says enough. */
function onePerPlace(faults: readonly Fault[]): readonly Fault[] {
  const places = new Set<string>();
  return faults.filter(({ place }) => !places.has(place) && places.add(place));
}

function warningsOf(document: ProgrammeDocument, currency: string): readonly Fault[] {
  return [
    ...partWarnings(document),
    ...campaignWarnings(document),
    ...tierWarnings(document, currency),
    ...referralWarnings(document),
    ...pickWarnings(document),
  ];
}

function faultsWithin(
  found: DraftDocument,
  currency: string,
  goals: Registry<GoalDefinition>,
): Fault[] {
  return [
    ...checkDefinitions('earning', found.earning, earningDefinitions),
    ...checkDefinitions('badges', found.badges, goals),
    ...checkDefinitions('challenges', found.challenges, goals),
    ...checkDefinitions('leaderboards', found.leaderboards, scoreMetrics),
    ...checkDefinitions('rewards', found.rewards, rewardDefinitions),
    ...checkDefinitions('games', found.games, gameDefinitions),
    ...checkDefinitions('quizzes', found.quizzes, quizDefinitions),
    ...checkMoney(found, currency),
    ...tierFaults(found, currency),
    ...referralFaults(found, currency),
    ...goalFaults(found, currency, goals),
    ...partFaults(found),
    ...campaignFaults(found, currency),
  ];
}

function faultsOf(place: string, error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => {
    const at = [place, ...issue.path.map(String)].filter(Boolean).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ place: at, message: issue.message }];
    return issue.keys.map((key) => ({
      place: at === '' ? key : `${at}.${key}`,
      message: 'This Laurel knows no such setting: take it out.',
    }));
  });
}

interface Configured {
  readonly key: string;
  readonly kind: string;
  readonly settings: unknown;
}

function checkDefinitions(
  list: string,
  configured: readonly Configured[],
  registry: Registry<{ readonly kind: string; readonly settings: z.ZodType }>,
): Fault[] {
  const keys = new Set<string>();
  return configured.flatMap((item, index) => {
    const place = `${list}.${index}`;
    const faults: Fault[] = [];
    if (keys.has(item.key)) {
      faults.push({ place: `${place}.key`, message: `Another one is called "${item.key}".` });
    }
    keys.add(item.key);
    const definition = registry.find(item.kind);
    if (!definition) {
      const message = `This Laurel knows no ${registry.name} of the kind "${item.kind}".`;
      return [...faults, { place: `${place}.kind`, message }];
    }
    const settings = definition.settings.safeParse(item.settings);
    return settings.success
      ? faults
      : [...faults, ...faultsOf(`${place}.settings`, settings.error)];
  });
}

/** Amounts must be amounts of the shop's own currency (no cents of a yen). */
function checkMoney(
  { earning, rewards, games, worthOf100 }: DraftDocument,
  currency: string,
): Fault[] {
  const worth = amountFault(worthOf100, currency);
  return [
    ...moneyOf('earning', earning, earningDefinitions, currency),
    ...moneyOf('rewards', rewards, rewardDefinitions, currency),
    ...games.flatMap(({ entry: { perOrder } }, index) => {
      const fault = perOrder.amount === '' ? null : amountFault(perOrder.amount, currency);
      return fault ? [{ place: `games.${index}.entry.perOrder.amount`, message: fault }] : [];
    }),
    ...(worth ? [{ place: 'worthOf100', message: worth }] : []),
  ];
}

/** That it is an amount at all, and more than nothing, its definition says. */
function moneyOf(
  list: string,
  items: readonly { readonly kind: string; readonly settings: Record<string, unknown> }[],
  registry: Registry<{ readonly kind: string; readonly fields: readonly Field[] }>,
  currency: string,
): Fault[] {
  return items.flatMap(({ kind, settings }, index) =>
    (registry.find(kind)?.fields ?? [])
      .flatMap(({ name, input }) => {
        if (input === 'money') return [[name, settings[name]] as const];
        const column = input === 'rates' ? 'per' : input === 'market-amounts' ? 'amount' : null;
        const rows: unknown = column === null ? [] : settings[name];
        return (Array.isArray(rows) ? rows : []).map(
          (row: unknown, at) => [`${name}.${at}.${column}`, valueAt(row, `${column}`)] as const,
        );
      })
      .flatMap(([name, amount]) => {
        const fault =
          typeof amount === 'string' && amount !== '' ? amountFault(amount, currency) : null;
        return fault ? [{ place: `${list}.${index}.settings.${name}`, message: fault }] : [];
      }),
  );
}
