/** Every word that a page asks for is there, in each language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { badgeFields } from '../../app/domain/badges/fields.ts';
import { REFERRAL } from '../../app/domain/decide-referrals.ts';
import { campaignFields } from '../../app/domain/campaigns/campaign-settings.ts';
import { challengeFields } from '../../app/domain/challenges/fields.ts';
import { goalDefinitions } from '../../app/domain/goals/registry.ts';
import { earningDefinitions } from '../../app/domain/earning/registry.ts';
import { scoreMetrics } from '../../app/domain/leaderboards/metrics/registry.ts';
import { gameFields } from '../../app/domain/games/fields.ts';
import { gameDefinitions } from '../../app/domain/games/registry.ts';
import { rewardDefinitions } from '../../app/domain/rewards/registry.ts';
import type { Field, Words } from '../../app/domain/fields.ts';
import { movesBetween } from '../../app/domain/programme/diff-moves.ts';
import { diffProgramme } from '../../app/domain/programme/diff-programme.ts';
import { documentSections } from '../../app/domain/programme/document-fields.ts';
import {
  audienceFields,
  levelFields,
  limitFields,
  marketFields,
  rewardFields,
} from '../../app/domain/programme/item-fields.ts';
import { membershipFields } from '../../app/domain/memberships/fields.ts';
import { fieldKey } from '../../app/domain/programme/shown.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { draftDocument } from '../../app/domain/programme/draft.ts';
import { validateProgramme } from '../../app/domain/programme/validate-programme.ts';
import { valueAt } from '../../app/domain/programme/value-at.ts';
import { quizFields } from '../../app/domain/quizzes/fields.ts';
import { quizDefinitions } from '../../app/domain/quizzes/registry.ts';
import { conditionDefinitions } from '../../app/domain/segments/registry.ts';
import { streakFields } from '../../app/domain/streaks/fields.ts';
import { tierMetrics } from '../../app/domain/tiers/metric.ts';
import faults from '../../app/locales/de.faults.json' with { type: 'json' };
import de from '../../app/locales/de.json' with { type: 'json' };
import en from '../../app/locales/en.json' with { type: 'json' };

type Tree = { readonly [key: string]: string | Tree };

function keysOf(tree: Tree, start = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [start + key] : keysOf(value, `${start}${key}.`),
  );
}

function lookUp(tree: Tree, key: string): string | undefined {
  let found: string | Tree | undefined = tree;
  for (const step of key.split('.')) found = typeof found === 'object' ? found[step] : undefined;
  return typeof found === 'string' ? found : undefined;
}

const english = keysOf(en);
const german = keysOf(de);

const listFields = [
  ...audienceFields,
  ...limitFields,
  ...campaignFields,
  ...marketFields,
  ...membershipFields,
];

/** Translations of what stands in English in the domain itself. */
const fromTheDomain =
  /^(definitions|tierMetrics|diff|programme\.fields|programme\.level|programme\.reward|programme\.leaderboard|programme\.game|programme\.quiz|programme\.badge\.fields|programme\.challenge\.fields|programme\.streak\.fields)\./;

