/** One setting of a definition, drawn by its declaration. */
import { Checkbox, ChoiceList, Select, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useLabel } from '../../components/use-words.ts';
import { useShop } from '../../components/shop-context.tsx';
import type { Field } from '../../domain/fields.ts';
import { reachables } from '../../domain/goals/reachables.ts';
import { fieldKey } from '../../domain/programme/shown.ts';
import { AnswerField } from './answer-field.tsx';
import { DayField } from './day-field.tsx';
import { FigureField, wholeOrText } from './figure-field.tsx';
import { PartField } from './part-field.tsx';
import { ResourceField } from './resource-field.tsx';
import { RowsField } from './rows-field.tsx';
import { TextsField } from './texts-field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

export function DefinitionField({
  field,
  place,
  value,
  /** E.g. "definitions.earning.order", where translations of the definition's words stand. */
  words,
  form,
  titles,
}: {
  field: Field;
  place: string;
  value: unknown;
  words: string;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const labelOf = useLabel();
  const { t } = useTranslation();
  const { currency } = useShop();
  const key = fieldKey(words, field);
  const label = labelOf({ key: `${key}.label`, text: field.label });
  const help = field.help && labelOf({ key: `${key}.help`, text: field.help });
  const unit = field.unit && labelOf({ key: `units.${field.unit}`, text: field.unit });
  const error = form.errorAt(place);
  const edit = (next: unknown): void => form.edit(place, next);

  switch (field.input) {
    case 'integer':
    case 'money':
    case 'decimal':
      return (
        <FigureField
          label={label}
          place={place}
          value={value}
          form={form}
          whole={field.input === 'integer'}
          optional={field.input === 'integer' && field.optional === true}
          help={help}
          suffix={field.input === 'money' ? currency : unit}
        />
      );
    case 'switch':
      return (
        <Checkbox
          id={place}
          label={label}
          checked={value === true}
          onChange={edit}
          {...given({ helpText: help, error })}
        />
      );
    case 'choice':
      return (
        <Select
          id={place}
          label={label}
          options={(field.choices ?? []).map((choice) => ({
            value: choice.value,
            label: labelOf({ key: `${key}.choices.${choice.value}`, text: choice.label }),
          }))}
          value={String(value)}
          onChange={edit}
          {...given({ helpText: help, error })}
        />
      );
    case 'text':
      return (
        <WordField
          label={label}
          place={place}
          value={typeof value === 'string' ? value : ''}
          form={form}
          most={255}
          {...given({ help })}
        />
      );
    case 'texts':
    case 'codes':
    case 'integers': {
      const read = readers[field.input];
      return (
        <TextsField
          id={place}
          label={unit ? `${label} (${unit})` : label}
          items={listOf(value)}
          error={error ?? firstError(form, place, listOf(value).length)}
          help={help}
          onChange={(items) => edit(items.map(read))}
          addLabel={t('programme.add')}
        />
      );
    }
    case 'choices':
    case 'tiers':
    case 'rules':
    case 'challenges':
    case 'reachables':
    case 'markets': {
      const among =
        field.input === 'choices'
          ? (field.choices ?? []).map(({ value: one, label: text }) => ({
              key: one,
              name: labelOf({ key: `${key}.choices.${one}`, text }),
            }))
          : partsOf(field.input, form.document);
      if (among.length === 0) return null;
      return (
        <ChoiceList
          title={label}
          allowMultiple
          choices={among.map(({ key: one, name }) => ({ value: one, label: name || one }))}
          selected={[...listOf(value)]}
          onChange={edit}
          {...given({ error: error ?? firstError(form, place, listOf(value).length) })}
        />
      );
    }
    case 'first-day':
    case 'last-day':
      return (
        <DayField
          label={label}
          place={place}
          value={value}
          last={field.input === 'last-day'}
          empty={field.optional ? null : ''}
          form={form}
          help={help}
        />
      );
    case 'answer':
      return (
        <AnswerField
          {...{ label, place, form, value }}
          optional={field.optional === true}
          {...given({ help })}
        />
      );
    case 'tier':
    case 'reward':
    case 'badge':
    case 'challenge': {
      const { tiers, rewards, badges, challenges } = form.document;
      const among = { tier: tiers.levels, reward: rewards, badge: badges, challenge: challenges }[
        field.input
      ];
      return (
        <PartField
          {...{ label, place, value, form, help }}
          none={t(NONE[field.input])}
          among={among}
        />
      );
    }
    case 'streak':
      return (
        <Select
          id={place}
          label={label}
          options={[
            { value: '', label: t('programme.anyStreak') },
            ...form.document.streaks.map(({ key: one, name }) => ({
              value: one,
              label: name || one,
            })),
          ]}
          value={String(value)}
          onChange={edit}
          {...given({ helpText: help, error })}
        />
      );
    case 'limits':
    case 'rates':
    case 'market-amounts':
    case 'goals':
    case 'levels':
    case 'questions':
    case 'weights':
    case 'milestones':
    case 'rank-prizes':
    case 'plans':
    case 'segment':
    case 'game-prizes':
    case 'tier-tickets':
    case 'country-rules':
      return (
        <RowsField
          {...{ field, label, place, value, form, titles, input: field.input }}
          {...given({ help })}
        />
      );
    case 'products':
    case 'variants':
    case 'collections':
      return (
        <ResourceField
          id={place}
          kind={field.input}
          label={label}
          help={help}
          ids={listOf(value)}
          titles={titles}
          error={error}
          onChange={edit}
        />
      );
  }
}

export function WordField({
  label,
  place,
  value,
  form,
  help,
  most = 60,
}: {
  label: string;
  place: string;
  value: string;
  form: ProgrammeForm;
  help?: string;
  most?: number;
}) {
  return (
    <TextField
      id={place}
      label={label}
      value={value}
      onChange={(text) => form.edit(place, text)}
      onBlur={() => form.left(place)}
      maxLength={most}
      autoComplete="off"
      {...given({ helpText: help, error: form.errorAt(place) })}
    />
  );
}

/** Where nothing is chosen. */
const NONE = {
  tier: 'plan.noTier',
  reward: 'programme.noReward',
  badge: 'programme.noBadge',
  challenge: 'programme.noChallenge',
} as const;

function partsOf(
  input: 'tiers' | 'rules' | 'challenges' | 'reachables' | 'markets',
  { tiers, earning, challenges, badges, markets }: ProgrammeForm['document'],
): readonly { readonly key: string; readonly name: string }[] {
  const reached = reachables({ challenges, badges });
  return { tiers: tiers.levels, rules: earning, challenges, reachables: reached, markets }[input];
}

/** How an entry of a list is kept: codes in capital letters, days as numbers once they are some. */
const readers = {
  texts: (text: string): string | number => text,
  codes: (text: string): string | number => text.trim().toUpperCase(),
  integers: wholeOrText,
} as const;

/** A fault of one entry is shown at the list. */
function firstError(form: ProgrammeForm, place: string, length: number): string | undefined {
  for (let index = 0; index < length; index += 1) {
    const found = form.errorAt(`${place}.${index}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
