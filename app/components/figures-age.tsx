import { Banner, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.ts';
import { useLookAgain } from './use-look-again.ts';
import type { FiguresAge } from '../domain/figures/figure-asks.ts';

/** How soon a page looks again for figures that are being counted. */
const AGAIN_MS = 3_000;

/** Of a large shop: as of when its figures are. Those of a small one are as of now, and nothing is said. */
export function FiguresAgeLine({ age, again }: { age: FiguresAge; again?: () => void }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  useLookAgain(age.counting, AGAIN_MS, again);
  if (age.counting) return <Banner tone="info">{t('figures.counting')}</Banner>;
  if (age.asOf === null) return null;
  return (
    <Text as="p" tone="subdued">
      {t('figures.asOf', { at: moment(age.asOf) })}
    </Text>
  );
}
