/**
 * What a draft would change, in words a merchant knows: one change per setting, with what it was and
 * what it becomes. Labels come from the registries; `key` lets a translation take the text's place.
 */
import type { DraftDocument } from './draft.ts';
import { configured, itemsOf, own, partsIn } from './diff-items.ts';
import type { Setting } from './diff-items.ts';
import { movesBetween } from './diff-moves.ts';
import { fieldLabel, figure, label, sectionLabels, shownBy, text } from './shown.ts';
import type { Label, Shown } from './shown.ts';
import { valueAt } from './value-at.ts';
import { badgeFields } from '../badges/fields.ts';
import { campaignFields } from '../campaigns/campaign-settings.ts';
import { challengeFields } from '../challenges/fields.ts';
import { documentSections } from './document-fields.ts';
import {
  audienceFields,
  levelFields,
  limitFields,
  marketFields,
  rewardAudienceFields,
  rewardFields,
} from './item-fields.ts';
import { gameFields } from '../games/fields.ts';
import { membershipFields } from '../memberships/fields.ts';
import { quizFields } from '../quizzes/fields.ts';
import { leaderboardFields } from '../leaderboards/fields.ts';
import { streakFields } from '../streaks/fields.ts';
import { tierMetrics } from '../tiers/metric.ts';

export interface Change {
  readonly place: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly subject: readonly Label[];
  readonly before: Shown | null;
  readonly after: Shown | null;
}

/** @param before null when nothing was published yet: then everything is new. */
export function diffProgramme(
  before: DraftDocument | null,
  after: DraftDocument,
): readonly Change[] {
  const was = before === null ? [] : settingsOf(before);
  const is = settingsOf(after);
  const wasBy = new Map(was.map((setting) => [setting.id, setting]));
  const isBy = new Map(is.map((setting) => [setting.id, setting]));
  const gone = new Set(was.filter(({ id }) => !isBy.has(id)).map(({ id }) => id));
  const come = new Set(is.filter(({ id }) => !wasBy.has(id)).map(({ id }) => id));
  return [
    ...was
      .filter(({ id, part }) => gone.has(id) && !(part !== null && gone.has(part)))
      .map((setting) => change('removed', setting, setting.shown, null)),
    ...is.flatMap((setting) => {
      if (come.has(setting.id)) {
        const withItsWhole = setting.part !== null && come.has(setting.part);
        return withItsWhole ? [] : [change('added', setting, null, setting.shown)];
      }
      const old = wasBy.get(setting.id);
      return !old || sameShown(old.shown, setting.shown)
        ? []
        : [change('changed', setting, old.shown, setting.shown)];
    }),
    ...(before === null ? [] : movesBetween(before, after)),
  ];
}

/** What a place is called, as a change of it would be: "Tier", "Gold", "Needs". Empty where it has no name. */
export function subjectAt(document: DraftDocument, place: string): readonly Label[] {
  return settingAt(document, place)?.subject ?? [];
}

/** The rows of its setting in which a place is, the first being 1: the second question's first answer is 2, 1. */
export function rowsAt(document: DraftDocument, place: string): readonly number[] {
  const setting = settingAt(document, place);
  if (!setting) return [];
  const within = place.slice(setting.place.length).split('.');
  return within.flatMap((part) => (/^\d+$/.test(part) ? [Number(part) + 1] : []));
}

/** The innermost setting that a place is of. */
function settingAt(document: DraftDocument, place: string): Setting | undefined {
  const around = settingsOf(document).filter(
    (setting) => place === setting.place || place.startsWith(`${setting.place}.`),
  );
  return around.sort((a, b) => b.place.length - a.place.length)[0];
}

