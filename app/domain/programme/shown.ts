/** A setting in a form that every language can show, drawn from the setting's declaration. */
import type { DocumentSection } from './document-fields.ts';
import type { DraftDocument } from './draft.ts';
import { namesIn } from './names-shown.ts';
import type { Field } from '../fields.ts';
import { countryLines, prizeLines, tierTicketLines } from '../games/shown-games.ts';
import { answerShown, questionsShown, weightsShown } from '../quizzes/questions-shown.ts';
import { rankPrizesShown } from '../leaderboards/prizes-shown.ts';
import { levelLines, stepsShown } from '../goals/shown-goals.ts';
import { conditionDefinitions } from '../segments/registry.ts';
import { milestoneLines } from '../streaks/milestone-lines.ts';
import { EVERYBODY, segmentDraft } from '../segments/segment.ts';

/** A piece of a label. Without a key it is the merchant's own word, which nobody translates. */
export interface Label {
  readonly key: string | null;
  readonly text: string;
}

export type Shown =
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'words'; readonly label: Label }
  | { readonly as: 'several'; readonly labels: readonly Label[] }
  | { readonly as: 'switch'; readonly on: boolean }
  | { readonly as: 'number'; readonly number: number; readonly unit: string | null }
  | { readonly as: 'money'; readonly amount: string }
  | { readonly as: 'list'; readonly items: readonly string[]; readonly unit?: string }
  | {
      readonly as: 'ids';
      readonly of: 'products' | 'variants' | 'collections';
      readonly ids: readonly string[];
    }
  | {
      readonly as: 'moment';
      readonly at: string | null;
      /** A whole day that it begins or ends, where it is the shop's midnight. */
      readonly day?: 'first' | 'last';
    }
  | { readonly as: 'plans'; readonly plans: readonly ShownPlan[] }
  | {
      readonly as: 'conditions';
      readonly match: string;
      readonly conditions: readonly ShownCondition[];
    }
  | { readonly as: 'limits'; readonly limits: readonly ShownLimit[] }
  | { readonly as: 'rates'; readonly rates: readonly ShownRate[] }
  | { readonly as: 'amounts'; readonly amounts: readonly ShownAmount[] };

export interface ShownCondition {
  readonly label: Label;
  readonly not: boolean;
  readonly settings: readonly { readonly label: Label; readonly shown: Shown }[];
}

export interface ShownPlan {
  /** Empty for good. */
  readonly length: string;
  readonly unit: string;
  readonly ids: readonly string[];
}

export interface ShownLimit {
  readonly most: string;
  readonly of: string;
  readonly per: string;
}

export interface ShownRate {
  readonly market: string;
  readonly points: string;
  readonly per: string;
}

export interface ShownAmount {
  readonly market: string;
  readonly amount: string;
}

/** `words` is where the translations of the field's words stand, e.g. "definitions.earning.order". */
export function fieldKey(words: string, field: Field): string {
  return `${words}.fields.${field.name.replaceAll('.', '-')}`;
}

export function fieldLabel(words: string, field: Field): Label {
  return label(`${fieldKey(words, field)}.label`, field.label);
}

export function shownBy(
  field: Field,
  value: unknown,
  words: string,
  document?: DraftDocument,
): Shown {
  switch (field.input) {
    case 'integer':
      return value === null ? text('') : figure(value, field.unit ?? null);
    case 'money':
      return value === '' ? text('') : { as: 'money', amount: String(value) };
    case 'decimal':
    case 'text':
      return text(String(value));
    case 'switch':
      return { as: 'switch', on: value === true };
    case 'choice':
      return { as: 'words', label: choiceLabel(field, String(value), words) };
    case 'texts':
    case 'codes':
      return { as: 'list', items: listIn(value) };
    case 'integers':
      return { as: 'list', items: listIn(value), ...(field.unit && { unit: field.unit }) };
    case 'tiers':
    case 'rules':
    case 'markets':
    case 'challenges':
    case 'reachables':
      return { as: 'list', items: namesIn(field.input, value, document) };
    case 'tier':
    case 'badge':
    case 'challenge':
    case 'streak':
    case 'reward':
      return text(namesIn(field.input, value, document)[0] ?? '');
    case 'plans':
      return { as: 'plans', plans: plansIn(value) };
    case 'choices':
      return { as: 'several', labels: listIn(value).map((one) => choiceLabel(field, one, words)) };
    case 'milestones':
      return { as: 'list', items: milestoneLines(value, document) };
    case 'goals':
      return goalsIn(value, document);
    case 'levels':
      return { as: 'list', items: levelLines(value, document?.rewards ?? []) };
    case 'rank-prizes':
      return { as: 'list', items: rankPrizesShown(value, document) };
    case 'answer':
      return text(answerShown(value, document));
    case 'questions':
      return { as: 'list', items: questionsShown(value) };
    case 'weights':
      return { as: 'list', items: weightsShown(value, document) };
    case 'products':
    case 'variants':
    case 'collections':
      return { as: 'ids', of: field.input, ids: listIn(value) };
    case 'first-day':
    case 'last-day':
      return {
        as: 'moment',
        at: typeof value === 'string' && value !== '' ? value : null,
        day: field.input === 'last-day' ? 'last' : 'first',
      };
    case 'segment':
      return segmentIn(value, document);
    case 'game-prizes':
      return { as: 'list', items: prizeLines(value, document ?? { rewards: [], badges: [] }) };
    case 'tier-tickets':
      return { as: 'list', items: tierTicketLines(value, document?.tiers.levels ?? []) };
    case 'country-rules':
      return { as: 'list', items: countryLines(value) };
    case 'limits':
      return { as: 'limits', limits: rowsIn(value, ['most', 'of', 'per']) };
    case 'rates':
      return { as: 'rates', rates: rowsIn(value, ['market', 'points', 'per']) };
    case 'market-amounts':
      return { as: 'amounts', amounts: rowsIn(value, ['market', 'amount']) };
  }
}

