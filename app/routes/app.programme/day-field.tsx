import { TextField } from '@shopify/polaris';
import { given } from '../../components/given.ts';
import { useShop } from '../../components/shop-context.tsx';
import { dayEnd, dayStart, shopDay } from '../../domain/time/shop-time.ts';
import type { ProgrammeForm } from './use-programme-form.ts';

/** A first or last day by the shop's calendar, kept as a moment; the last day counts in full. */
export function DayField({
  label,
  place,
  value,
  last,
  empty,
  form,
  help,
}: {
  label: string;
  place: string;
  value: unknown;
  last: boolean;
  /** What an empty field is kept as. */
  empty: null | '';
  form: ProgrammeForm;
  help?: string | undefined;
}) {
  const { timeZone } = useShop();
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  const momentOf = (day: string): string =>
    new Date(last ? dayEnd(day, timeZone) : dayStart(day, timeZone)).toISOString();
  return (
    <TextField
      id={place}
      type="date"
      label={label}
      value={Number.isFinite(at) ? shopDay(last ? at - 1 : at, timeZone) : ''}
      onChange={(day) => form.edit(place, day === '' ? empty : momentOf(day))}
      onBlur={() => form.left(place)}
      autoComplete="off"
      {...given({ helpText: help, error: form.errorAt(place) })}
    />
  );
}
