import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { OpenLot } from '../../queries/member-page.ts';

/** So many stand there at once; what comes below is looked for more often than old points are. */
const FIRST = 6;

/** What the balance is made of. */
export function LotsCard({ lots }: { lots: readonly OpenLot[] }) {
  const { t } = useTranslation();
  const { date, number, points } = useFormat();
  const [all, setAll] = useState(false);
  const more = lots.length - FIRST;
  const shown = all ? lots : lots.slice(0, FIRST);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            {t('lots.heading')}
          </Text>
          <Text as="p" tone="subdued">
            {t(lots.length === 0 ? 'lots.none' : 'lots.help')}
          </Text>
        </BlockStack>
      </Box>
      {shown.map((lot) => (
        <Box
          key={lot.lot}
          paddingBlock="200"
          paddingInline="400"
          borderBlockStartWidth="025"
          borderColor="border"
        >
          <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
            <BlockStack gap="050">
              <Text as="span">
                {t('lots.of', { remaining: points(lot.remaining), original: number(lot.original) })}
              </Text>
              <Text as="span" tone="subdued" variant="bodySm">
                {[
                  t(`lots.source.${lot.sourceKind}`, {
                    date: date(lot.occurredAt),
                    defaultValue: date(lot.occurredAt),
                  }),
                  lot.expiresAt === null
                    ? t('lots.neverExpires')
                    : t('lots.expires', { date: date(lot.expiresAt - 1) }),
                ].join(' · ')}
              </Text>
            </BlockStack>
            <Badge {...(lot.state === 'available' && { tone: 'success' })}>
              {lot.state === 'available'
                ? t('lots.available')
                : lot.availableAt === null
                  ? t('lots.pending')
                  : t('lots.from', { date: date(lot.availableAt) })}
            </Badge>
          </InlineStack>
        </Box>
      ))}
      {more > 0 && (
        <Box padding="300" borderBlockStartWidth="025" borderColor="border">
          <InlineStack align="center">
            <Button variant="plain" onClick={() => setAll(!all)} ariaExpanded={all}>
              {all ? t('lots.fewer') : t('lots.more', { count: more, number: number(more) })}
            </Button>
          </InlineStack>
        </Box>
      )}
    </Card>
  );
}
