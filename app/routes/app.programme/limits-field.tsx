import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { LIMIT_PERIODS } from '../../domain/programme/document.ts';
import { FigureField } from './figure-field.tsx';
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
    <BlockStack gap="200">
      <Text as="span">{label}</Text>
      {limits.map((limit, index) => (
        <InlineStack key={index} gap="200" blockAlign="end" wrap={false}>
          <Box width="100%">
            <FormLayout>
              <FormLayout.Group condensed>
                <FigureField
                  label={t('programme.limit.most')}
                  place={`${place}.${index}.most`}
                  value={limit.most}
                  form={form}
                  whole
                />
                <Select
                  label={t('programme.limit.of')}
                  options={of.map((value) => ({
                    value,
                    label: t(`programme.limit.${value}`),
                  }))}
                  value={limit.of}
                  onChange={(next) => form.edit(`${place}.${index}.of`, next)}
                />
                <Select
                  label={t('programme.limit.per')}
                  options={LIMIT_PERIODS.map((value) => ({
                    value,
                    label: t(`programme.limit.periods.${value}`),
                  }))}
                  value={limit.per}
                  onChange={(next) => form.edit(`${place}.${index}.per`, next)}
                />
              </FormLayout.Group>
            </FormLayout>
          </Box>
          <Button
            icon={DeleteIcon}
            variant="tertiary"
            accessibilityLabel={t('programme.limit.remove')}
            onClick={() =>
              form.edit(
                place,
                limits.filter((one) => one !== limit),
              )
            }
          />
        </InlineStack>
      ))}
      {limits.length < MOST_LIMITS && (
        <InlineStack>
          <Button
            id={place}
            size="slim"
            onClick={() =>
              form.edit(place, [
                ...limits,
                { most: of.length > 1 ? 500 : 1, of: of[0] ?? 'times', per: 'month' },
              ])
            }
          >
            {t('programme.limit.add')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}
