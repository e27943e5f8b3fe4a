import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Counted } from '../../components/counted.tsx';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { calendarSpan, readDay } from '../../domain/campaigns/calendar-span.ts';
import { overlapsOf } from '../../domain/campaigns/campaign-state.ts';
import { shopDay } from '../../domain/time/shop-time.ts';
import { campaignLines } from '../../queries/campaigns.ts';
import { requireStaff } from '../app/tenant.ts';
import { CampaignCalendar } from './campaign-calendar.tsx';
import { CampaignList } from './campaign-list.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const { searchParams } = new URL(args.request.url);
  const kind = searchParams.get('view') === 'quarter' ? 'quarter' : 'month';
  const now = world.now();
  const today = shopDay(now, shop.timeZone);
  const { campaigns, age } = await campaignLines(world, shop.id);
  return json({
    ...{ campaigns, age, now, today },
    span: calendarSpan(kind, readDay(searchParams.get('day')) ?? today, shop.timeZone),
    overlaps: overlapsOf(campaigns),
  });
}

export default function Campaigns() {
  const { campaigns, age, now, today, span, overlaps } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Page
      title={t('campaigns.title')}
      subtitle={t('campaigns.subtitle')}
      primaryAction={{ content: t('campaigns.edit'), url: '/app/programme#campaigns' }}
    >
      <Counted age={age}>
        <BlockStack gap="400">
          <FiguresAgeLine age={age} />
          <CampaignCalendar
            campaigns={campaigns}
            span={span}
            overlaps={overlaps}
            now={now}
            today={today}
          />
          <CampaignList campaigns={campaigns} />
        </BlockStack>
      </Counted>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
