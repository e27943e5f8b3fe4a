/** Whether badges and challenges fit together with what they ask for, with each other and with themselves. */
import type { DraftDocument } from './draft.ts';
import { twice, unknownKeys } from './known-keys.ts';
import type { Fault } from './validate-programme.ts';
import { valueAt } from './value-at.ts';
import { draftSteps } from '../goals/draft-steps.ts';
import type { GoalDefinition } from '../goals/definition.ts';
import { reachables } from '../goals/reachables.ts';
import { amountFault } from '../money/amount-fault.ts';
import { parseMoney, MoneyFault } from '../money/money.ts';
import type { Registry } from '../registry.ts';

type Goals = Registry<GoalDefinition>;

export function goalFaults(document: DraftDocument, currency: string, goals: Goals): Fault[] {
  return [
    ...askedFor(document, goals).flatMap((asked) => [
      ...moneyFaults(asked, currency),
      ...keyFaults(asked, document),
    ]),
    ...document.badges.flatMap((badge, index) =>
      levelFaults(badge, `badges.${index}`, currency, goals),
    ),
    ...document.badges.flatMap((badge, index) => windowFaults(badge, `badges.${index}`)),
    ...document.challenges.flatMap((challenge, index) => [
      ...windowFaults(challenge, `challenges.${index}`),
      ...joiningFaults(challenge, `challenges.${index}`),
      ...unknownBadge(challenge.prizeBadge, `challenges.${index}.prizeBadge`, document),
    ]),
  ];
}

/** What can be published, and is hardly meant. */
export function goalWarnings(document: DraftDocument, goals: Goals): Fault[] {
  return askedFor(document, goals).flatMap(({ definition, settings, place }) =>
    definition.listens(settings).flatMap((topic): Fault[] => {
      if (topic === 'referral' && !document.referrals.enabled) {
        return [{ place, message: 'Members cannot refer friends: nobody will reach this.' }];
      }
      const deed = topic.startsWith('activity:') ? topic.slice('activity:'.length) : null;
      const isTold = document.earning.some(({ kind, enabled }) => enabled && kind === deed);
      return deed !== null && TOLD_BY_RULES.includes(deed) && !isTold
        ? [{ place, message: 'No way to earn is switched on for this: nobody can do it.' }]
        : [];
    }),
  );
}

/** What members say of themselves only where the programme asks for it. */
const TOLD_BY_RULES = ['visit', 'social-follow', 'social-share', 'survey', 'receipt', 'birthday'];

interface Asked {
  /** Of its settings. */
  readonly place: string;
  /** "badge:fan": whose goal it is. */
  readonly whose: string;
  readonly definition: GoalDefinition;
  readonly settings: Record<string, unknown>;
}

/** Every goal of the programme, those that another is made of as well; without those that cannot be read. */
function askedFor({ badges, challenges }: DraftDocument, goals: Goals): readonly Asked[] {
  const found: Asked[] = [];
  const look = (place: string, whose: string, kind: string, settings: Asked['settings']): void => {
    const definition = goals.find(kind);
    if (!definition) return;
    if (definition.settings.safeParse(settings).success) {
      found.push({ place, whose, definition, settings });
    }
    for (const { name, input } of definition.fields) {
      if (input !== 'goals') continue;
      draftSteps(settings[name]).forEach((step, at) =>
        look(`${place}.${name}.${at}.settings`, whose, step.kind, step.settings),
      );
    }
  };
  badges.forEach(({ key, kind, settings }, index) =>
    look(`badges.${index}.settings`, `badge:${key}`, kind, settings),
  );
  challenges.forEach(({ key, kind, settings }, index) =>
    look(`challenges.${index}.settings`, `challenge:${key}`, kind, settings),
  );
  return found;
}

/** Amounts must be amounts of the shop's own currency (no cents of a yen). */
function moneyFaults({ place, definition, settings }: Asked, currency: string): Fault[] {
  return definition.fields.flatMap(({ name, input }) => {
    const amount = input === 'money' ? settings[name] : undefined;
    const message =
      typeof amount === 'string' && amount !== '' ? amountFault(amount, currency) : null;
    return message === null ? [] : [{ place: `${place}.${name}`, message }];
  });
}

