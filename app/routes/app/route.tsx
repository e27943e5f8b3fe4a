import { json } from '@remix-run/node';
import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { Link, Outlet, useLoaderData, useLocation, useNavigation } from '@remix-run/react';
import { NavMenu } from '@shopify/app-bridge-react';
import { useTranslation } from 'react-i18next';
import { PageError } from '../../components/page-error.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { ShopProvider } from '../../components/shop-context.tsx';
import { requireStaff } from './tenant.ts';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  return json({
    domain: shop.domain,
    currency: shop.currency,
    timeZone: shop.timeZone,
    staff: actor,
  });
}

export default function App() {
  const shop = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <ShopProvider value={shop}>
      <NavMenu>
        <Link to="/app" rel="home">
          {t('nav.home')}
        </Link>
        <Link to="/app/programme">{t('nav.programme')}</Link>
        <Link to="/app/campaigns">{t('nav.campaigns')}</Link>
        <Link to="/app/play">{t('nav.play')}</Link>
        <Link to="/app/rewards">{t('nav.rewards')}</Link>
        <Link to="/app/members">{t('nav.members')}</Link>
        <Link to="/app/gifts">{t('nav.gifts')}</Link>
        <Link to="/app/referrals">{t('nav.referrals')}</Link>
        <Link to="/app/claims">{t('nav.claims')}</Link>
        <Link to="/app/deliveries">{t('nav.deliveries')}</Link>
        <Link to="/app/settings">{t('nav.settings')}</Link>
      </NavMenu>
      <PageOrItsShape />
    </ShopProvider>
  );
}

/** Another page's shape stands at once when one goes there; the same page with other filters stays. */
function PageOrItsShape() {
  const navigation = useNavigation();
  const { pathname } = useLocation();
  const to = navigation.state === 'loading' ? navigation.location.pathname : pathname;
  return (
    <>
      {to !== pathname && <PageSkeleton path={to} />}
      <div hidden={to !== pathname}>
        <Outlet />
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <PageError />;
}

/** Shopify's library speaks to App Bridge by the headers of what it throws. */
export const headers: HeadersFunction = ({ errorHeaders, parentHeaders, loaderHeaders }) =>
  errorHeaders ?? new Headers([...parentHeaders, ...loaderHeaders]);
