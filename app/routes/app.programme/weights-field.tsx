import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { FigureField } from './figure-field.tsx';
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
  const [free] = levels.filter(({ key }) => !rows.some(({ tier }) => tier === key));
  return (
    <BlockStack gap="200">
      <Text as="span">{label}</Text>
      {help !== undefined && (
        <Text as="p" tone="subdued">
          {help}
        </Text>
      )}
      {rows.map((row, index) => (
        <InlineStack key={index} gap="200" blockAlign="end" wrap={false}>
          <Box width="100%">
            <FormLayout>
              <FormLayout.Group condensed>
                <Select
                  id={`${place}.${index}.tier`}
                  label={t('quiz.tier')}
                  options={levels.map(({ key, name }) => ({ value: key, label: name || key }))}
                  value={row.tier}
                  onChange={(next) => form.edit(`${place}.${index}.tier`, next)}
                  {...given({ error: form.errorAt(`${place}.${index}.tier`) })}
                />
                <FigureField
                  label={t('quiz.weight')}
                  place={`${place}.${index}.weight`}
                  value={row.weight}
                  form={form}
                  whole
                />
              </FormLayout.Group>
            </FormLayout>
          </Box>
          <Button
            icon={DeleteIcon}
            variant="tertiary"
            accessibilityLabel={t('quiz.removeWeight')}
            onClick={() => form.edit(place, rows.toSpliced(index, 1))}
          />
        </InlineStack>
      ))}
      {free && (
        <InlineStack>
          <Button
            id={place}
            size="slim"
            onClick={() => form.edit(place, [...rows, { tier: free.key, weight: 2 }])}
          >
            {t('quiz.addWeight')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}
