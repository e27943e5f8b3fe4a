import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, InlineGrid, Layout, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { BudgetBar, CampaignBadge, useDays } from '../../components/campaign-parts.tsx';
import { Counted } from '../../components/counted.tsx';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { useFormat } from '../../components/use-format.ts';
import { resourcesIn } from '../../domain/programme/resources-in.ts';
import { askBackTest } from '../../operations/ask-back-test.ts';
import { cancelBackTest } from '../../operations/cancel-back-test.ts';
import { campaignPage } from '../../queries/campaigns.ts';
import { productTitles } from '../../queries/product-titles.ts';
import { requireStaff } from '../app/tenant.ts';
import { SettingsCard } from './settings-card.tsx';
import { TrialCard } from './trial-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const found = await campaignPage(world, shop.id, args.params['key'] ?? '');
  if (!found) throw new Response('No such campaign', { status: 404 });
  const products = resourcesIn(found.document).flatMap(
    (gid) => /\/Product\/(\d+)$/.exec(gid)?.[1] ?? [],
  );
  return json({ ...found, titles: await productTitles(world, shop.id, products) });
}

const wish = z.object({ intent: z.enum(['run', 'cancel']) });

/** Who: signed-in staff of the shop. A campaign of the draft is tried; nothing that members have is changed. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const campaignKey = args.params['key'] ?? '';
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'bad-form' } } as const, 400);
  if (asked.data.intent === 'run') {
    return json(await askBackTest(world, { shopId: shop.id, actor, campaignKey }));
  }
  await cancelBackTest(world, shop.id, campaignKey);
  return json({ ok: true } as const);
}

export default function Campaign() {
  const page = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { number } = useFormat();
  const days = useDays();
  const { figures, budgetPoints, place } = page;
  const counts: readonly (readonly [string, number])[] = [
    [t('campaigns.points'), figures.points],
    [t('campaigns.orders'), figures.orders],
    [t('campaigns.members'), figures.members],
  ];
  return (
    <Page
      title={page.name}
      titleMetadata={<CampaignBadge state={page.state} />}
      subtitle={days(page)}
      backAction={{ url: '/app/campaigns', content: t('campaigns.title') }}
      {...(place !== null && {
        primaryAction: {
          content: t('campaigns.editOne'),
          url: `/app/programme#campaigns.${place}.name`,
        },
      })}
    >
      <Counted age={page.age}>
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <FiguresAgeLine age={page.age} />
              <Card>
                <BlockStack gap="400">
                  <Text as="h2" variant="headingMd">
                    {t('campaigns.soFar')}
                  </Text>
                  <InlineGrid columns={3} gap="400">
                    {counts.map(([label, count]) => (
                      <BlockStack key={label} gap="100">
                        <Text as="span" tone="subdued">
                          {label}
                        </Text>
                        <Text as="span" variant="headingLg" numeric>
                          {page.age.counting ? '–' : number(count)}
                        </Text>
                      </BlockStack>
                    ))}
                  </InlineGrid>
                  {budgetPoints !== null && (
                    <BudgetBar budgetPoints={budgetPoints} held={figures.held} />
                  )}
                </BlockStack>
              </Card>
              {place !== null && <TrialCard page={page} />}
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <SettingsCard page={page} titles={page.titles} />
          </Layout.Section>
        </Layout>
      </Counted>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
