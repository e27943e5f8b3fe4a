import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { FigureField } from './figure-field.tsx';
import { ResourceField } from './resource-field.tsx';
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
    <BlockStack gap="300">
      <BlockStack gap="050">
        <Text as="span">{label}</Text>
        {help !== undefined && (
          <Text as="p" tone="subdued">
            {help}
          </Text>
        )}
      </BlockStack>
      {plans.map((plan, index) => (
        <Box
          key={index}
          padding="300"
          borderWidth="025"
          borderColor="border"
          borderRadius="200"
          background="bg-surface"
        >
          <BlockStack gap="300">
            {(['products', 'variants'] as const).map((kind) => (
              <ResourceField
                key={kind}
                id={`${place}.${index}.${kind}`}
                kind={kind}
                label={t(`plan.${kind}`)}
                ids={plan[kind]}
                titles={titles}
                error={form.errorAt(`${place}.${index}.${kind}`)}
                onChange={(ids) => form.edit(`${place}.${index}.${kind}`, ids)}
              />
            ))}
            <FormLayout>
              <FormLayout.Group condensed>
                <FigureField
                  label={t('plan.length')}
                  place={`${place}.${index}.length`}
                  value={plan.length}
                  form={form}
                  whole
                  optional
                  help={t('plan.lengthHelp')}
                />
                <Select
                  id={`${place}.${index}.unit`}
                  label={t('plan.unit')}
                  options={(['days', 'months'] as const).map((unit) => ({
                    value: unit,
                    label: t(`plan.units.${unit}`),
                  }))}
                  value={plan.unit}
                  onChange={(next) => form.edit(`${place}.${index}.unit`, next)}
                  {...given({ error: form.errorAt(`${place}.${index}.unit`) })}
                />
              </FormLayout.Group>
            </FormLayout>
            {plans.length > 1 && (
              <InlineStack align="end">
                <Button
                  icon={DeleteIcon}
                  variant="tertiary"
                  accessibilityLabel={t('plan.remove')}
                  onClick={() => form.edit(place, plans.toSpliced(index, 1))}
                />
              </InlineStack>
            )}
          </BlockStack>
        </Box>
      ))}
      <InlineStack>
        <Button
          id={place}
          size="slim"
          onClick={() =>
            form.edit(place, [...plans, { products: [], variants: [], length: 1, unit: 'months' }])
          }
        >
          {t('plan.add')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
