import { BlockStack, Box, Card, InlineGrid, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Figure } from '../../components/figure.tsx';
import { CampaignBadge } from '../../components/campaign-parts.tsx';
import { usePlayDays } from '../../components/play-parts.tsx';
import { useCost } from '../../components/use-cost.ts';
import { useFormat } from '../../components/use-format.ts';
import type { PlayList } from '../../domain/play/known-parts.ts';
import type { PlayLine, PlayTotals } from '../../queries/play.ts';

/** Those of a list, each with how it goes and what it costs. */
export function ListCard({
  list,
  lines,
  totals,
  loading,
}: {
  list: PlayList;
  lines: readonly PlayLine[];
  totals: PlayTotals | null;
  loading: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t(`play.lists.${list}`)}
        </Text>
      </Box>
      {lines.length === 0 && (
        <Box padding="400" paddingBlockStart="0">
          <Text as="p" tone="subdued">
            {t('play.none')}
          </Text>
        </Box>
      )}
      {lines.map((line) => (
        <Line key={line.key} line={line} totals={totals} loading={loading} />
      ))}
    </Card>
  );
}

function Line({
  line,
  totals,
  loading,
}: {
  line: PlayLine;
  totals: PlayTotals | null;
  loading: boolean;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const days = usePlayDays();
  const cost = useCost(totals?.worthOf100 ?? '');
  const { list, key, name, state } = line;
  const found = totals?.figures[`${list}:${key}`];
  const none = loading ? '…' : number(0);
  const shown = (figure: number | undefined): string =>
    figure === undefined ? none : number(figure);
  const figures: readonly (readonly [string, string])[] = [
    [t(`play.begun.${list}`), shown(found?.begun)],
    ...(hasEnd(list) ? [[t(`play.done.${list}`), shown(found?.done)] as const] : []),
    [t('play.points'), found ? `${number(found.points)} (${cost(found.points)})` : none],
    [
      t('play.rewards'),
      found
        ? t('play.rewardsUsed', {
            ...{ given: number(found.rewards), used: number(found.rewardsUsed) },
          })
        : none,
    ],
  ];
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <InlineGrid columns={{ xs: 1, md: '2fr 3fr' }} gap="400">
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Link url={`/app/play/${list}/${key}`} removeUnderline>
              <Text as="h3" variant="headingSm">
                {name}
              </Text>
            </Link>
            <CampaignBadge state={state} />
          </InlineStack>
          <Text as="span" variant="bodySm" tone="subdued">
            {days(line)}
          </Text>
        </BlockStack>
        <InlineGrid columns={{ xs: 2, md: figures.length }} gap="200">
          {figures.map(([label, figure]) => (
            <Figure key={label} label={label} value={figure} small />
          ))}
        </InlineGrid>
      </InlineGrid>
    </Box>
  );
}

/** Whether somebody can be through with it. */
function hasEnd(list: PlayList): list is 'challenges' | 'badges' {
  return list === 'challenges' || list === 'badges';
}
