import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.ts';

/** "+50" in green, "−50" plain: red is for what went wrong, and taking back is not. */
export function PointsChange({ gain }: { gain: number }) {
  const { signed } = useFormat();
  const { t } = useTranslation();
  if (gain === 0) {
    return (
      <Text as="span" tone="subdued">
        {t('ledger.noChange')}
      </Text>
    );
  }
  return (
    <Text as="span" fontWeight="semibold" {...(gain > 0 && { tone: 'success' })}>
      {signed(gain)}
    </Text>
  );
}
