import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Card, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLookAgain } from '../../components/use-look-again.ts';
import { z } from 'zod';
import { pastedOrder } from '../../domain/orders/pasted-order.ts';
import { askBackTest } from '../../operations/ask-back-test.ts';
import { cancelBackTest } from '../../operations/cancel-back-test.ts';
import { newestBackTest } from '../../queries/back-tests.ts';
import { newestOrders } from '../../queries/newest-orders.ts';
import { programmePage } from '../../queries/programme-page.ts';
import { tryOrder } from '../../operations/try-order.ts';
import { requireStaff } from '../app/tenant.ts';
import { BackTestProgress } from './back-test-progress.tsx';
import { BackTestReport } from './back-test-report.tsx';
import { OneOrder } from './one-order.tsx';

const ASK_AGAIN_MS = 1_500;

/** Who: signed-in staff of the shop. What the draft would mean for the past. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const [test, { draft }, orders] = await Promise.all([
    newestBackTest(world, shop.id),
    programmePage(world, shop.id),
    newestOrders(world, shop.id),
  ]);
  return json({ test, revision: draft?.revision ?? null, orders });
}

const wish = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('run') }),
  z.object({ intent: z.literal('cancel') }),
  /** An order's name or number, or a body as Shopify sends it. */
  z.object({ intent: z.literal('order'), text: z.string().max(600_000) }),
]);

/** Who: signed-in staff of the shop. Nothing that members have is changed here. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) {
    return json({ intent: 'none', ok: false, refusal: { kind: 'bad-form' } } as const, 400);
  }
  switch (asked.data.intent) {
    case 'run':
      return json({
        intent: 'run',
        ...(await askBackTest(world, { shopId: shop.id, actor })),
      } as const);
    case 'cancel':
      await cancelBackTest(world, shop.id);
      return json({ intent: 'cancel', ok: true } as const);
    case 'order': {
      const pasted = pastedOrder(asked.data.text);
      if (pasted.kind === 'graphql') {
        return json({ intent: 'order', ok: false, refusal: { kind: 'graphql-body' } } as const);
      }
      const order =
        pasted.kind === 'body'
          ? { told: args.context.shopify.readOrder(pasted.body) }
          : { known: pasted.name };
      return json({ intent: 'order', ...(await tryOrder(world, shop.id, order)) } as const);
    }
  }
}

export default function Trial() {
  const { test, revision, orders } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { data, state, submit } = useFetcher<typeof action>();
  const running = test?.state === 'running';
  useLookAgain(running, ASK_AGAIN_MS);
  const send = (intent: 'run' | 'cancel'): void =>
    submit({ intent }, { method: 'post', encType: 'application/json' });
  const refused = data && !data.ok && data.intent !== 'order' ? data.refusal.kind : null;
  return (
    <Page
      title={t('trial.title')}
      subtitle={t('trial.subtitle')}
      backAction={{ url: '/app/programme', content: t('nav.programme') }}
      primaryAction={{
        content: t('trial.run'),
        onAction: () => send('run'),
        disabled: running || state !== 'idle',
      }}
    >
      <BlockStack gap="400">
        {refused && (
          <Banner
            tone="critical"
            {...(refused === 'invalid' && {
              action: { content: t('nav.programme'), url: '/app/programme' },
            })}
          >
            {t(`trial.refused.${refused}`)}
          </Banner>
        )}
        {test === null ? (
          <Card>
            <Text as="p">{t('trial.none')}</Text>
          </Card>
        ) : (
          <>
            <BackTestProgress
              test={test}
              outdated={revision !== test.revision}
              onCancel={() => send('cancel')}
            />
            {test.state !== 'failed' && test.tally.members > 0 && <BackTestReport test={test} />}
          </>
        )}
        <OneOrder orders={orders} />
      </BlockStack>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
