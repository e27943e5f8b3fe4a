import { BlockStack, FormLayout } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { Field } from '../../domain/fields.ts';
import { valueAt } from '../../domain/programme/value-at.ts';
import { DefinitionField } from './field.tsx';
import { MoreSettings } from './more-settings.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** Letters of a choice that half a row would cut off. */
const LONG_CHOICE = 32;

/** Fields that are drawn from one place of the document. */
export interface FieldSet {
  readonly fields: readonly Field[];
  readonly place: string;
  /** Where the fields' names lead: a definition's settings, a campaign, the document itself. */
  readonly settings: unknown;
  /** What a new one has: what differs from it counts as set. */
  readonly defaults: unknown;
  readonly words: string;
}

/** A field of a set, with all that is needed to draw it. */
export interface PlacedField {
  readonly field: Field;
  readonly place: string;
  readonly value: unknown;
  readonly ordinary: unknown;
  readonly words: string;
}

/** Figures stand side by side and switches below each other; the rest takes a row each. */
export function DefinitionFields({
  sets,
  form,
  titles,
}: {
  sets: readonly FieldSet[];
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const placed = sets.flatMap(placedFields);
  const more = placed.filter(({ field }) => field.more);
  const rows = (fields: readonly PlacedField[]): ReactNode => (
    <FormLayout>
      {together(fields).map((group) => {
        const drawn = group.map((one) => (
          <PlacedInput key={one.place} {...{ one, form, titles }} />
        ));
        const key = group[0]?.place;
        return shapeOf(group[0]?.field) === 'figure' && group.length > 1 ? (
          <FormLayout.Group key={key}>{drawn}</FormLayout.Group>
        ) : (
          <BlockStack key={key} gap="200">
            {drawn}
          </BlockStack>
        );
      })}
    </FormLayout>
  );
  return (
    <BlockStack gap="400">
      {rows(placed.filter(({ field }) => !field.more))}
      {more.length > 0 && (
        <MoreSettings fields={more} form={form}>
          {rows(more)}
        </MoreSettings>
      )}
    </BlockStack>
  );
}

function PlacedInput({
  one: { field, place, value, words },
  form,
  titles,
}: {
  one: PlacedField;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  return <DefinitionField {...{ field, place, value, words, form, titles }} />;
}

function placedFields({ fields, place, settings, defaults, words }: FieldSet): PlacedField[] {
  return fields.map((field) => ({
    field,
    place: place === '' ? field.name : `${place}.${field.name}`,
    value: valueAt(settings, field.name),
    ordinary: valueAt(defaults, field.name),
    words,
  }));
}

/** Neighbours of one shape, together; a first day stands beside its last day. */
function together(fields: readonly PlacedField[]): readonly (readonly PlacedField[])[] {
  const groups: PlacedField[][] = [];
  for (const one of fields) {
    const last = groups.at(-1);
    const shape = shapeOf(one.field);
    const begins = shape === 'row' || one.field.input === 'first-day';
    if (last && !begins && shapeOf(last[0]?.field) === shape) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

function shapeOf(field: Field | undefined): 'figure' | 'switch' | 'row' {
  switch (field?.input) {
    case 'integer':
    case 'money':
    case 'decimal':
    case 'text':
    case 'first-day':
    case 'last-day':
      return 'figure';
    case 'choice':
      return field.choices?.some(({ label }) => label.length > LONG_CHOICE) ? 'row' : 'figure';
    case 'tier':
    case 'reward':
    case 'badge':
    case 'challenge':
    case 'streak':
      return 'figure';
    case 'switch':
      return 'switch';
    case 'texts':
    case 'codes':
    case 'integers':
    case 'tiers':
    case 'rules':
    case 'markets':
    case 'choices':
    case 'challenges':
    case 'reachables':
    case 'goals':
    case 'levels':
    case 'milestones':
    case 'rank-prizes':
    case 'plans':
    case 'answer':
    case 'questions':
    case 'weights':
    case 'segment':
    case 'limits':
    case 'rates':
    case 'market-amounts':
    case 'game-prizes':
    case 'tier-tickets':
    case 'country-rules':
    case 'products':
    case 'variants':
    case 'collections':
    case undefined:
      return 'row';
  }
}
