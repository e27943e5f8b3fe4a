import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import { useActor } from '../../components/use-words.ts';
import type { MergeLine } from '../../queries/member-standing.ts';
import type { action } from '../app.merges.ts';

/** Whom this member was merged with, and the way back while there is one. */
export function MergesCard({ merges }: { merges: readonly MergeLine[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const [asked, setAsked] = useState<string | null>(null);
  useAnswer(fetcher, (answer) => {
    if (!answer.ok || answer.wish !== 'undo') return;
    setAsked(null);
    const spent = answer.spent > 0 ? t('merge.undoneSpent', { spent: number(answer.spent) }) : '';
    shopify.toast.show([t('merge.undoneToast'), spent].join(' ').trim());
  });
  if (merges.length === 0) return null;
  const { data } = fetcher;
  const undo = (mergeId: string): void =>
    fetcher.submit({ wish: 'undo', mergeId }, { ...TO_MERGES });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {t('merge.heading')}
        </Text>
        {data && !data.ok && (
          <Banner tone="critical">{t(`merge.refused.${data.refusal.kind}`)}</Banner>
        )}
        {merges.map((merge) => (
          <BlockStack key={merge.id} gap="100">
            <Told merge={merge} />
            {merge.undoUntil !== null && (
              <InlineStack gap="200">
                {asked === merge.id ? (
                  <>
                    <Button
                      tone="critical"
                      loading={fetcher.state !== 'idle'}
                      onClick={() => undo(merge.id)}
                    >
                      {t('merge.undoNow')}
                    </Button>
                    <Button onClick={() => setAsked(null)}>{t('cancel')}</Button>
                  </>
                ) : (
                  <Button onClick={() => setAsked(merge.id)}>{t('merge.undo')}</Button>
                )}
              </InlineStack>
            )}
            {asked === merge.id && (
              <Text as="p" tone="subdued">
                {t('merge.undoHelp')}
              </Text>
            )}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

export const TO_MERGES = {
  method: 'post',
  action: '/app/merges',
  encType: 'application/json',
} as const;

function Told({ merge }: { merge: MergeLine }) {
  const { t } = useTranslation();
  const { date, moment } = useFormat();
  const actor = useActor();
  const { goneName, at, by, reason, undoneAt, undoUntil } = merge;
  return (
    <BlockStack>
      <Text as="p">{t('merge.line', { name: goneName ?? t('members.nameless') })}</Text>
      <Text as="p" tone="subdued" variant="bodySm">
        {[t('audit.by', { who: actor(by), at: moment(at) }), reason].filter(Boolean).join(' · ')}
      </Text>
      {undoneAt !== null && (
        <Text as="p" tone="subdued" variant="bodySm">
          {t('merge.undoneAt', { at: moment(undoneAt) })}
        </Text>
      )}
      {undoUntil !== null && (
        <Text as="p" tone="subdued" variant="bodySm">
          {t('merge.undoUntil', { date: date(undoUntil) })}
        </Text>
      )}
    </BlockStack>
  );
}
