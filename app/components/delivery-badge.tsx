import { Badge } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

const TONES = { ready: 'info', waiting: 'attention', done: 'success', dead: 'critical' } as const;

export function DeliveryBadge({ state }: { state: string }) {
  const { t } = useTranslation();
  const tone = state in TONES ? TONES[state as keyof typeof TONES] : 'info';
  return <Badge tone={tone}>{t(`deliveries.is.${state}`)}</Badge>;
}
