import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { MemberDraw } from '../../queries/member-draws.ts';

/** What the member drew in games of chance, the newest first. */
export function DrawsCard({ draws }: { draws: readonly MemberDraw[] }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  if (draws.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between">
          <Text as="h2" variant="headingSm">
            {t('games.own')}
          </Text>
          <Link url="/app/games">{t('games.title')}</Link>
        </InlineStack>
        {draws.map(({ id, at, game, prize, epoch, serial }) => (
          <BlockStack key={id} gap="050">
            <InlineStack align="space-between" gap="200">
              <Text as="span">{game}</Text>
              <Text as="span" fontWeight="semibold">
                {prize ?? t('games.blank')}
              </Text>
            </InlineStack>
            <Text as="span" variant="bodySm" tone="subdued">
              {t('games.drawn', { at: moment(at), epoch, serial })}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