describe('the words', () => {
  it('say of every kind of points where they came from', () => {
    const played = ['badge', 'challenge', 'streak', 'leaderboard', 'game', 'quiz', 'tier'];
    const kinds = [
      ...earningDefinitions.all.map(({ kind }) => kind),
      ...[...played, REFERRAL, 'adjustment', 'merge'],
    ];
    const wanted = kinds.flatMap((kind) => [`ledger.source.${kind}`, `lots.source.${kind}`]);
    expect(wanted.filter((key) => lookUp(en, key) === undefined)).toEqual([]);
  });

  it('say what became of a delivery, whatever it was', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');
    const [, table = ''] = page.split('### Outcomes of a delivery');
    const rows = [...(table.split('## Tiers')[0] ?? '').matchAll(/^\| (`[^|]+) \|/gm)];
    const outcomes = rows.flatMap(([, names = '']) => names.match(/[a-z-]+/g) ?? []);
    expect(outcomes).toContain('nothing-new');
    const missing = outcomes.filter((one) => lookUp(en, `outcome.${one}`) === undefined);
    expect(missing).toEqual([]);
    expect(Object.keys(en.outcome).filter((one) => !outcomes.includes(one))).toEqual([]);
  });

  it('are in German when they are in English', () => {
    expect(english.filter((key) => !german.includes(key))).toEqual([]);
  });

  it('are in no language alone, but for those of the domain', () => {
    const alone = german.filter((key) => !english.includes(key) && !fromTheDomain.test(key));
    expect(alone).toEqual([]);
  });

  it('have the same places to fill in', () => {
    const places = (text = ''): string[] =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([place]) => place).sort();
    const unlike = english.filter(
      (key) => places(lookUp(en, key)).join() !== places(lookUp(de, key)).join(),
    );
    expect(unlike).toEqual([]);
  });

  it('are there for every key that the pages name', () => {
    const named = sources().flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => ({ path, key: key ?? '' })),
    );
    expect(named.length).toBeGreaterThan(100);
    const known = new Set(english.map((key) => key.replace(/_(one|other)$/, '')));
    expect(named.filter(({ key }) => !known.has(key))).toEqual([]);
  });

  it('are all used', () => {
    const text = sources()
      .map((source) => source.text)
      .join('\n');
    const unused = english.filter((key) => {
      const plain = key.replace(/_(one|other)$/, '');
      const parts = plain.split('.');
      // Keys that end in a variable are named by their beginning: `deliveries.is.${state}`.
      const starts = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
      return (
        !text.includes(`'${plain}'`) &&
        !starts.some((start) => text.includes(`${start}.\${`)) &&
        !plain.startsWith('explain.')
      );
    });
    expect(unused).toEqual([]);
  });
});

describe('the words of the domain in German', () => {
  const definitions = [
    ...earningDefinitions.all.map((one) => ['definitions.earning', one] as const),
    ...conditionDefinitions.all.map((one) => ['definitions.segments', one] as const),
    ...goalDefinitions.all.map((one) => ['definitions.goals', one] as const),
    ...rewardDefinitions.all.map((one) => ['definitions.rewards', one] as const),
    ...gameDefinitions.all.map((one) => ['definitions.games', one] as const),
    ...scoreMetrics.all.map((one) => ['definitions.leaderboards', one] as const),
    ...quizDefinitions.all.map((one) => ['definitions.quizzes', one] as const),
  ];
  it.each(definitions.map(([list, one]) => [`${list}.${one.kind}`, one] as const))(
    'are there for %s',
    (key, one: { words: Words; fields: readonly Field[] }) => {
      const wanted = [
        ...['label', 'help'],
        ...one.fields.flatMap((field) => [
          `fields.${field.name}.label`,
          ...(field.help === undefined ? [] : [`fields.${field.name}.help`]),
          ...(field.choices ?? []).map(({ value }) => `fields.${field.name}.choices.${value}`),
        ]),
      ];
      expect(wanted.filter((part) => lookUp(de, `${key}.${part}`) === undefined)).toEqual([]);
      const units = one.fields.flatMap(({ unit }) => unit ?? []);
      expect(units.filter((unit) => lookUp(de, `units.${unit}`) === undefined)).toEqual([]);
    },
  );

  it.each([
    ['programme', [...documentSections.flatMap(({ fields }) => fields), ...listFields]],
    ['programme.level', levelFields],
    ['programme.reward', rewardFields],
    ['programme.badge', badgeFields],
    ['programme.challenge', challengeFields],
    ['programme.streak', streakFields],
    ['programme.game', gameFields],
    ['programme.quiz', quizFields],
  ] as const)('are there for the settings of the programme itself: %s', (words, fields) => {
    const wanted = fields.flatMap((field) => {
      const key = fieldKey(words, field);
      return [
        `${key}.label`,
        ...(field.help === undefined ? [] : [`${key}.help`]),
        ...(field.choices ?? []).map(({ value }) => `${key}.choices.${value}`),
        ...(field.unit === undefined ? [] : [`units.${field.unit}`]),
      ];
    });
    expect(wanted.filter((key) => lookUp(de, key) === undefined)).toEqual([]);
  });

  it('are there for what tiers climb by', () => {
    const wanted = tierMetrics.all.flatMap(({ kind }) => [
      `tierMetrics.${kind}.label`,
      `tierMetrics.${kind}.help`,
    ]);
    expect(wanted.filter((key) => lookUp(de, key) === undefined)).toEqual([]);
  });

  it('are there for every label of a change', () => {
    const changes = diffProgramme(null, draftDocument.parse(firstDraft('Fern')));
    const fewer = draftDocument.parse({ ...firstDraft('Fern'), badges: [], challenges: [] });
    const parts = diffProgramme(fewer, draftDocument.parse(firstDraft('Fern')));
    const two = [
      { key: 'a', name: 'A' },
      { key: 'b', name: 'B' },
    ];
    const lists = Object.keys(fewer).filter((list) => Array.isArray(valueAt(fewer, list)));
    const moved = lists.flatMap((list) =>
      movesBetween({ ...fewer, [list]: two }, { ...fewer, [list]: two.toReversed() }),
    );
    expect(moved).toHaveLength(lists.length);
    const keys = [...changes, ...parts, ...moved].flatMap(({ subject }) =>
      subject.flatMap(({ key }) => key ?? []),
    );
    expect(keys.filter((key) => lookUp(de, key) === undefined)).toEqual([]);
  });

  it('are there for the faults of a document that is wrong in every way', () => {
    const wrong = firstDraft('Fern');
    const faulty = {
      ...wrong,
      name: '',
      earning: [
        { ...wrong.earning[0], settings: { ...(wrong.earning[0]!.settings as object), per: 'x' } },
      ],
      tiers: {
        ...wrong.tiers,
        levels: [{ key: 'A b', name: '', need: 'x', multiplier: 'y' }],
      },
    };
    const late = {
      ...wrong,
      tiers: {
        ...wrong.tiers,
        levels: [
          { key: 'a', name: 'A', need: '10', multiplier: '0.5' },
          { key: 'b', name: 'B', need: '5', multiplier: '1' },
        ],
      },
      challenges: [
        {
          ...wrong.challenges[0],
          startsAt: '2026-02-01T00:00:00Z',
          endsAt: '2026-01-01T00:00:00Z',
        },
      ],
    };
    const zero = {
      ...wrong,
      earning: [
        { ...wrong.earning[0], settings: { ...(wrong.earning[0]!.settings as object), per: '0' } },
      ],
    };
    const off = { ...wrong, earning: wrong.earning.map((rule) => ({ ...rule, enabled: false })) };
    const messages = [faulty, late, zero, off].flatMap((document) => {
      const validation = validateProgramme(document, 'EUR');
      return (validation.ok ? validation.warnings : validation.faults).map(
        ({ message }) => message,
      );
    });
    expect(messages.length).toBeGreaterThan(6);
    // zod's own messages are put into words by their shape.
    const ours = messages.filter((message) => !/^(Too small|Too big|Invalid input)/.test(message));
    expect(ours.filter((message) => !(message in faults))).toEqual([]);
  });
});

function sources(): { path: string; text: string }[] {
  const app = join(import.meta.dirname, '../../app');
  return ['components', 'routes', 'domain'].flatMap((folder) =>
    readdirSync(join(app, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => ({ path, text: readFileSync(join(app, folder, path), 'utf8') })),
  );
}
