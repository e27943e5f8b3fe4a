import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from './shop-context.tsx';
import { useFormat } from './use-format.ts';
import type { OrderFlagContent } from '../domain/orders/flag-kinds.ts';

type OrderFlag = OrderFlagContent & { readonly orderId: string; readonly orderName: string };

/** Orders to look at: what was booked is sure, the rest is for a person to decide. */
export function FlagsBanner({ open, flags }: { open: number; flags: readonly OrderFlag[] }) {
  const { t } = useTranslation();
  if (open === 0) return null;
  return (
    <Banner tone="warning" title={t('flags.title', { count: open })}>
      <BlockStack gap="200">
        <Text as="p">{t('flags.text')}</Text>
        {flags.map((flag) => (
          <Flag key={`${flag.orderId} ${flag.kind}`} flag={flag} />
        ))}
      </BlockStack>
    </Banner>
  );
}

function Flag({ flag }: { flag: OrderFlag }) {
  const { t } = useTranslation();
  const { domain } = useShop();
  const { money } = useFormat();
  const fetcher = useFetcher();
  const shown = (figure: string): string =>
    flag.currency === null ? figure : money(figure, flag.currency);
  return (
    <InlineStack gap="200" align="space-between" blockAlign="center" wrap={false}>
      <Text as="p">
        <Link url={`https://${domain}/admin/orders/${flag.orderId}`} target="_blank">
          {flag.orderName}
        </Link>
        {': '}
        {t(`flags.kind.${flag.kind}`, {
          told: shown(flag.told),
          limit: shown(flag.limit),
          of: flag.of,
        })}
      </Text>
      <Button
        size="slim"
        loading={fetcher.state !== 'idle'}
        accessibilityLabel={t('flags.dismissThis', { order: flag.orderName })}
        onClick={() =>
          fetcher.submit(
            { orderId: flag.orderId, kind: flag.kind },
            { method: 'post', action: '/app/flags', encType: 'application/json' },
          )
        }
      >
        {t('flags.dismiss')}
      </Button>
    </InlineStack>
  );
}
