import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Card, EmptySearchResult, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Counted } from '../../components/counted.tsx';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { useDownload } from '../../components/use-download.ts';
import { gameViews } from '../../queries/games.ts';
import { requireStaff } from '../app/tenant.ts';
import { GameCard } from './game-card.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  return json(await gameViews(args.context.world, shop.id));
}

export default function Games() {
  const { games, age } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { download, trouble } = useDownload();
  return (
    <Page
      title={t('games.title')}
      subtitle={t('games.text')}
      backAction={{ url: '/app/play', content: t('play.title') }}
      primaryAction={{ content: t('games.toProgramme'), url: '/app/programme#games' }}
    >
      <Counted age={age}>
        <BlockStack gap="400">
          <FiguresAgeLine age={age} />
          {trouble && <Banner tone="critical">{t('games.trouble')}</Banner>}
          {games.length === 0 && (
            <Card>
              <EmptySearchResult
                title={t('games.emptyTitle')}
                description={t('games.emptyText')}
                withIllustration={false}
              />
            </Card>
          )}
          {games.map((game) => (
            <GameCard
              key={game.key}
              game={game}
              onDownload={() =>
                void download(
                  `/app/games/log?game=${encodeURIComponent(game.key)}`,
                  `${game.key}-draws.csv`,
                )
              }
            />
          ))}
        </BlockStack>
      </Counted>
    </Page>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
