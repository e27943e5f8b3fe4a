import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { MembersBoards } from '../../queries/member-boards.ts';
import { useScoreWords } from '../app.leaderboards/score-words.ts';

/** Under which name the member takes part in leaderboards, and where they stand. */
export function BoardsCard({ boards }: { boards: MembersBoards }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const scoreOf = useScoreWords();
  const { nickname, state, ranks } = boards;
  if (nickname === null && ranks.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="050">
          <Text as="h2" variant="headingSm">
            {t('leaderboards.title')}
          </Text>
          {nickname !== null && (
            <Text as="p" tone="subdued">
              {t('leaderboards.member.as', {
                name: nickname,
                state: t(`leaderboards.nameState.${state ?? 'listed'}`),
              })}
            </Text>
          )}
        </BlockStack>
        {nickname !== null && ranks.length === 0 && (
          <Text as="p">{t('leaderboards.member.nothing')}</Text>
        )}
        {ranks.map((one) => (
          <InlineStack key={`${one.board} ${one.season}`} align="space-between" gap="200">
            <BlockStack>
              <Link
                url={`/app/leaderboards?board=${encodeURIComponent(one.board)}&season=${encodeURIComponent(one.season)}`}
              >
                {one.name}
              </Link>
              <Text as="span" tone="subdued" variant="bodySm">
                {one.season}
              </Text>
            </BlockStack>
            <BlockStack inlineAlign="end">
              <Text as="span">
                {one.rank === null
                  ? t('leaderboards.member.unranked')
                  : t(one.fixed ? 'leaderboards.member.final' : 'leaderboards.member.rank', {
                      rank: number(one.rank),
                    })}
              </Text>
              <Text as="span" tone="subdued" variant="bodySm">
                {scoreOf(one.score, one.unit)}
              </Text>
            </BlockStack>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
