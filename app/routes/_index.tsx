import { redirect } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { Card, EmptyState, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** Who: anyone. Shopify opens this address with the shop in it; without one there is only a sentence. */
export function loader({ request }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url);
  if (searchParams.has('shop')) throw redirect(`/app${search}`);
  return null;
}

export default function OutsideOfShopify() {
  const { t } = useTranslation();
  return (
    <Page>
      <Card>
        <EmptyState heading={t('outside.title')} image="">
          <p>{t('outside.text')}</p>
        </EmptyState>
      </Card>
    </Page>
  );
}
