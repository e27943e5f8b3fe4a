import { useSearchParams } from '@remix-run/react';
import { Box, Button, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** Pages go by key, so there is a way on and a way to the beginning. */
export function NextPage({ first, after }: { first: boolean; after: string | null }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  if (first && after === null) return null;
  const at = (key: string | null): string => {
    const next = new URLSearchParams(search);
    next.delete('after');
    if (key !== null) next.set('after', key);
    return `?${next.toString()}`;
  };
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border">
      <InlineStack gap="200" align="center">
        {!first && <Button url={at(null)}>{t('list.toBeginning')}</Button>}
        {after !== null && <Button url={at(after)}>{t('list.next')}</Button>}
      </InlineStack>
    </Box>
  );
}
