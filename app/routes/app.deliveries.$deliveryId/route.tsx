import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, Card, DescriptionList, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DeliveryBadge } from '../../components/delivery-badge.tsx';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import { replayDeliveries } from '../../operations/replay-deliveries.ts';
import { deliveryPage } from '../../queries/delivery-page.ts';
import { requireStaff } from '../app/tenant.ts';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const id = args.params['deliveryId'] ?? '';
  const delivery = await deliveryPage(args.context.world, shop.id, id);
  if (!delivery) throw new Response('There is no such delivery.', { status: 404 });
  return json({ delivery });
}

/** Who: signed-in staff of the shop, sending this delivery down the road again. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const which = { kind: 'one', id: args.params['deliveryId'] ?? '' } as const;
  const { replayed } = await replayDeliveries(args.context.world, {
    shopId: shop.id,
    actor,
    which,
  });
  return json({ replayed });
}

export default function Delivery() {
  const { delivery } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { moment, number } = useFormat();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  useAnswer(fetcher, ({ replayed }) => {
    shopify.toast.show(t(replayed === 0 ? 'deliveries.notReplayed' : 'deliveries.replayedOne'));
  });

  const facts: readonly (readonly [label: string, value: string | null])[] = [
    ['webhookId', delivery.webhookId],
    ['topic', delivery.topic],
    ['subject', delivery.subject],
    ['shopDomain', delivery.shopDomain],
    ['apiVersion', delivery.apiVersion || null],
    ['eventId', delivery.eventId],
    ['triggeredAt', delivery.triggeredAt === null ? null : moment(delivery.triggeredAt)],
    ['receivedAt', moment(delivery.receivedAt)],
    ['attempts', number(delivery.attempts)],
    ['runAfter', delivery.runAfter === null ? null : moment(delivery.runAfter)],
    ['doneAt', delivery.doneAt === null ? null : moment(delivery.doneAt)],
    [
      'outcome',
      delivery.outcome && t(`outcome.${delivery.outcome}`, { defaultValue: delivery.outcome }),
    ],
    ['detail', delivery.detail],
  ];
  return (
    <Page
      backAction={{ content: t('deliveries.title'), url: '/app/deliveries' }}
      title={t('deliveries.one', { id: delivery.id })}
      titleMetadata={<DeliveryBadge state={delivery.state} />}
      primaryAction={{
        content: t('deliveries.replay'),
        loading: fetcher.state !== 'idle',
        disabled: delivery.state === 'ready' || delivery.redactedAt !== null,
        onAction: () => fetcher.submit({}, { method: 'post' }),
      }}
    >
      <BlockStack gap="400">
        {delivery.redactedAt !== null && (
          <Banner>{t('deliveries.redacted', { at: moment(delivery.redactedAt) })}</Banner>
        )}
        <Card>
          <div className="laurel-unbroken">
            <DescriptionList
              gap="tight"
              items={facts.flatMap(([name, value]) =>
                value === null ? [] : [{ term: t(`deliveries.fact.${name}`), description: value }],
              )}
            />
          </div>
        </Card>
        {delivery.redactedAt === null && (
          <Card padding="0">
            <Box padding="400" borderBlockEndWidth="025" borderColor="border">
              <BlockStack gap="100">
                <Text as="h2" variant="headingSm">
                  {t('deliveries.body')}
                </Text>
                <Text as="p" tone="subdued">
                  {t('deliveries.masked')}
                </Text>
              </BlockStack>
            </Box>
            {delivery.body.readable ? (
              <pre className="laurel-code">
                {delivery.body.text}
                {delivery.body.cut && `\n${t('deliveries.cut')}`}
              </pre>
            ) : (
              <Box padding="400">
                <Text as="p">{t('deliveries.unreadable', { count: delivery.bytes })}</Text>
              </Box>
            )}
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
