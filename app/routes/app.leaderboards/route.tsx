import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Box, Card, EmptyState, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { given } from '../../components/given.ts';
import { useFormat } from '../../components/use-format.ts';
import { NAME_RULINGS, ruleName } from '../../operations/rule-name.ts';
import { leaderboardPage } from '../../queries/leaderboard-page.ts';
import { requireStaff } from '../app/tenant.ts';
import { FiguresCard } from './figures-card.tsx';
import { NamesCard } from './names-card.tsx';
import { StandingCard } from './standing-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { searchParams } = new URL(args.request.url);
  const asked = {
    board: searchParams.get('board'),
    season: searchParams.get('season'),
    query: searchParams.get('q'),
    after: searchParams.get('after'),
  };
  return json(await leaderboardPage(args.context.world, shop.id, asked));
}

const wish = z.object({ memberId: z.string().max(40), ruling: z.enum(NAME_RULINGS) });

/** Who: signed-in staff of the shop, approving, hiding or refusing a nickname. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) {
    return json({ ok: false, refusal: { kind: 'unknown-name' } } as const, 400);
  }
  return json(await ruleName(args.context.world, { ...asked.data, shopId: shop.id, actor }));
}

export default function Leaderboards() {
  const page = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { reported, season } = page;
  return (
    <Page
      title={t('leaderboards.title')}
      backAction={{ url: '/app/play', content: t('play.title') }}
      primaryAction={{ content: t('leaderboards.edit'), url: '/app/programme#leaderboards' }}
      {...given({
        subtitle: reported > 0 ? t('leaderboards.toDecide', { count: reported }) : undefined,
      })}
    >
      <BlockStack gap="400">
        <NamesCard names={page.names} />
        {page.board === null ? (
          <NoBoards />
        ) : (
          <>
            {season === null ? <NotBegun /> : <SeasonState season={season} />}
            {season !== null && <FiguresCard figures={page.figures} unit={page.unit} />}
            <StandingCard page={page} />
          </>
        )}
      </BlockStack>
    </Page>
  );
}

function NoBoards() {
  const { t } = useTranslation();
  return (
    <Card>
      <EmptyState
        heading={t('leaderboards.none')}
        image=""
        action={{ content: t('leaderboards.edit'), url: '/app/programme#leaderboards' }}
      >
        <Text as="p">{t('leaderboards.noneHelp')}</Text>
      </EmptyState>
    </Card>
  );
}

function NotBegun() {
  const { t } = useTranslation();
  return (
    <Banner tone="info" title={t('leaderboards.notBegun')}>
      {t('leaderboards.notBegunHelp')}
    </Banner>
  );
}

type Season = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['season']>;

/** Whether it runs, is being settled, or is over; and what keeps it from going on. */
function SeasonState({ season }: { season: Season }) {
  const { t } = useTranslation();
  const { date, moment } = useFormat();
  const { state, problem, endsAt, settlesAt } = season;
  if (problem !== null) {
    return (
      <Banner tone="warning" title={t('leaderboards.stuck')}>
        {problem}
      </Banner>
    );
  }
  const words = { until: date(endsAt - 1), settled: moment(settlesAt) };
  return (
    <Box paddingInline={{ xs: '400', sm: '0' }}>
      <Text as="p">{t(`leaderboards.state.${state}`, words)}</Text>
    </Box>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
