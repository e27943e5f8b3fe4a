import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Layout, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CampaignBadge } from '../../components/campaign-parts.tsx';
import { Counted } from '../../components/counted.tsx';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { usePlayDays } from '../../components/play-parts.tsx';
import { PLAY_LISTS } from '../../domain/play/known-parts.ts';
import type { PlayList } from '../../domain/play/known-parts.ts';
import { playPart } from '../../queries/play.ts';
import { requireStaff } from '../app/tenant.ts';
import { CostCard } from './cost-card.tsx';
import { FunnelCard } from './funnel-card.tsx';
import { MilestonesCard } from './milestones-card.tsx';
import { OrdersCard } from './orders-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const list = PLAY_LISTS.find((one) => one === args.params['list']);
  const key = args.params['key'] ?? '';
  const found = list ? await playPart(args.context.world, shop.id, list, key) : null;
  if (!found) throw new Response('There is nothing of this name to play.', { status: 404 });
  return json(found);
}

export default function PlayPart() {
  const page = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const days = usePlayDays();
  const { list, key, place } = page;
  return (
    <Page
      title={page.name}
      titleMetadata={<CampaignBadge state={page.state} />}
      subtitle={days(page)}
      backAction={{ url: '/app/play', content: t('play.title') }}
      {...(place !== null && {
        primaryAction: {
          content: t('play.editOne'),
          url: `/app/programme#${list}.${place}.name`,
        },
      })}
      secondaryActions={furtherPages(list, key).map((url) => ({ content: t('play.further'), url }))}
    >
      <Counted age={page.age}>
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <FiguresAgeLine age={page.age} />
              {page.reach && <FunnelCard page={page} reach={page.reach} />}
              {page.milestones.length > 0 && <MilestonesCard page={page} />}
              {!page.reach && page.milestones.length === 0 && <CostCard page={page} />}
            </BlockStack>
          </Layout.Section>
          {(page.reach !== null || page.milestones.length > 0) && (
            <Layout.Section variant="oneThird">
              <CostCard page={page} />
            </Layout.Section>
          )}
          {page.orders && (
            <Layout.Section>
              <OrdersCard orders={page.orders} />
            </Layout.Section>
          )}
        </Layout>
      </Counted>
    </Page>
  );
}

/** Where there is more to see of it than what it cost. */
function furtherPages(list: PlayList, key: string): readonly string[] {
  switch (list) {
    case 'quizzes':
      return [`/app/quizzes/${key}`];
    case 'games':
    case 'leaderboards':
      return [`/app/${list}`];
    case 'challenges':
    case 'badges':
    case 'streaks':
      return [];
  }
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
