import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useShop } from '../../components/shop-context.tsx';
import { FigureField } from './figure-field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface Rate {
  readonly market: string;
  readonly points: unknown;
  readonly per: unknown;
}

/** Rates of markets, in the shop's own currency: "2 points for every €1 in Switzerland". */
export function RatesField({
  label,
  place,
  rates,
  form,
}: {
  label: string;
  place: string;
  rates: readonly Rate[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const { currency } = useShop();
  const { markets } = form.document;
  const free = markets.filter(({ key }) => !rates.some(({ market }) => market === key));
  return (
    <BlockStack gap="200">
      <Text as="span">{label}</Text>
      {markets.length === 0 && (
        <Text as="p" tone="subdued">
          {t('programme.rates.noMarkets')}
        </Text>
      )}
      {rates.map((rate, index) => (
        <InlineStack key={index} gap="200" blockAlign="end" wrap={false}>
          <Box width="100%">
            <FormLayout>
              <FormLayout.Group condensed>
                <Select
                  id={`${place}.${index}.market`}
                  label={t('programme.rates.market')}
                  options={markets.map(({ key, name }) => ({ value: key, label: name || key }))}
                  value={rate.market}
                  onChange={(next) => form.edit(`${place}.${index}.market`, next)}
                  {...given({ error: form.errorAt(`${place}.${index}.market`) })}
                />
                <FigureField
                  label={t('programme.rates.points')}
                  place={`${place}.${index}.points`}
                  value={rate.points}
                  form={form}
                  whole
                />
                <FigureField
                  label={t('programme.rates.per')}
                  place={`${place}.${index}.per`}
                  value={rate.per}
                  form={form}
                  whole={false}
                  suffix={currency}
                />
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
                rates.filter((one) => one !== rate),
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
              form.edit(place, [...rates, { market: free[0]?.key ?? '', points: 1, per: '1' }])
            }
          >
            {t('programme.rates.add')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}
