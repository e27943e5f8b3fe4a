import { Badge, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLookAgain } from '../../components/use-look-again.ts';
import { useFormat } from '../../components/use-format.ts';
import type { BatchLine } from '../../queries/code-batches.ts';

const POLL_MS = 3_000;
const TONES = { asked: 'attention', made: 'success', refused: 'critical' } as const;

/** Codes for everybody: how far Shopify has them, and the file to give out. */
export function BatchesCard({ batches }: { batches: readonly BatchLine[] }) {
  const { t } = useTranslation();
  const isBusy = batches.some((batch) => batch.state === 'asked');
  useLookAgain(isBusy, POLL_MS);
  if (batches.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('codes.heading')}
        </Text>
        {batches.map((batch) => (
          <Batch key={batch.id} batch={batch} />
        ))}
      </BlockStack>
    </Card>
  );
}

function Batch({ batch }: { batch: BatchLine }) {
  const { t } = useTranslation();
  const { date, number } = useFormat();
  const [trouble, setTrouble] = useState(false);
  const { id, name, made, count, detail, validUntil, at } = batch;
  const state = batch.state === 'made' || batch.state === 'refused' ? batch.state : 'asked';
  // App Bridge signs what is fetched, and nothing that is only linked to.
  const download = async (): Promise<void> => {
    const answer = await fetch(`/app/codes/${id}`);
    setTrouble(!answer.ok);
    if (!answer.ok) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = 'codes.csv';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="h3" fontWeight="semibold">
          {name}
        </Text>
        <Badge tone={TONES[state]}>{t(`codes.is.${state}`)}</Badge>
      </InlineStack>
      <Text as="p" tone="subdued">
        {[
          t('codes.made', { made: number(made), count: number(count) }),
          date(at),
          ...(validUntil === null ? [] : [t('memberReward.until', { date: date(validUntil - 1) })]),
        ].join(' · ')}
      </Text>
      {state === 'asked' && <ProgressBar size="small" progress={(100 * made) / count} />}
      {detail !== null && <Text as="p">{detail}</Text>}
      {made > 0 && (
        <InlineStack>
          <Button
            onClick={() => void download()}
            accessibilityLabel={t('codes.downloadOne', { name })}
          >
            {t('codes.download')}
          </Button>
        </InlineStack>
      )}
      {trouble && (
        <Text as="p" tone="critical">
          {t('codes.trouble')}
        </Text>
      )}
    </BlockStack>
  );
}
