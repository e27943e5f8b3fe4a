import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { shownStreak } from '../../domain/streaks/shown.ts';
import type { ShownStreak } from '../../domain/streaks/shown.ts';
import type { MemberPage } from '../../queries/member-page.ts';
import type { PublishedNames } from '../../queries/published-names.ts';

/** How far the member is with each streak, and the freezes that they hold. */
export function StreaksCard({
  member,
  names,
  onGive,
}: {
  member: MemberPage;
  names: PublishedNames;
  onGive: (streak: string) => void;
}) {
  const { t } = useTranslation();
  const begun = names.streaks.flatMap((streak) => {
    const row = member.progress.find(({ key }) => key === `streak:${streak.key}`);
    return row ? [{ ...streak, shown: shownStreak(row, { milestones: [] }) }] : [];
  });
  if (begun.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {t('streak.heading')}
        </Text>
        {begun.map(({ key, name, shown }) => (
          <BlockStack key={key} gap="100">
            <InlineStack align="space-between" gap="200">
              <Text as="h3" fontWeight="semibold">
                {name}
              </Text>
              <Text as="span">
                {shown.now === 0 ? t('streak.over') : t('streak.now', { count: shown.now })}
              </Text>
            </InlineStack>
            <StreakLines shown={shown} />
            {member.state === 'active' && (
              <InlineStack>
                <Button
                  variant="plain"
                  onClick={() => onGive(key)}
                  accessibilityLabel={`${t('streak.give')}: ${name}`}
                >
                  {t('streak.give')}
                </Button>
              </InlineStack>
            )}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function StreakLines({ shown }: { shown: ShownStreak }) {
  const { t } = useTranslation();
  const { date, day, list, number } = useFormat();
  const { best, freezes, safe, by, nextAt, bridged } = shown;
  const lines = [
    `${t('streak.best', { number: number(best) })} · ${t('streak.freezes', { count: freezes })}`,
    ...(safe ? [t('streak.done')] : []),
    ...(by === null ? [] : [t('streak.by', { date: date(by - 1) })]),
    ...(nextAt === null ? [] : [t('streak.next', { number: number(nextAt) })]),
    ...(bridged.length === 0 ? [] : [t('streak.bridged', { list: list(bridged.map(day)) })]),
  ];
  return lines.map((line) => (
    <Text key={line} as="p" tone="subdued" variant="bodySm">
      {line}
    </Text>
  ));
}
