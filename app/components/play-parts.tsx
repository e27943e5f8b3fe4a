/** How what is played is shown wherever it is: its days, and figures as bars. */
import { BlockStack, Box, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useCounted } from './counted.tsx';
import { useFormat } from './use-format.ts';

/** First and last day, as far as there are any. */
export function usePlayDays(): (window: {
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}) => string {
  const { t } = useTranslation();
  const { date } = useFormat();
  return ({ startsAt, endsAt }) => {
    const first = startsAt === null ? '' : date(startsAt);
    const last = endsAt === null ? '' : date(endsAt - 1);
    if (first !== '' && last !== '') return t('campaigns.days', { first, last });
    if (first !== '') return t('play.from', { first });
    return last === '' ? t('play.always') : t('play.until', { last });
  };
}

/** The figure beside it says it all; the bar is for the eye. */
export function FigureBar({
  label,
  percent,
  figure,
  second,
}: {
  label: string;
  /** Of the whole, from 0 to 100. */
  percent: number;
  figure: string;
  /** A second share, drawn below the first. */
  second?: { readonly percent: number; readonly figure: string };
}) {
  const counted = useCounted();
  return (
    <BlockStack gap="050">
      <InlineStack align="space-between" gap="200">
        <Text as="span">{label}</Text>
        <Text as="span" numeric>
          {counted(figure)}
        </Text>
      </InlineStack>
      <Track percent={percent} />
      {second && (
        <>
          <InlineStack align="end">
            <Text as="span" variant="bodySm" tone="subdued" numeric>
              {counted(second.figure)}
            </Text>
          </InlineStack>
          <Track percent={second.percent} second />
        </>
      )}
    </BlockStack>
  );
}

function Track({ percent, second = false }: { percent: number; second?: boolean }) {
  const width = `${Math.max(0, Math.min(100, percent))}%`;
  return (
    <div aria-hidden="true">
      <Box background="bg-fill-tertiary" borderRadius="100" minHeight="0.5rem">
        <Box
          background={second ? 'bg-fill-info' : 'bg-fill-brand'}
          borderRadius="100"
          minHeight="0.5rem"
          width={width}
        />
      </Box>
    </div>
  );
}
