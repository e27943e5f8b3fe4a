/**
 * The programme's file as a JSON Schema, for editors: drawn from the document's shape, and for each
 * kind from the settings that its definition declares.
 */
import { z } from 'zod';
import { programmeDocument } from './document.ts';
import { gameDefinitions } from '../games/registry.ts';
import { goalDefinitions } from '../goals/registry.ts';
import { earningDefinitions } from '../earning/registry.ts';
import type { Words } from '../fields.ts';
import type { Registry } from '../registry.ts';
import { quizDefinitions } from '../quizzes/registry.ts';
import { scoreMetrics } from '../leaderboards/metrics/registry.ts';
import { rewardDefinitions } from '../rewards/registry.ts';
import { conditionDefinitions } from '../segments/registry.ts';
import { segmentShape } from '../segments/segment.ts';

type Schema = Record<string, unknown>;

const REGISTRIES = {
  earning: earningDefinitions,
  badges: goalDefinitions,
  challenges: goalDefinitions,
  games: gameDefinitions,
  quizzes: quizDefinitions,
  leaderboards: scoreMetrics,
  rewards: rewardDefinitions,
} as const;

export function programmeJsonSchema(): Schema {
  const whole = toSchema(programmeDocument);
  const properties = { ...(whole['properties'] as Record<string, Schema>) };
  const audienceOfRewards = ['items', 'properties', 'audience', 'properties', 'segment'];
  properties['rewards'] = withPart(properties['rewards'], audienceOfRewards, {
    $ref: '#/$defs/segment',
  });
  for (const [list, registry] of Object.entries(REGISTRIES)) {
    const found = properties[list];
    if (found) properties[list] = { ...found, items: ofKinds(found['items'] as Schema, registry) };
  }
  return {
    ...whole,
    title: 'Laurel programme',
    description:
      'What a merchant configures: ways to earn, tiers, badges, challenges and their rules.',
    properties: { $schema: { type: 'string' }, ...properties },
    $defs: { segment: segmentSchema() },
  };
}

/** Once for all kinds of rewards. */
function segmentSchema(): Schema {
  const shape = partSchema(segmentShape);
  const { conditions } = shape['properties'] as Record<string, Schema>;
  const items = ofKinds(conditions?.['items'] as Schema, conditionDefinitions);
  return withPart(shape, ['properties', 'conditions', 'items'], items);
}

/** A copy in which another schema stands at a place. */
function withPart(
  whole: Schema | undefined,
  [step = '', ...rest]: readonly string[],
  part: Schema,
): Schema {
  const inner = rest.length === 0 ? part : withPart(whole?.[step] as Schema, rest, part);
  return { ...whole, [step]: inner };
}

/** One of the registry's kinds, each with the settings of its own. */
function ofKinds(
  item: Schema,
  registry: Registry<{
    readonly kind: string;
    readonly words: Words;
    readonly settings: z.ZodType;
  }>,
): Schema {
  return {
    oneOf: registry.all.map(({ kind, words, settings }) => ({
      ...item,
      title: words.label,
      description: words.help,
      properties: {
        ...(item['properties'] as Record<string, Schema>),
        kind: { const: kind },
        settings: partSchema(settings),
      },
    })),
  };
}

/** A schema within another does not say again which dialect it is in. */
function partSchema(type: z.ZodType): Schema {
  return Object.fromEntries(Object.entries(toSchema(type)).filter(([key]) => key !== '$schema'));
}

function toSchema(type: z.ZodType): Schema {
  const schema = z.toJSONSchema(type, { io: 'input', target: 'draft-2020-12' });
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '~standard'));
}
