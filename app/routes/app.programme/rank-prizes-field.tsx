import { BlockStack, Box, Button, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { FigureField } from './figure-field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface RankPrize {
  readonly from: unknown;
  readonly to: unknown;
  readonly percent: unknown;
  readonly points: unknown;
  readonly reward: unknown;
  readonly badge: unknown;
}

const NEXT = { percent: null, points: 100, reward: null, badge: null };

/** Who is given what at the end of a season: ranks, or the first so many percent. */
export function RankPrizesField({
  label,
  help,
  place,
  prizes,
  form,
}: {
  label: string;
  help?: string;
  place: string;
  prizes: readonly RankPrize[];
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const next = prizes.reduce((last, { to }) => Math.max(last, Number(to ?? 0) || 0), 0) + 1;
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
      {prizes.map((prize, index) => (
        <Box
          key={index}
          padding="300"
          borderWidth="025"
          borderColor="border"
          borderRadius="200"
          background="bg-surface"
        >
          <BlockStack gap="300">
            <PrizeRow place={`${place}.${index}`} prize={prize} form={form} />
            <InlineStack align="end">
              <Button
                icon={DeleteIcon}
                variant="tertiary"
                accessibilityLabel={t('rankPrize.remove', { number: index + 1 })}
                onClick={() => form.edit(place, prizes.toSpliced(index, 1))}
              />
            </InlineStack>
          </BlockStack>
        </Box>
      ))}
      <InlineStack>
        <Button
          id={place}
          size="slim"
          onClick={() => form.edit(place, [...prizes, { from: next, to: next, ...NEXT }])}
        >
          {t('rankPrize.add')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

function PrizeRow({
  place,
  prize,
  form,
}: {
  place: string;
  prize: RankPrize;
  form: ProgrammeForm;
}) {
  const { t } = useTranslation();
  const byShare = prize.percent !== null;
  const choose = (kind: string): void =>
    form.edit(
      place,
      kind === 'share'
        ? { ...prize, from: null, to: null, percent: 10 }
        : { ...prize, from: 1, to: 1, percent: null },
    );
  const figure = (name: 'from' | 'to' | 'percent' | 'points', suffix?: string) => (
    <FigureField
      label={t(`rankPrize.${name}`)}
      place={`${place}.${name}`}
      value={prize[name]}
      form={form}
      whole
      {...given({ suffix })}
    />
  );
  return (
    <FormLayout>
      <Select
        label={t('rankPrize.who')}
        options={[
          { value: 'ranks', label: t('rankPrize.ranks') },
          { value: 'share', label: t('rankPrize.share') },
        ]}
        value={byShare ? 'share' : 'ranks'}
        onChange={choose}
      />
      <FormLayout.Group condensed>
        {byShare ? figure('percent', '%') : figure('from')}
        {!byShare && figure('to')}
        {figure('points', t('units.points'))}
      </FormLayout.Group>
      <FormLayout.Group condensed>
        {(['reward', 'badge'] as const).map((name) => (
          <Select
            key={name}
            id={`${place}.${name}`}
            label={t(`rankPrize.${name}`)}
            options={[
              { value: '', label: t(`rankPrize.no-${name}`) },
              ...form.document[`${name}s`].map(({ key, name: own }) => ({
                value: key,
                label: own || key,
              })),
            ]}
            value={typeof prize[name] === 'string' ? prize[name] : ''}
            onChange={(chosen) => form.edit(`${place}.${name}`, chosen === '' ? null : chosen)}
            {...given({ error: form.errorAt(`${place}.${name}`) })}
          />
        ))}
      </FormLayout.Group>
    </FormLayout>
  );
}
