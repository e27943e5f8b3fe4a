import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Button, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { FiguresAgeLine } from '../../components/figures-age.tsx';
import { dismissSetUp } from '../../operations/dismiss-set-up.ts';
import { newestEntries } from '../../queries/newest-entries.ts';
import { programmeFigures } from '../../queries/programme-figures.ts';
import { publishedNames } from '../../queries/published-names.ts';
import { setUpState } from '../../queries/set-up-state.ts';
import { waitingForStaff } from '../../queries/waiting-for-staff.ts';
import type { World } from '../../world.ts';
import { requireStaff } from '../app/tenant.ts';
import { Figures, FiguresSkeleton } from './figures.tsx';
import { NewestLines } from './newest-lines.tsx';
import { SetUp } from './set-up.tsx';
import { WaitingCard } from './waiting-card.tsx';

const NEWEST = 8;

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const [setUp, waiting, names, figures] = await Promise.all([
    setUpState(world, shop.id),
    waitingForStaff(world, shop.id),
    publishedNames(world, shop.id),
    // Without them the page still says what is to be done.
    readFigures(world, shop).catch((error: unknown) => {
      world.log.error({ shopId: shop.id, reason: String(error) }, 'the home page has no figures');
      return null;
    }),
  ]);
  return json({ setUp, waiting, names, apiKey: world.config.apiKey, figures });
}

async function readFigures(world: World, shop: { id: string; timeZone: string }) {
  const [sums, newest] = await Promise.all([
    programmeFigures(world, shop.id, shop.timeZone),
    newestEntries(world, shop.id, NEWEST),
  ]);
  return { ...sums, newest };
}

/** Who: signed-in staff of the shop, putting the checklist away. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  await dismissSetUp(args.context.world, { shopId: shop.id, actor });
  return json({ ok: true });
}

export default function Home() {
  const { setUp, waiting, names, apiKey, figures } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Page title={names.programme ?? t('home.title')}>
      <BlockStack gap="400">
        <WaitingCard waiting={waiting} />
        {!setUp.dismissed && <SetUp state={setUp} apiKey={apiKey} />}
        {figures === null ? (
          <FiguresFailed />
        ) : (
          <>
            <FiguresAgeLine age={figures} />
            {figures.counting ? (
              <FiguresSkeleton />
            ) : (
              <Figures figures={figures} tiers={names.tiers} />
            )}
            <NewestLines lines={figures.newest} />
          </>
        )}
      </BlockStack>
    </Page>
  );
}

function FiguresFailed() {
  const { t } = useTranslation();
  return (
    <Banner tone="critical" title={t('home.figuresFailed')}>
      <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
    </Banner>
  );
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
