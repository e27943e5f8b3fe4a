import { isRouteErrorResponse, useRouteError } from '@remix-run/react';
import { Banner, BlockStack, Button, InlineStack, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** What stands where a page should: a sentence, and what to do. */
export function PageError() {
  const error = useRouteError();
  const { t } = useTranslation();
  if (isRouteErrorResponse(error) && error.status === 200) {
    // Shopify's library answers some requests with a page of its own, e.g. to fetch an id token.
    return <div dangerouslySetInnerHTML={{ __html: String(error.data) }} />;
  }
  const kind = isRouteErrorResponse(error) ? kindOf(error.status) : 'failed';
  return (
    <Page title={t(`error.${kind}.title`)}>
      <Banner tone={kind === 'notFound' ? 'info' : 'critical'}>
        <BlockStack gap="300">
          <Text as="p">{t(`error.${kind}.text`)}</Text>
          <InlineStack gap="200">
            {kind !== 'notFound' && (
              <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
            )}
            <Button url="/app">{t('error.home')}</Button>
          </InlineStack>
        </BlockStack>
      </Banner>
    </Page>
  );
}

function kindOf(status: number): 'notFound' | 'signedOut' | 'busy' | 'failed' {
  if (status === 404) return 'notFound';
  if (status === 401 || status === 403 || status === 410) return 'signedOut';
  return status === 503 ? 'busy' : 'failed';
}
