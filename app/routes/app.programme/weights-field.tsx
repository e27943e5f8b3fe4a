import { FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { FigureField } from './figure-field.tsx';
import { PartField } from './part-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface Row {
  readonly tier: string;
  readonly weight: unknown;
}

/** What the voices of tiers weigh: "a voice of Gold weighs 3". */
export function WeightsField({
  label,
  help,
  place,
  rows,
  form,
}: {
  label: string;
  help?: string;
  place: string;
  rows: readonly Row[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const { levels } = form.document.tiers;
  const free = levels.find(({ key }) => !rows.some(({ tier }) => tier === key));
  return (
    <RowList
      {...{ label, place, form, rows, ...given({ help }) }}
      look="line"
      removeLabel={() => t('quiz.removeWeight')}
      adding={
        free ? { label: t('quiz.addWeight'), fresh: () => ({ tier: free.key, weight: 2 }) } : null
      }
      draw={({ tier, weight }, at) => (
        <FormLayout>
          <FormLayout.Group condensed>
            <PartField
              label={t('quiz.tier')}
              place={`${at}.tier`}
              value={tier}
              among={levels}
              form={form}
            />
            <FigureField
              label={t('quiz.weight')}
              place={`${at}.weight`}
              value={weight}
              form={form}
              whole
            />
          </FormLayout.Group>
        </FormLayout>
      )}
    />
  );
}