function keyFaults(
  { place, whose, definition, settings }: Asked,
  document: DraftDocument,
): Fault[] {
  return definition.fields.flatMap(({ name, input }): Fault[] => {
    const value = settings[name];
    const keys = Array.isArray(value) ? value.map(String) : [];
    const at = `${place}.${name}`;
    if (input === 'tiers') return unknownKeys(at, keys, document.tiers.levels, NO_TIER);
    if (input !== 'reachables') return [];
    return [
      ...unknownKeys(at, keys, reachables(document), NO_REACHABLE),
      ...(keys.includes(whose)
        ? [{ place: `${at}.${keys.indexOf(whose)}`, message: 'It cannot ask for itself.' }]
        : []),
    ];
  });
}

function levelFaults(
  { kind, levels, settings }: DraftDocument['badges'][number],
  place: string,
  currency: string,
  goals: Goals,
): Fault[] {
  const definition = goals.find(kind);
  if (levels.length === 0 || !definition) return [];
  const { measure } = definition;
  if (!measure) {
    return [{ place: `${place}.levels`, message: 'What this goal asks for has no levels.' }];
  }
  const amounts = levels.map(({ need }) => amountOf(need, measure.of, currency));
  return [
    ...twice(`${place}.levels`, levels),
    ...levels.flatMap(({ need }, at): Fault[] => {
      const here = `${place}.levels.${at}`;
      const amount = amounts[at] ?? null;
      const own = { ...settings, [measure.setting]: measure.of === 'money' ? need : amount };
      const parsed = definition.settings.safeParse(own);
      const fault = parsed.error?.issues.find(({ path }) => path[0] === measure.setting);
      return [
        ...(amount === null
          ? [{ place: `${here}.need`, message: noAmount(need, measure.of) }]
          : []),
        ...(amount !== null && fault ? [{ place: `${here}.need`, message: fault.message }] : []),
        ...(amount !== null && amounts.indexOf(amount) < at
          ? [{ place: `${here}.need`, message: 'Another level needs the same.' }]
          : []),
      ];
    }),
  ];
}

function amountOf(text: string, of: 'count' | 'money', currency: string): number | null {
  if (of === 'count') return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
  try {
    return parseMoney(text, currency);
  } catch (fault) {
    if (fault instanceof MoneyFault) return null;
    throw fault;
  }
}

function noAmount(text: string, of: 'count' | 'money'): string {
  if (of === 'count') return 'Write a whole number.';
  return /^\d{1,12}(\.\d{1,4})?$/.test(text)
    ? 'The currency of your shop has no such amounts.'
    : 'Write an amount like 10 or 4.50.';
}

function windowFaults(
  { startsAt, endsAt }: { readonly startsAt: string | null; readonly endsAt: string | null },
  place: string,
): Fault[] {
  return startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt)
    ? [{ place: `${place}.endsAt`, message: 'Must end after it starts.' }]
    : [];
}

function joiningFaults(challenge: DraftDocument['challenges'][number], place: string): Fault[] {
  if (challenge.joining === 'opt-in') return [];
  const isOwnTime =
    valueAt(challenge, 'window.kind') === 'rolling' &&
    valueAt(challenge, 'window.from') === 'joined-challenge';
  return [
    ...(isOwnTime
      ? [{ place: `${place}.joining`, message: 'Its time begins with joining: let members join.' }]
      : []),
    ...(challenge.capacity === null
      ? []
      : [{ place: `${place}.joining`, message: 'Only what members join can be full.' }]),
  ];
}

function unknownBadge(key: string | null, place: string, { badges }: DraftDocument): Fault[] {
  return key === null || badges.some((badge) => badge.key === key)
    ? []
    : [{ place, message: 'No badge is known by this name any more.' }];
}

const NO_TIER = 'No tier is known by this name any more.';
const NO_REACHABLE = 'No badge and no challenge is known by this name any more.';
