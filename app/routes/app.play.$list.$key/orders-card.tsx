import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { PlayPartPage } from '../../queries/play.ts';

/** What those who take part bought while they were at it, and what that says. */
export function OrdersCard({ orders }: { orders: NonNullable<PlayPartPage['orders']> }) {
  const { t } = useTranslation();
  const { number, money } = useFormat();
  const lines: readonly (readonly [string, string])[] = [
    [t('play.orders'), number(orders.orders)],
    [t('play.buyers'), number(orders.members)],
    [t('play.spend'), money(orders.spendMinor)],
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('play.ordersTitle')}
        </Text>
        <Text as="p" tone="subdued">
          {t('play.ordersHelp')}
        </Text>
        <InlineGrid columns={3} gap="400">
          {lines.map(([label, figure]) => (
            <BlockStack key={label} gap="100">
              <Text as="span" tone="subdued">
                {label}
              </Text>
              <Text as="span" variant="headingLg" numeric>
                {figure}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}
