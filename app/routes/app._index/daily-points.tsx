import { BlockStack, Box, Button, Card, DataTable, InlineStack, Text } from '@shopify/polaris';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { ProgrammeFigures } from '../../queries/programme-figures.ts';

type Days = ProgrammeFigures['days'];

/** The chart's library is the largest thing on the page, so it comes after the figures. */
const DailyChart = lazy(() => import('./daily-chart.tsx'));

export function DailyPoints({ days }: { days: Days }) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const quiet = days.every(({ earned, takenBack }) => earned === 0 && takenBack === 0);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            {t('home.daily')}
          </Text>
          {!quiet && (
            <Button variant="plain" onClick={() => setAsTable(!asTable)}>
              {asTable ? t('home.asChart') : t('home.asTable')}
            </Button>
          )}
        </InlineStack>
        {quiet ? (
          <Box minHeight="80px">
            <Text as="p" tone="subdued">
              {t('home.quiet')}
            </Text>
          </Box>
        ) : asTable ? (
          <DailyTable days={days} />
        ) : (
          <DrawnInBrowser days={days} />
        )}
      </BlockStack>
    </Card>
  );
}

/** The chart measures its place, which only a browser can do; until then the place is kept. */
function DrawnInBrowser({ days }: { days: Days }) {
  const [here, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  const place = <div className="laurel-chart" />;
  if (!here) return place;
  return (
    <Suspense fallback={place}>
      <DailyChart days={days} />
    </Suspense>
  );
}

function DailyTable({ days }: { days: Days }) {
  const { t } = useTranslation();
  const { day, number } = useFormat();
  return (
    <DataTable
      columnContentTypes={['text', 'numeric', 'numeric']}
      headings={[t('home.day'), t('home.earnedShort'), t('home.takenBackShort')]}
      rows={[...days]
        .reverse()
        .map((row) => [day(row.day), number(row.earned), number(row.takenBack)])}
      increasedTableDensity
    />
  );
}
