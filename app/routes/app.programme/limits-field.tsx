import { FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { LIMIT_PERIODS } from '../../domain/programme/document.ts';
import { ChoiceField } from './choice-field.tsx';
import { FigureField } from './figure-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface Limit {
  readonly most: unknown;
  readonly of: string;
  readonly per: string;
}

const MOST_LIMITS = 5;

/** "At most 500 points per month", any number of them. */
export function LimitsField({
  label,
  place,
  limits,
  form,
  of = ['points', 'times'],
}: {
  label: string;
  place: string;
  limits: readonly Limit[];
  form: ProgrammeForm;
  /** What is limited. */
  of?: readonly string[];
}) {
  const { t } = useTranslation();
  return (
    <RowList
      {...{ label, place, form, rows: limits }}
      look="line"
      most={MOST_LIMITS}
      removeLabel={() => t('programme.limit.remove')}
      adding={{
        label: t('programme.limit.add'),
        fresh: () => ({ most: of.length > 1 ? 500 : 1, of: of[0] ?? 'times', per: 'month' }),
      }}
      draw={(limit, at) => (
        <FormLayout>
          <FormLayout.Group condensed>
            <FigureField
              label={t('programme.limit.most')}
              place={`${at}.most`}
              value={limit.most}
              form={form}
              whole
            />
            <ChoiceField
              label={t('programme.limit.of')}
              place={`${at}.of`}
              value={limit.of}
              choices={of.map((value) => ({ value, label: t(`programme.limit.${value}`) }))}
              form={form}
            />
            <ChoiceField
              label={t('programme.limit.per')}
              place={`${at}.per`}
              value={limit.per}
              choices={LIMIT_PERIODS.map((value) => ({
                value,
                label: t(`programme.limit.periods.${value}`),
              }))}
              form={form}
            />
          </FormLayout.Group>
        </FormLayout>
      )}
    />
  );
}
