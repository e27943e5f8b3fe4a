/**
 * What the {% schema %} of a theme extension's block may say. Shopify's offline check does not look at
 * setting types, so a wrong one would only be found at the deploy.
 */
import { z } from 'zod';

const text = z.string().min(1);
const input = { id: z.string().regex(/^[a-z][a-z0-9_]*$/), label: text, info: text.optional() };
const option = z.strictObject({ value: z.string(), label: text, group: text.optional() });
const colour = z.string().regex(/^(#[0-9a-fA-F]{6}|)$/);

const setting = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), content: text, info: text.optional() }),
  z.strictObject({ type: z.literal('paragraph'), content: text }),
  z.strictObject({ type: z.literal('checkbox'), ...input, default: z.boolean() }),
  z.strictObject({
    type: z.enum(['text', 'textarea']),
    ...input,
    default: text.optional(),
    placeholder: text.optional(),
  }),
  z.strictObject({ type: z.literal('number'), ...input, default: z.number().optional() }),
  z
    .strictObject({
      type: z.literal('range'),
      ...input,
      min: z.number(),
      max: z.number(),
      step: z.number().positive(),
      unit: z.string().max(3).optional(),
      default: z.number(),
    })
    .refine(
      (range) => (range.max - range.min) / range.step <= 100,
      'A range has at most 101 steps.',
    )
    .refine(
      (range) => range.default >= range.min && range.default <= range.max,
      'The default of a range lies within it.',
    )
    .refine(
      (range) => Number.isInteger((range.default - range.min) / range.step),
      'The default of a range is one of its steps.',
    ),
  z
    .strictObject({
      type: z.enum(['select', 'radio']),
      ...input,
      options: z.array(option).min(2),
      default: z.string(),
    })
    .refine(
      (select) => select.options.some((one) => one.value === select.default),
      'The default of a select is one of its options.',
    ),
  z.strictObject({ type: z.literal('color'), ...input, default: colour.optional() }),
  z.strictObject({
    type: z.literal('text_alignment'),
    ...input,
    default: z.enum(['left', 'center', 'right']),
  }),
  z.strictObject({
    type: z.enum(['url', 'product', 'collection', 'page', 'image_picker']),
    ...input,
  }),
]);

const place = z.strictObject({
  templates: z.array(z.string()).optional(),
  groups: z.array(z.string()).optional(),
});

export const blockSchema = z
  .strictObject({
    name: text,
    target: z.enum(['section', 'head', 'body', 'compliance_head']),
    javascript: z.string().optional(),
    stylesheet: z.string().optional(),
    enabled_on: place.optional(),
    disabled_on: place.optional(),
    class: z.string().optional(),
    tag: z.string().optional(),
    available_if: z.string().optional(),
    settings: z.array(setting).default([]),
  })
  .refine(
    (block) => !(block.enabled_on && block.disabled_on),
    'Only one of enabled_on and disabled_on.',
  )
  .refine((block) => {
    const ids = block.settings.flatMap((one) => ('id' in one ? [one.id] : []));
    return new Set(ids).size === ids.length;
  }, 'Each setting has an id of its own.');

export type BlockSchema = z.infer<typeof blockSchema>;

/** What `block.settings` holds while the merchant has changed nothing. */
export function defaultSettings(schema: BlockSchema): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const one of schema.settings) {
    if (!('id' in one)) continue;
    settings[one.id] = 'default' in one && one.default !== undefined ? one.default : '';
  }
  return settings;
}
