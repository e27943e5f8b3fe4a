import { useSearchParams } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Box,
  Card,
  EmptySearchResult,
  FormLayout,
  InlineGrid,
  InlineStack,
  Link,
  Select,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { NextPage } from '../../components/next-page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useSearchChange } from '../../components/use-search-change.ts';
import type { LeaderboardPage, StandingLine } from '../../queries/leaderboard-page.ts';
import { useScoreWords } from './score-words.ts';

/** Who stands where in a season of a board; each score with a bar beside the best. */
export function StandingCard({ page }: { page: LeaderboardPage }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { lines, next, query, figures, unit } = page;
  return (
    <Card padding="0">
      <Box padding="400">
        <FormLayout>
          <Choices page={page} />
          <SearchField
            label={t('leaderboards.search')}
            placeholder={t('leaderboards.searchPlaceholder')}
          />
        </FormLayout>
      </Box>
      {lines.length === 0 ? (
        <Box padding="800">
          <EmptySearchResult
            title={t(query === '' ? 'leaderboards.nobody' : 'leaderboards.notFound')}
            description={t(query === '' ? 'leaderboards.nobodyHelp' : 'leaderboards.notFoundHelp')}
            withIllustration={false}
          />
        </Box>
      ) : (
        <BlockStack>
          {lines.map((line) => (
            <Line key={line.memberId} line={line} best={figures.best} unit={unit} />
          ))}
          <NextPage first={!search.has('after')} after={next} />
        </BlockStack>
      )}
    </Card>
  );
}

function Choices({ page }: { page: LeaderboardPage }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const change = useSearchChange();
  const { boards, board, seasons, season } = page;
  return (
    <FormLayout.Group>
      <Select
        label={t('leaderboards.board')}
        options={boards.map(({ key, name }) => ({ value: key, label: name }))}
        value={board ?? ''}
        onChange={(key) => change({ board: key, season: '' })}
      />
      <Select
        label={t('leaderboards.season')}
        options={seasons.map((one) => ({
          value: one.season,
          label: t('leaderboards.span', {
            from: date(one.startsAt),
            until: date(one.endsAt - 1),
          }),
        }))}
        value={season?.season ?? ''}
        onChange={(chosen) => change({ season: chosen })}
        disabled={seasons.length === 0}
      />
    </FormLayout.Group>
  );
}

function Line({ line, best, unit }: { line: StandingLine; best: number; unit: string }) {
  const { t } = useTranslation();
  const { number, points, moment } = useFormat();
  const scoreOf = useScoreWords();
  const width = `${Math.max(1, Math.round((line.score / Math.max(1, best)) * 100))}%`;
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <InlineGrid columns="3rem 1fr auto" gap="300" alignItems="center">
        <Text as="span" variant="headingMd" numeric>
          {number(line.rank)}
        </Text>
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Link url={`/app/members/${line.memberId}`} removeUnderline>
              <Text as="span" variant="headingSm">
                {line.nickname ?? t('leaderboards.left')}
              </Text>
            </Link>
            {line.person !== null && (
              <Text as="span" tone="subdued" variant="bodySm">
                {line.person}
              </Text>
            )}
            {line.given !== null && line.given > 0 && (
              <Badge tone="success">{points(line.given)}</Badge>
            )}
          </InlineStack>
          <div aria-hidden="true">
            <Box background="bg-fill-tertiary" borderRadius="100" minHeight="0.25rem">
              <Box
                background="bg-fill-brand"
                borderRadius="100"
                minHeight="0.25rem"
                width={width}
              />
            </Box>
          </div>
        </BlockStack>
        <BlockStack inlineAlign="end">
          <Text as="span" numeric>
            {scoreOf(line.score, unit)}
          </Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {moment(line.reachedAt)}
          </Text>
        </BlockStack>
      </InlineGrid>
    </Box>
  );
}
