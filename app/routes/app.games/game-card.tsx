import {
  Badge,
  BlockStack,
  Button,
  Card,
  DataTable,
  InlineGrid,
  InlineStack,
  Text,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CampaignBadge } from '../../components/campaign-parts.tsx';
import { usePlayDays } from '../../components/play-parts.tsx';
import { useCounted } from '../../components/counted.tsx';
import { useFormat } from '../../components/use-format.ts';
import { ROUTES } from '../../domain/games/figures.ts';
import type { GameView } from '../../queries/games.ts';

/** One game: what was played, what it gave against its odds, what is left, and its seeds. */
export function GameCard({ game, onDownload }: { game: GameView; onDownload: () => void }) {
  const { t } = useTranslation();
  const days = usePlayDays();
  const { number, points, list } = useFormat();
  const routes = ROUTES.filter((route) => game.routes[route] > 0).map(
    (route) => `${t(`games.routes.${route}`)}: ${number(game.routes[route])}`,
  );
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <BlockStack gap="050">
            <Text as="h2" variant="headingMd">
              {game.name}
            </Text>
            <Text as="p" tone="subdued">
              {days(game)}
            </Text>
          </BlockStack>
          <CampaignBadge state={game.state} />
        </InlineStack>
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
          <Figure label={t('games.plays')} value={number(game.plays)} below={list(routes)} />
          <Figure label={t('games.pointsGiven')} value={points(game.pointsGiven)} />
          <Figure label={t('games.pointsTaken')} value={points(game.pointsSpent)} />
          <Figure
            label={t('games.budgetLeft')}
            value={game.budgetLeft === null ? t('games.noBudget') : points(game.budgetLeft)}
          />
        </InlineGrid>
        {game.flagged > 0 && (
          <InlineStack gap="200" blockAlign="center">
            <Badge tone="warning">{number(game.flagged)}</Badge>
            <Text as="span">{t('games.flagged')}</Text>
          </InlineStack>
        )}
        <PrizeTable prizes={game.prizes} />
        <Seeds seeds={game.seeds} />
        <InlineStack>
          <Button onClick={onDownload}>{t('games.download')}</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function Figure({ label, value, below }: { label: string; value: string; below?: string }) {
  const counted = useCounted();
  return (
    <BlockStack gap="050">
      <Text as="p" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant="headingSm">
        {counted(value)}
      </Text>
      {below !== undefined && below !== '' && (
        <Text as="p" variant="bodySm" tone="subdued">
          {below}
        </Text>
      )}
    </BlockStack>
  );
}

function PrizeTable({ prizes }: { prizes: GameView['prizes'] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const counted = useCounted();
  const rows: ReactNode[][] = prizes
    .filter(({ key, drawn, due }) => key !== null || drawn > 0 || (due ?? 0) > 0)
    .map(({ key, name, drawn, due, given, left }) => [
      key === null ? t('games.blank') : name,
      counted(number(drawn)),
      due === null ? '–' : counted(number(due)),
      counted(number(given)),
      key === null ? '' : left === null ? t('games.any') : number(left),
    ]);
  return (
    <DataTable
      columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric']}
      headings={[
        t('games.prizeColumn'),
        t('games.drawnColumn'),
        t('games.dueColumn'),
        t('games.givenColumn'),
        t('games.leftColumn'),
      ]}
      rows={rows}
      increasedTableDensity
    />
  );
}

function Seeds({ seeds }: { seeds: GameView['seeds'] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t('games.seeds')}
      </Text>
      {seeds.length === 0 && (
        <Text as="p" tone="subdued">
          {t('games.noSeeds')}
        </Text>
      )}
      {seeds.map(({ epoch, commit, draws, state }) => (
        <BlockStack key={epoch} gap="050">
          <InlineStack gap="200" blockAlign="center">
            <Text as="span" fontWeight="semibold">
              {epoch}
            </Text>
            <Badge {...(state === 'revealed' && { tone: 'success' })}>
              {t(`games.state.${state}`)}
            </Badge>
            <Text as="span" tone="subdued">
              {t('games.drawsOf', { count: draws, number: number(draws) })}
            </Text>
          </InlineStack>
          <Text as="span" variant="bodySm" tone="subdued" breakWord>
            {commit}
          </Text>
        </BlockStack>
      ))}
    </BlockStack>
  );
}
