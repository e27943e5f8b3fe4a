import { BlockStack, FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { ChoiceField } from './choice-field.tsx';
import { FigureField } from './figure-field.tsx';
import { ResourceField } from './resource-field.tsx';
import { RowList } from './row-list.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface Plan {
  readonly products: readonly string[];
  readonly variants: readonly string[];
  readonly length: unknown;
  readonly unit: string;
}

/** What is bought, and how long it holds: "these variants for 12 months". */
export function PlansField({
  label,
  help,
  place,
  plans,
  form,
  titles,
}: {
  label: string;
  help?: string;
  place: string;
  plans: readonly Plan[];
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  return (
    <RowList
      {...{ label, place, form, rows: plans, ...given({ help }) }}
      look="box"
      least={1}
      removeLabel={() => t('plan.remove')}
      adding={{
        label: t('plan.add'),
        fresh: () => ({ products: [], variants: [], length: 1, unit: 'months' }),
      }}
      draw={(plan, at) => (
        <BlockStack gap="300">
          {(['products', 'variants'] as const).map((kind) => (
            <ResourceField
              key={kind}
              id={`${at}.${kind}`}
              kind={kind}
              label={t(`plan.${kind}`)}
              ids={plan[kind]}
              titles={titles}
              error={form.errorAt(`${at}.${kind}`)}
              onChange={(ids) => form.edit(`${at}.${kind}`, ids)}
            />
          ))}
          <FormLayout>
            <FormLayout.Group condensed>
              <FigureField
                label={t('plan.length')}
                place={`${at}.length`}
                value={plan.length}
                form={form}
                whole
                optional
                help={t('plan.lengthHelp')}
              />
              <ChoiceField
                label={t('plan.unit')}
                place={`${at}.unit`}
                value={plan.unit}
                choices={(['days', 'months'] as const).map((unit) => ({
                  value: unit,
                  label: t(`plan.units.${unit}`),
                }))}
                form={form}
              />
            </FormLayout.Group>
          </FormLayout>
        </BlockStack>
      )}
    />
  );
}
