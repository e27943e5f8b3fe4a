import { BlockStack, Box, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { useShop } from '../../components/shop-context.tsx';
import { usePhrases } from '../../components/use-words.ts';
import { sentence } from '../../domain/points/explain.ts';
import type { OrderLine } from '../../queries/member-page.ts';

/** Every order has an answer: what it earned, or why it earned nothing. */
export function OrdersCard({ orders }: { orders: readonly OrderLine[] }) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingSm">
          {t('orders.heading')}
        </Text>
        {orders.length === 0 && (
          <Text as="p" tone="subdued">
            {t('orders.none')}
          </Text>
        )}
      </Box>
      {orders.map((order) => (
        <Order key={order.orderId} order={order} />
      ))}
    </Card>
  );
}

function Order({ order }: { order: OrderLine }) {
  const { t } = useTranslation();
  const { date, money, points } = useFormat();
  const phrases = usePhrases();
  const { domain } = useShop();
  const earned = order.awards.reduce((sum, award) => sum + award.points, 0);
  // "-" says why no rule applied; once one does, that is no answer any more.
  const ruled = order.awards.filter(({ ruleKey }) => ruleKey !== '-');
  const answers = (ruled.length > 0 ? [...ruled] : [...order.awards]).sort(
    (one, other) => other.points - one.points,
  );
  const figures = [
    ...(order.placedAt === null ? [] : [date(order.placedAt)]),
    ...(order.totalMinor === null || order.currency === null
      ? []
      : [money(order.totalMinor, order.currency)]),
    ...(order.channel === 'other' ? [] : [t(`orders.from.${order.channel}`)]),
  ];
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200" wrap={false}>
          <Link url={`https://${domain}/admin/orders/${order.orderId}`} external target="_blank">
            {order.name ?? `#${order.orderId}`}
          </Link>
          <Text as="span" fontWeight="semibold">
            {t('orders.earned', { points: points(earned) })}
          </Text>
        </InlineStack>
        <Text as="span" tone="subdued" variant="bodySm">
          {figures.join(' · ')}
        </Text>
        {order.awards.length === 0 && (
          <Text as="p" variant="bodySm">
            {t('orders.undecided')}
          </Text>
        )}
        {answers.map(({ ruleKey, explanation }) =>
          explanation === null ? null : (
            <Text as="p" variant="bodySm" key={ruleKey}>
              {(answers.length > 1 && 'ruleName' in explanation ? [explanation.ruleName] : [])
                .filter((name) => name !== '')
                .concat(sentence(explanation, phrases, money))
                .join(': ')}
            </Text>
          ),
        )}
      </BlockStack>
    </Box>
  );
}
