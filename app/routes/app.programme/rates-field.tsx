import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useShop } from '../../components/shop-context.tsx';
import { FigureField } from './figure-field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

const NEW = { points: 1, per: '1', amount: '5' } as const;
type Column = keyof typeof NEW;
type Row = { readonly market: string } & Readonly<Partial<Record<Column, unknown>>>;

/** Figures of markets, in the shop's own currency: "2 points for every €1 in Switzerland". */
export function RatesField({
  label,
  place,
  rows,
  columns,
  form,
}: {
  label: string;
  place: string;
  rows: readonly Row[];
  columns: readonly Column[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const { currency } = useShop();
  const { markets } = form.document;
  const free = markets.filter(({ key }) => !rows.some(({ market }) => market === key));
  return (
    <BlockStack gap="200">
      <Text as="span">{label}</Text>
      {markets.length === 0 && (
        <Text as="p" tone="subdued">
          {t('programme.rates.noMarkets')}
        </Text>
      )}
      {rows.map((row, index) => (
        <InlineStack key={index} gap="200" blockAlign="end" wrap={false}>
          <Box width="100%">
            <FormLayout>
              <FormLayout.Group condensed>
                <Select
                  id={`${place}.${index}.market`}
                  label={t('programme.rates.market')}
                  options={markets.map(({ key, name }) => ({ value: key, label: name || key }))}
                  value={row.market}
                  onChange={(next) => form.edit(`${place}.${index}.market`, next)}
                  {...given({ error: form.errorAt(`${place}.${index}.market`) })}
                />
                {columns.map((column) => (
                  <FigureField
                    key={column}
                    label={t(`programme.rates.${column}`)}
                    place={`${place}.${index}.${column}`}
                    value={row[column]}
                    form={form}
                    whole={column === 'points'}
                    suffix={column === 'points' ? undefined : currency}
                  />
                ))}
              </FormLayout.Group>
            </FormLayout>
          </Box>
          <Button
            icon={DeleteIcon}
            variant="tertiary"
            accessibilityLabel={t('programme.rates.remove')}
            onClick={() =>
              form.edit(
                place,
                rows.filter((one) => one !== row),
              )
            }
          />
        </InlineStack>
      ))}
      {free[0] && (
        <InlineStack>
          <Button
            id={place}
            size="slim"
            onClick={() =>
              form.edit(place, [
                ...rows,
                {
                  market: free[0]?.key ?? '',
                  ...Object.fromEntries(columns.map((column) => [column, NEW[column]])),
                },
              ])
            }
          >
            {t('programme.rates.add')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}
