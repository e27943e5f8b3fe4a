import {
  BlockStack,
  Box,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DeliveryBadge } from '../../components/delivery-badge.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { DeliveryRow } from '../../queries/delivery-list.ts';

interface RowsProps {
  readonly deliveries: readonly DeliveryRow[];
}

/** A table where there is room for one, and lines on a phone. */
export function DeliveryRows(props: RowsProps) {
  const { mdDown } = useBreakpoints();
  return mdDown ? <Lines {...props} /> : <Table {...props} />;
}

function Table({ deliveries }: RowsProps) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return (
    <IndexTable
      itemCount={deliveries.length}
      selectable={false}
      headings={[
        { title: t('deliveries.number') },
        { title: t('deliveries.topic') },
        { title: t('deliveries.subject') },
        { title: t('deliveries.received') },
        { title: t('deliveries.state') },
        { title: t('deliveries.outcome') },
      ]}
    >
      {deliveries.map((delivery, index) => (
        <IndexTable.Row key={delivery.id} id={delivery.id} position={index}>
          <IndexTable.Cell>
            <Link url={`/app/deliveries/${delivery.id}`} monochrome dataPrimaryLink>
              {delivery.id}
            </Link>
          </IndexTable.Cell>
          <IndexTable.Cell>{delivery.topic}</IndexTable.Cell>
          <IndexTable.Cell>{delivery.subject}</IndexTable.Cell>
          <IndexTable.Cell>{moment(delivery.receivedAt)}</IndexTable.Cell>
          <IndexTable.Cell>
            <DeliveryBadge state={delivery.state} />
          </IndexTable.Cell>
          <IndexTable.Cell>
            <Text as="span" truncate>
              {delivery.outcome !== null &&
                t(`outcome.${delivery.outcome}`, { defaultValue: delivery.outcome })}
            </Text>
          </IndexTable.Cell>
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

function Lines({ deliveries }: RowsProps) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return (
    <BlockStack>
      {deliveries.map((delivery) => (
        <Box key={delivery.id} padding="300" borderBlockStartWidth="025" borderColor="border">
          <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
            <BlockStack gap="050">
              <Link url={`/app/deliveries/${delivery.id}`} monochrome>
                {delivery.topic}
              </Link>
              <Text as="span" tone="subdued" variant="bodySm">
                <span className="laurel-unbroken">
                  {delivery.subject} · {moment(delivery.receivedAt)}
                </span>
              </Text>
              {delivery.outcome !== null && (
                <Text as="span" variant="bodySm">
                  {t(`outcome.${delivery.outcome}`, { defaultValue: delivery.outcome })}
                </Text>
              )}
            </BlockStack>
            <DeliveryBadge state={delivery.state} />
          </InlineStack>
        </Box>
      ))}
    </BlockStack>
  );
}
