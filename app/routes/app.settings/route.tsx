import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Layout, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { connectReviews, disconnectReviews } from '../../operations/connect-reviews.ts';
import { startImport } from '../../operations/start-import.ts';
import { MOST_DAYS_BACK, startSweep } from '../../operations/start-sweep.ts';
import { apiKeys } from '../../queries/api-keys.ts';
import { checksOf } from '../../queries/checks.ts';
import { connections } from '../../queries/connections.ts';
import { importsOf } from '../../queries/imports.ts';
import { requireStaff } from '../app/tenant.ts';
import { ApiKeysCard } from './api-keys-card.tsx';
import { ChecksCard } from './checks-card.tsx';
import { HistoryCard } from './history-card.tsx';
import { ReviewsCard } from './reviews-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const [connected, imports, checks, keys] = await Promise.all([
    connections(world, shop.id),
    importsOf(world, shop.id),
    checksOf(world, shop.id),
    apiKeys(world, shop.id),
  ]);
  return json({
    judgeme: connected.find(({ provider }) => provider === 'judgeme') ?? null,
    judgemeUrl: `${world.config.appUrl}/webhooks/judgeme/${shop.domain}`,
    imports,
    checks,
    keys,
  });
}

const wish = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('connect-reviews'), secret: z.string().max(500) }),
  z.object({ intent: z.literal('disconnect-reviews') }),
  z.object({ intent: z.literal('start-import') }),
  z.object({
    intent: z.literal('start-sweep'),
    daysBack: z.int().min(1).max(MOST_DAYS_BACK).nullable(),
  }),
]);

/** Who: signed-in staff of the shop, connecting a review app, reading the history again or checking with Shopify. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'bad-form' } } as const, 400);
  const by = { shopId: shop.id, actor };
  switch (asked.data.intent) {
    case 'connect-reviews':
      return json(
        await connectReviews(world, { ...by, provider: 'judgeme', secret: asked.data.secret }),
      );
    case 'disconnect-reviews':
      await disconnectReviews(world, { ...by, provider: 'judgeme' });
      return json({ ok: true } as const);
    case 'start-import':
      return json(await startImport(world, by));
    case 'start-sweep':
      return json(await startSweep(world, { ...by, daysBack: asked.data.daysBack }));
  }
}

export default function Settings() {
  const { judgeme, judgemeUrl, imports, checks, keys } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Page title={t('settings.title')}>
      <Layout>
        <Layout.AnnotatedSection
          title={t('settings.reviews.title')}
          description={t('settings.reviews.help')}
        >
          <ReviewsCard connection={judgeme} url={judgemeUrl} />
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title={t('settings.history.title')}
          description={t('settings.history.help')}
        >
          <HistoryCard imports={imports} />
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title={t('settings.checks.title')}
          description={t('settings.checks.help')}
        >
          <ChecksCard checks={checks} />
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title={t('settings.apiKeys.title')}
          description={t('settings.apiKeys.help')}
        >
          <ApiKeysCard keys={keys} />
        </Layout.AnnotatedSection>
      </Layout>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
