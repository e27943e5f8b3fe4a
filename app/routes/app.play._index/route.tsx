import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { RunCalendar } from '../../components/run-calendar.tsx';
import { calendarSpan, readDay } from '../../domain/campaigns/calendar-span.ts';
import { PLAY_LISTS } from '../../domain/play/known-parts.ts';
import { shopDay } from '../../domain/time/shop-time.ts';
import { playOverview } from '../../queries/play.ts';
import { requireStaff } from '../app/tenant.ts';
import type { loader as figuresLoader } from '../app.play.figures.ts';
import { ListCard } from './list-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const { searchParams } = new URL(args.request.url);
  const kind = searchParams.get('view') === 'quarter' ? 'quarter' : 'month';
  const now = world.now();
  const today = shopDay(now, shop.timeZone);
  const span = calendarSpan(kind, readDay(searchParams.get('day')) ?? today, shop.timeZone);
  return json({ ...(await playOverview(world, shop.id, span)), span, now, today });
}

export default function Play() {
  const { lines, calendar, span, now, today } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { data, load, state } = useFetcher<typeof figuresLoader>();
  const look = useCallback(() => load('/app/play/figures'), [load]);
  useEffect(look, [look]);
  const rows = calendar.map(({ list, key, name, ...line }) => ({
    ...line,
    id: `${list}:${key}`,
    name,
    url: `/app/play/${list}/${key}`,
  }));
  return (
    <Page
      title={t('play.title')}
      subtitle={t('play.subtitle')}
      primaryAction={{ content: t('play.edit'), url: '/app/programme#part-challenges' }}
      secondaryActions={[
        { content: t('play.lists.quizzes'), url: '/app/quizzes' },
        { content: t('play.lists.games'), url: '/app/games' },
        { content: t('leaderboards.title'), url: '/app/leaderboards' },
      ]}
    >
      <BlockStack gap="400">
        {data && <FiguresAgeLine age={data.age} again={look} />}
        <RunCalendar {...{ rows, span, now, today }} none={t('play.noneThen')} />
        {PLAY_LISTS.map((list) => (
          <ListCard
            key={list}
            list={list}
            lines={lines.filter((line) => line.list === list)}
            totals={data ?? null}
            loading={state === 'loading' || !data || data.age.counting}
          />
        ))}
      </BlockStack>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
