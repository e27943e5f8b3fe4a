import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What a draft needs of Shopify and the merchant has not allowed yet; nothing otherwise. */
export function NeededScopes({ open, wanted }: { open: boolean; wanted: readonly string[] }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const [missing, setMissing] = useState<readonly string[]>([]);
  const asked = wanted.join(',');
  useEffect(() => {
    if (!open || asked === '') return;
    let over = false;
    void shopify.scopes.query().then(({ granted }) => {
      if (!over) setMissing(asked.split(',').filter((scope) => !granted.includes(scope)));
    });
    return () => {
      over = true;
    };
  }, [open, asked, shopify]);
  if (asked === '' || missing.length === 0) return null;
  return (
    <Banner tone="warning" title={t('publish.needsPermission')}>
      <BlockStack gap="200">
        <Text as="p">{t('publish.needsPermissionHelp')}</Text>
        <AllowScopes scopes={missing} onAllowed={() => setMissing([])} />
      </BlockStack>
    </Banner>
  );
}

/** Asks the merchant for what is missing, in Shopify's own dialog. */
export function AllowScopes({
  scopes,
  onAllowed,
}: {
  scopes: readonly string[];
  onAllowed?: () => void;
}) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const noted = useFetcher();
  const [busy, setBusy] = useState(false);
  const ask = async (): Promise<void> => {
    setBusy(true);
    try {
      const { result } = await shopify.scopes.request([...scopes]);
      if (result === 'granted-all') {
        // Shopify tells it, too; what is allowed is to be offered though its message is lost.
        noted.submit(null, { method: 'post', action: '/app/permissions' });
        onAllowed?.();
      }
      shopify.toast.show(t(result === 'granted-all' ? 'rewards.allowed' : 'rewards.notAllowed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <InlineStack>
      <Button loading={busy} onClick={() => void ask()}>
        {t('rewards.allow')}
      </Button>
    </InlineStack>
  );
}
