/** Random programmes, as the committed JSON Schema allows them: every setting that a file can have. */
import fc from 'fast-check';
import { programmeJsonSchema } from '../../../app/domain/programme/json-schema.ts';

type Schema = Readonly<Record<string, unknown>>;

const root = programmeJsonSchema();

/** @param leastOf of every list, as far as it may have so many */
export function anyProgramme(leastOf = 0): fc.Arbitrary<Record<string, unknown>> {
  return ofSchema(root, leastOf) as fc.Arbitrary<Record<string, unknown>>;
}

function ofSchema(schema: Schema, least: number): fc.Arbitrary<unknown> {
  const one = (key: string): readonly Schema[] | undefined => schema[key] as Schema[] | undefined;
  if ('const' in schema) return fc.constant(schema['const']);
  if (schema['enum']) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const { $ref: ref } = schema;
  if (typeof ref === 'string') return ofSchema(named(ref), least);
  const choices = one('anyOf') ?? one('oneOf');
  if (choices) return fc.oneof(...choices.map((choice) => ofSchema(choice, least)));
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, least);
    case 'array': {
      const most = Math.min(3, (schema['maxItems'] as number | undefined) ?? 3);
      const items = ofSchema((schema['items'] as Schema | undefined) ?? {}, least);
      const minLength = Math.max(
        (schema['minItems'] as number | undefined) ?? 0,
        Math.min(least, most),
      );
      // Of a list whose parts have keys no two have the same, which no schema can say.
      const selector = (item: unknown): unknown => (item as { key?: unknown } | null)?.key ?? {};
      return fc.uniqueArray(items, { minLength, maxLength: Math.max(minLength, most), selector });
    }
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({
        min: (schema['minimum'] as number | undefined) ?? -1000,
        max: Math.min(2 ** 31 - 1, (schema['maximum'] as number | undefined) ?? 1000),
      });
    case 'number':
      return fc.integer({ min: 1, max: 100 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.constant({});
  }
}

function objectOf(schema: Schema, least: number): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const required = new Set((schema['required'] ?? []) as string[]);
  const parts = Object.entries(properties).filter(([name]) => name !== '$schema');
  return fc.record(Object.fromEntries(parts.map(([name, part]) => [name, ofSchema(part, least)])), {
    requiredKeys: least > 0 ? parts.map(([name]) => name) : [...required],
  });
}

function textOf({ pattern, format, minLength = 0, maxLength = 12 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    return fc
      .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
      .map((moment) => new Date(moment).toISOString());
  }
  if (typeof pattern === 'string') return matching(pattern);
  const size = { minLength: minLength as number, maxLength: Math.min(12, maxLength as number) };
  return fc.string({ ...size, unit: fc.constantFrom(...'abcdeÄß1 7') });
}

const known = new Map<string, fc.Arbitrary<string>>();

/** Each pattern once: it takes long to make one. */
function matching(pattern: string): fc.Arbitrary<string> {
  const found =
    known.get(pattern) ??
    fc.stringMatching(new RegExp(pattern, 'u')).filter(({ length }) => length <= 250);
  known.set(pattern, found);
  return found;
}

function named(ref: string): Schema {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<Schema>((found, step) => found[step] as Schema, root);
}
