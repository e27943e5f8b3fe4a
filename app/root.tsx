import { json } from '@remix-run/node';
import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useNavigate,
  useRouteLoaderData,
} from '@remix-run/react';
import { AppProvider } from '@shopify/polaris';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import polarisDe from '@shopify/polaris/locales/de.json';
import polarisEn from '@shopify/polaris/locales/en.json';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { localesOf, makeI18n } from './components/i18n.ts';
import { PageError } from './components/page-error.tsx';
import { PolarisLink } from './components/polaris-link.tsx';
import { LocaleProvider } from './components/shop-context.tsx';
import laurelStyles from './styles.css?url';

const APP_BRIDGE = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: polarisStyles },
  { rel: 'stylesheet', href: laurelStyles },
];

/** Who: anyone. It says only what every page of the app says. */
export function loader({ request, context: { world } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  return json({
    apiKey: world.config.apiKey,
    appBridgeUrl: world.config.appBridgeUrl ?? APP_BRIDGE,
    embedded: searchParams.has('shop') || searchParams.has('host'),
    ...localesOf(searchParams.get('locale')),
  });
}

/** The language is said once, by the address that Shopify opens. */
export const shouldRevalidate = () => false;

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <PageError />;
}

/** Also drawn around errors, when there may be no answer of the loader. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>('root');
  const language = root?.language ?? 'en';
  const [words] = useState(() => makeI18n(language));
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {root && <meta name="shopify-api-key" content={root.apiKey} />}
        {/* Shopify asks that App Bridge be the first script of the page. */}
        {root?.embedded && <script src={root.appBridgeUrl} data-api-key={root.apiKey} />}
        <script dangerouslySetInnerHTML={{ __html: KEEP_EARLY_CLICK }} />
        <Meta />
        <Links />
      </head>
      <body>
        <I18nextProvider i18n={words}>
          <LocaleProvider value={root?.locale ?? 'en'}>
            <AppProvider
              i18n={language === 'de' ? polarisDe : polarisEn}
              linkComponent={PolarisLink}
            >
              <AdminNavigation />
              {children}
            </AppProvider>
          </LocaleProvider>
        </I18nextProvider>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

/** The admin draws its menu before React is here to listen: a click until then is kept. */
const KEEP_EARLY_CLICK = `addEventListener('shopify:navigate', (event) => {
  window.laurelEarlyClick = event.target.getAttribute('href');
});`;

/** A click in the admin's own menu reaches us as an event with the link. */
function AdminNavigation() {
  const navigate = useNavigate();
  const heardEarlier = useRef(false);
  useEffect(() => {
    const early: unknown = Reflect.get(window, 'laurelEarlyClick');
    if (!heardEarlier.current && typeof early === 'string') navigate(early);
    heardEarlier.current = true;
    const follow = (event: Event): void => {
      const href = event.target instanceof Element ? event.target.getAttribute('href') : null;
      if (href) navigate(href);
    };
    window.addEventListener('shopify:navigate', follow);
    return () => window.removeEventListener('shopify:navigate', follow);
  }, [navigate]);
  return null;
}
