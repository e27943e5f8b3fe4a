import { useRevalidator } from '@remix-run/react';
import { Banner, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.ts';
import type { FiguresAge } from '../domain/figures/figure-asks.ts';

/** How soon a page looks again for figures that are being counted. */
const AGAIN_MS = 3_000;

/** Of a large shop: as of when its figures are. Those of a small one are as of now, and nothing is said. */
export function FiguresAgeLine({ age, again }: { age: FiguresAge; again?: () => void }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const { revalidate } = useRevalidator();
  const look = again ?? revalidate;
  useEffect(() => {
    if (!age.counting) return undefined;
    const timer = setTimeout(look, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [age, look]);
  if (age.counting) return <Banner tone="info">{t('figures.counting')}</Banner>;
  if (age.asOf === null) return null;
  return (
    <Text as="p" tone="subdued">
      {t('figures.asOf', { at: moment(age.asOf) })}
    </Text>
  );
}
