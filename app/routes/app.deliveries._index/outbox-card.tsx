import { Banner, BlockStack, Button, InlineStack, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OutboxState } from '../../queries/outbox-state.ts';

/** What could not be done in Shopify after several tries. */
export function OutboxCard({
  outbox,
  busy,
  onRetry,
}: {
  outbox: OutboxState;
  busy: boolean;
  onRetry: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Banner tone="warning" title={t('outbox.title', { count: outbox.dead })}>
      <BlockStack gap="300">
        <Text as="p">{t('outbox.text')}</Text>
        <List>
          {outbox.latest.map((effect, index) => (
            <List.Item key={index}>
              {t(`outbox.kind.${effect.kind}`, { defaultValue: effect.kind })}
              {effect.detail !== null && `: ${effect.detail}`}
            </List.Item>
          ))}
        </List>
        <InlineStack>
          <Button onClick={onRetry} loading={busy}>
            {t('outbox.retry')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
