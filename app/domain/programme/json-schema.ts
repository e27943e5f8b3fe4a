/**
 * The programme's file as a JSON Schema, for editors: drawn from the document's shape, and for each
 * kind from the settings that its definition declares.
 */
import { z } from 'zod';
import { programmeDocument } from './document.ts';
import { goalDefinitions } from '../goals/registry.ts';
import { earningDefinitions } from '../earning/registry.ts';
import type { Words } from '../fields.ts';
import type { Registry } from '../registry.ts';
import { rewardDefinitions } from '../rewards/registry.ts';

type Schema = Record<string, unknown>;

const REGISTRIES = {
  earning: earningDefinitions,
  badges: goalDefinitions,
  challenges: goalDefinitions,
  rewards: rewardDefinitions,
} as const;

export function programmeJsonSchema(): Schema {
  const whole = toSchema(programmeDocument);
  const properties = { ...(whole['properties'] as Record<string, Schema>) };
  for (const [list, registry] of Object.entries(REGISTRIES)) {
    const found = properties[list];
    if (found) properties[list] = { ...found, items: ofKinds(found['items'] as Schema, registry) };
  }
  properties['rewards'] = changedAt(properties['rewards'] ?? {}, CONDITIONS_OF_ONE, (item) =>
    ofKinds(item, conditionDefinitions),
  );
  return {
    ...whole,
    title: 'Laurel programme',
    description:
      'What a merchant configures: ways to earn, tiers, badges, challenges and their rules.',
    properties: { $schema: { type: 'string' }, ...properties },
  };
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
