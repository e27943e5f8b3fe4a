/** The settings of the parts of a programme, each as one line that can be compared. */
import type { DraftDocument } from './draft.ts';
import { fieldLabel, label, shownBy, text, valueIn } from './shown.ts';
import type { Label, Shown } from './shown.ts';
import { valueAt } from './value-at.ts';
import { earningDefinitions } from '../earning/registry.ts';
import type { Field, Words } from '../fields.ts';
import { gameDefinitions } from '../games/registry.ts';
import { goalDefinitions } from '../goals/registry.ts';
import { quizDefinitions } from '../quizzes/registry.ts';
import { scoreMetrics } from '../leaderboards/metrics/registry.ts';
import type { Registry } from '../registry.ts';
import { rewardDefinitions } from '../rewards/registry.ts';

/** One setting of the document. `part` is the id of the rule, tier, badge or challenge it belongs to. */
export interface Setting {
  readonly id: string;
  readonly part: string | null;
  readonly place: string;
  readonly subject: readonly Label[];
  readonly shown: Shown | null;
}

type ListName =
  'earning' | 'badges' | 'challenges' | 'games' | 'quizzes' | 'leaderboards' | 'rewards';

interface Configured {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: unknown;
}

const registries = {
  earning: { registry: earningDefinitions, text: 'Way to earn', words: 'earning' },
  badges: { registry: goalDefinitions, text: 'Badge', words: 'goals' },
  challenges: { registry: goalDefinitions, text: 'Challenge', words: 'goals' },
  quizzes: { registry: quizDefinitions, text: 'Quiz', words: 'quizzes' },
  leaderboards: { registry: scoreMetrics, text: 'Leaderboard', words: 'leaderboards' },
  games: { registry: gameDefinitions, text: 'Game', words: 'games' },
  rewards: { registry: rewardDefinitions, text: 'Reward', words: 'rewards' },
} as const;

export function configured(list: ListName, item: Configured, index: number): Setting[] {
  const id = `${list}.${item.key}`;
  const place = `${list}.${index}`;
  const { registry, text: listText, words: registryWords } = registries[list];
  const subject = [label(`diff.${list}`, listText), own(item.name)];
  const setting = (name: string, words: Label, shown: Shown): Setting => ({
    id: `${id}.${name}`,
    part: id,
    place: `${place}.${name}`,
    subject: [...subject, words],
    shown,
  });
  const fields = registry.find(item.kind)?.fields ?? [];
  return [
    { id, part: null, place, subject, shown: null },
    setting('name', label('diff.name', 'Name'), text(item.name)),
    setting('kind', label('diff.kind', 'Kind'), kindShown(item.kind, registry, registryWords)),
    setting('enabled', label('diff.enabled', 'Switched on'), { as: 'switch', on: item.enabled }),
    ...fields.map((field) => {
      const words = `definitions.${registryWords}.${item.kind}`;
      const shown = shownBy(field, valueIn(item.settings, field.name), words);
      return setting(`settings.${field.name}`, fieldLabel(words, field), shown);
    }),
  ];
}

/** A file can say another kind under the same key. */
function kindShown(
  kind: string,
  registry: Registry<{ readonly kind: string; readonly words: Words }>,
  words: string,
): Shown {
  const definition = registry.find(kind);
  return {
    as: 'words',
    label: label(`definitions.${words}.${kind}.label`, definition?.words.label ?? kind),
  };
}

/** Parts of a list that have no kinds: campaigns, markets, memberships, streaks. */
export function itemsOf(
  document: DraftDocument,
  list: 'campaigns' | 'markets' | 'memberships' | 'streaks',
  fields: readonly Field[],
  words = 'programme',
): Setting[] {
  return document[list].flatMap((item, index) => {
    const id = `${list}.${item.key}`;
    const place = `${list}.${index}`;
    const subject = [label(`diff.${list}`, PART_NAMES[list]), own(item.name)];
    const setting = (name: string, words: Label, shown: Shown): Setting => ({
      ...{ id: `${id}.${name}`, part: id, place: `${place}.${name}` },
      subject: [...subject, words],
      shown,
    });
    return [
      { id, part: null, place, subject, shown: null },
      setting('name', label('diff.name', 'Name'), text(item.name)),
      ...('enabled' in item
        ? [
            setting('enabled', label('diff.enabled', 'Switched on'), {
              as: 'switch',
              on: item.enabled,
            }),
          ]
        : []),
      ...partsIn(list, item, index, fields, document, words),
    ];
  });
}

const PART_NAMES = {
  earning: 'Way to earn',
  campaigns: 'Campaign',
  markets: 'Market',
  memberships: 'Membership',
  streaks: 'Streak',
  badges: 'Badge',
  challenges: 'Challenge',
  quizzes: 'Quiz',
  leaderboards: 'Leaderboard',
  games: 'Game',
  rewards: 'Reward',
} as const;

/** Settings of an item that lie at places within it, e.g. "audience.tiers". */
export function partsIn(
  list: keyof typeof PART_NAMES,
  item: { readonly key: string; readonly name: string },
  index: number,
  fields: readonly Field[],
  document: DraftDocument,
  words = 'programme',
): Setting[] {
  const id = `${list}.${item.key}`;
  return fields.map((field) => ({
    ...{ id: `${id}.${field.name}`, part: id, place: `${list}.${index}.${field.name}` },
    subject: [label(`diff.${list}`, PART_NAMES[list]), own(item.name), fieldLabel(words, field)],
    shown: shownBy(field, valueAt(item, field.name), words, document),
  }));
}

export function own(name: string): Label {
  return { key: null, text: name };
}
