import { TextField } from '@shopify/polaris';
import { given } from '../../components/given.ts';
import type { ProgrammeForm } from './use-programme-form.ts';

/** A number, kept as it was typed until it is one. Amounts stay texts: money is never a float. */
export function FigureField({
  label,
  place,
  value,
  form,
  whole,
  optional = false,
  help,
  suffix,
}: {
  label: string;
  place: string;
  value: unknown;
  form: ProgrammeForm;
  whole: boolean;
  /** Whether it may be left empty: a whole number is null then, an amount the empty text. */
  optional?: boolean;
  help?: string | undefined;
  suffix?: string | undefined;
}) {
  const read = (text: string): number | string | null => {
    if (optional && text.trim() === '') return whole ? null : '';
    return whole ? wholeOrText(text) : amountOrText(text);
  };
  return (
    <TextField
      id={place}
      label={label}
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      onChange={(text) => form.edit(place, read(text))}
      onBlur={() => form.left(place)}
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      {...given({ helpText: help, suffix, error: form.errorAt(place) })}
    />
  );
}

export function wholeOrText(text: string): number | string {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}

/** "4,50" is 4.50 everywhere; "1,000" is a thousand to some and one to others, so it stays and is asked about. */
function amountOrText(text: string): string {
  return text.trim().replace(/^(\d+),(\d{1,2})$/, '$1.$2');
}
