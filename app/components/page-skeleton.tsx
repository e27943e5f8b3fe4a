import {
  BlockStack,
  Card,
  Layout,
  SkeletonBodyText,
  SkeletonDisplayText,
  SkeletonPage,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** The shape of the page that is being fetched. */
export function PageSkeleton({ path }: { path: string }) {
  const { t } = useTranslation();
  const [, , page = 'home', id] = path.split('/');
  const key = id === undefined ? page : `${page}One`;
  const title = t(`skeleton.${key}`, { defaultValue: '' });
  const backAction = id === undefined ? {} : { backAction: true };
  const list = id === undefined && ['members', 'claims', 'deliveries', 'gifts'].includes(page);
  return (
    <div aria-busy="true" aria-live="polite">
      <SkeletonPage title={title} primaryAction={page === 'programme'} {...backAction}>
        {list ? (
          <SkeletonCard lines={12} />
        ) : (
          <Layout>
            <Layout.Section>
              <BlockStack gap="400">
                <SkeletonCard lines={4} />
                <SkeletonCard lines={8} />
              </BlockStack>
            </Layout.Section>
            <Layout.Section variant="oneThird">
              <SkeletonCard lines={6} />
            </Layout.Section>
          </Layout>
        )}
      </SkeletonPage>
    </div>
  );
}

export function SkeletonCard({ lines }: { lines: number }) {
  return (
    <Card>
      <BlockStack gap="400">
        <SkeletonDisplayText size="small" />
        <SkeletonBodyText lines={lines} />
      </BlockStack>
    </Card>
  );
}
