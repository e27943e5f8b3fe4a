/** One setting of a definition, drawn by its declaration. */
import { Checkbox, Select, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useLabel } from '../../components/use-words.ts';
import { useShop } from '../../components/shop-context.tsx';
import type { Field } from '../../domain/fields.ts';
import { ResourceField } from './resource-field.tsx';
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
  const key = `${words}.fields.${field.name}`;
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
    case 'texts':
      return (
        <TextsField
          id={place}
          label={label}
          items={listOf(value)}
          error={error}
          onChange={edit}
          addLabel={t('programme.add')}
        />
      );
    case 'products':
    case 'collections':
      return (
        <ResourceField
          id={place}
          kind={field.input}
          label={label}
          ids={listOf(value)}
          titles={titles}
          error={error}
          onChange={edit}
        />
      );
  }
}

/** A number, kept as it was typed until it is one. Amounts stay texts: money is never a float. */
export function FigureField({
  label,
  place,
  value,
  form,
  whole,
  help,
  suffix,
}: {
  label: string;
  place: string;
  value: unknown;
  form: ProgrammeForm;
  whole: boolean;
  help?: string | undefined;
  suffix?: string | undefined;
}) {
  return (
    <TextField
      id={place}
      label={label}
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      onChange={(text) => form.edit(place, whole ? wholeOrText(text) : amountOrText(text))}
      onBlur={() => form.left(place)}
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      {...given({ helpText: help, suffix, error: form.errorAt(place) })}
    />
  );
}

export function WordField({
  label,
  place,
  value,
  form,
  help,
}: {
  label: string;
  place: string;
  value: string;
  form: ProgrammeForm;
  help?: string;
}) {
  return (
    <TextField
      id={place}
      label={label}
      value={value}
      onChange={(text) => form.edit(place, text)}
      onBlur={() => form.left(place)}
      maxLength={60}
      autoComplete="off"
      {...given({ helpText: help, error: form.errorAt(place) })}
    />
  );
}

function wholeOrText(text: string): number | string {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}

/** "4,50" is 4.50 everywhere; "1,000" is a thousand to some and one to others, so it stays and is asked about. */
function amountOrText(text: string): string {
  return text.trim().replace(/^(\d+),(\d{1,2})$/, '$1.$2');
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