function settingsOf(document: DraftDocument): readonly Setting[] {
  return [
    one('name', 'Programme name', text(document.name)),
    one('word.one', 'One point is called', text(document.word.one)),
    one('word.other', 'Points are called', text(document.word.other)),
    ...document.earning.flatMap((rule, index) => [
      ...configured('earning', rule, index),
      ...partsIn('earning', rule, index, [...audienceFields, ...limitFields], document),
    ]),
    ...tiersOf(document),
    ...document.badges.flatMap((badge, index) => [
      ...configured('badges', badge, index),
      ...partsIn('badges', badge, index, badgeFields, document, 'programme.badge'),
    ]),
    ...document.challenges.flatMap((challenge, index) => [
      ...configured('challenges', challenge, index),
      ...partsIn('challenges', challenge, index, challengeFields, document, 'programme.challenge'),
      ...partsIn('challenges', challenge, index, audienceFields, document),
    ]),
    ...document.quizzes.flatMap((quiz, index) => [
      ...configured('quizzes', quiz, index),
      ...partsIn('quizzes', quiz, index, quizFields, document, 'programme.quiz'),
      ...partsIn('quizzes', quiz, index, audienceFields, document),
    ]),
    ...document.leaderboards.flatMap((board, index) => [
      ...configured('leaderboards', board, index),
      ...partsIn(
        'leaderboards',
        board,
        index,
        leaderboardFields,
        document,
        'programme.leaderboard',
      ),
      ...partsIn('leaderboards', board, index, audienceFields, document),
    ]),
    ...document.games.flatMap((game, index) => [
      ...configured('games', game, index),
      ...partsIn('games', game, index, gameFields, document, 'programme.game'),
      ...partsIn('games', game, index, audienceFields, document),
    ]),
    ...document.rewards.flatMap((reward, index) => [
      ...configured('rewards', reward, index),
      ...partsIn('rewards', reward, index, rewardFields, document, 'programme.reward'),
      ...partsIn('rewards', reward, index, rewardAudienceFields, document),
    ]),
    ...itemsOf(document, 'campaigns', [...campaignFields, ...audienceFields]),
    ...itemsOf(document, 'markets', marketFields),
    ...itemsOf(document, 'memberships', membershipFields),
    ...itemsOf(document, 'streaks', streakFields, 'programme.streak'),
    ...documentSections.flatMap(({ key, fields }) =>
      fields
        .filter(({ when }) => when?.(document) ?? true)
        .map((field) => ({
          id: field.name,
          part: null,
          place: field.name,
          subject: [...sectionLabels[key], fieldLabel('programme', field)],
          shown: shownBy(field, valueAt(document, field.name), 'programme', document),
        })),
    ),
  ];
}

function tiersOf(document: DraftDocument): Setting[] {
  const { tiers } = document;
  const metric = tierMetrics.find(tiers.metric);
  const need = (level: { need: string }): Shown =>
    metric?.words.unit === 'money'
      ? { as: 'money', amount: level.need }
      : figure(level.need, metric?.words.unit ?? null);
  return [
    one('tiers.metric', 'Tiers climb by', {
      as: 'words',
      label: {
        key: `tierMetrics.${tiers.metric}.label`,
        text: metric?.words.label ?? tiers.metric,
      },
    }),
    one('tiers.window.kind', 'Tiers look at', word('window', tiers.window.kind)),
    ...(tiers.window.days === undefined
      ? []
      : [one('tiers.window.days', 'Days that tiers look at', figure(tiers.window.days, 'days'))]),
    ...tiers.levels.flatMap((level, index) => {
      const id = `tiers.levels.${level.key}`;
      const place = `tiers.levels.${index}`;
      const subject = [label('diff.tier', 'Tier'), own(level.name)];
      const setting = (name: string, words: string, shown: Shown): Setting => ({
        id: `${id}.${name}`,
        part: id,
        place: `${place}.${name}`,
        subject: [...subject, label(`diff.level.${name}`, words)],
        shown,
      });
      return [
        { id, part: null, place, subject, shown: null },
        setting('name', 'Name', text(level.name)),
        setting('need', 'Needs', need(level)),
        setting('multiplier', 'Points multiplied by', text(level.multiplier)),
        ...levelFields.map((field) => ({
          ...{ id: `${id}.${field.name}`, part: id, place: `${place}.${field.name}` },
          subject: [...subject, fieldLabel('programme.level', field)],
          shown: shownBy(field, valueAt(level, field.name), 'programme.level', document),
        })),
      ];
    }),
  ];
}

function sameShown(a: Shown | null, b: Shown | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function change(
  kind: Change['kind'],
  { place, subject }: Setting,
  before: Shown | null,
  after: Shown | null,
): Change {
  return { place, kind, subject, before, after };
}

function one(place: string, words: string, shown: Shown): Setting {
  return {
    id: place,
    part: null,
    place,
    subject: [label(`diff.${place.replaceAll('.', '-')}`, words)],
    shown,
  };
}

function word(group: 'window', value: string): Shown {
  return { as: 'words', label: label(`programme.${group}.${value}`, value) };
}