function choiceLabel(field: Field, value: string, words: string): Label {
  const choice = field.choices?.find((one) => one.value === value);
  return label(`${fieldKey(words, field)}.choices.${value}`, choice?.label ?? value);
}

function rowsIn<K extends string>(value: unknown, columns: readonly K[]): Record<K, string>[] {
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  const cell = (row: unknown, column: K): string => {
    const found = valueIn(row, column);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  return rows.map(
    (row) =>
      Object.fromEntries(columns.map((column) => [column, cell(row, column)])) as Record<K, string>,
  );
}

function plansIn(value: unknown): readonly ShownPlan[] {
  const plans: readonly unknown[] = Array.isArray(value) ? value : [];
  return rowsIn(value, ['length', 'unit']).map((plan, index) => ({
    ...plan,
    ids: ['products', 'variants'].flatMap((name) => listIn(valueIn(plans[index], name))),
  }));
}

function segmentIn(value: unknown, document?: DraftDocument): Shown {
  const { match, conditions } = segmentDraft.catch(EVERYBODY).parse(value);
  return {
    as: 'conditions',
    // How one condition goes together with no other says nothing.
    match: conditions.length > 1 ? match : 'all',
    conditions: conditions.map(({ kind, not, settings }) => {
      const definition = conditionDefinitions.find(kind);
      const words = `definitions.segments.${kind}`;
      return {
        ...{ label: label(`${words}.label`, definition?.words.label ?? kind), not },
        settings: (definition?.fields ?? []).map((field) => ({
          label: fieldLabel(words, field),
          shown: shownBy(field, settings[field.name], words, document),
        })),
      };
    }),
  };
}

/** Goals that another is made of. */
function goalsIn(value: unknown, document?: DraftDocument): Shown {
  return {
    as: 'conditions',
    match: 'all',
    conditions: stepsShown(value).map((step) => {
      const words = `definitions.goals.${step.kind}`;
      return {
        ...{ label: label(`${words}.label`, step.label), not: false },
        settings: [
          { label: label('diff.name', 'Name'), shown: text(step.name) },
          ...step.settings.map(({ field, value: set }) => ({
            label: fieldLabel(words, field),
            shown: shownBy(field, set, words, document),
          })),
        ],
      };
    }),
  };
}

export function label(key: string, words: string): Label {
  return { key, text: words };
}

/** What is not a number yet is shown as it was typed. */
export function figure(value: unknown, unit: string | null): Shown {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? { as: 'number', number, unit } : text(String(value));
}

export function text(value: string): Shown {
  return { as: 'text', text: value };
}

export function valueIn(settings: unknown, name: string): unknown {
  return typeof settings === 'object' && settings !== null
    ? (settings as Record<string, unknown>)[name]
    : undefined;
}

function listIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Their settings' own words ("After", "Unit") say too little by themselves. */
export const sectionLabels: Readonly<Record<DocumentSection['key'], readonly Label[]>> = {
  points: [],
  expiry: [label('programme.sections.expiry', 'Expiry')],
  membership: [label('programme.sections.membership', 'Taking part')],
  tiers: [label('programme.tiers.title', 'Tiers')],
  referrals: [label('programme.sections.referrals', 'Referrals')],
  nicknames: [label('programme.sections.nicknames', 'Leaderboards')],
};
