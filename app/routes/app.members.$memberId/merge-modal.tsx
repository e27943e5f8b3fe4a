import { useFetcher } from '@remix-run/react';
import { Modal, TitleBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, Button, DataTable, InlineStack } from '@shopify/polaris';
import { Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import type { MergePreview } from '../../operations/merge-by-hand.ts';
import type { PublishedNames } from '../../queries/published-names.ts';
import type { action } from '../app.merges.ts';
import { useOpenings } from '../app/reasoned-modal.tsx';
import { TO_MERGES } from './merges-card.tsx';

interface Shown {
  readonly goneId: string;
  readonly preview: MergePreview;
  readonly blocks: readonly { readonly customerId: string; readonly fields: readonly string[] }[];
}

interface MergeProps {
  readonly memberId: string;
  readonly names: PublishedNames;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** First the look at what will come of it, then the merge with its reason. */
export function MergeModal(props: MergeProps) {
  return <MergeForm key={useOpenings(props.open)} {...props} />;
}

function MergeForm({ memberId, names, open, onClose }: MergeProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const [other, setOther] = useState('');
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState<Shown | null>(null);
  useAnswer(fetcher, (answer) => {
    if (!answer.ok) return;
    if (answer.wish === 'look') setShown(answer);
    if (answer.wish !== 'merge') return;
    shopify.toast.show(t('merge.done'));
    onClose();
  });
  const { data } = fetcher;
  const busy = fetcher.state !== 'idle';
  const look = (): void => fetcher.submit({ wish: 'look', keptId: memberId, other }, TO_MERGES);
  const merge = (): void => {
    if (!shown) return;
    const wish = { wish: 'merge', keptId: memberId, goneId: shown.goneId, reason };
    fetcher.submit(wish, TO_MERGES);
  };
  return (
    <Modal id="merge-members" open={open} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="400">
          {data && !data.ok && !busy && (
            <Banner tone="critical">{t(`merge.refused.${data.refusal.kind}`)}</Banner>
          )}
          <TextField
            label={t('merge.other')}
            helpText={t('merge.otherHelp')}
            value={other}
            onChange={(next) => {
              setOther(next);
              setShown(null);
            }}
            autoComplete="off"
          />
          <InlineStack>
            <Button onClick={look} loading={busy && !shown} disabled={other.trim() === ''}>
              {t('merge.look')}
            </Button>
          </InlineStack>
          {shown && <Preview preview={shown.preview} names={names} />}
          {shown && <InTheWay shown={shown} />}
          {shown && (
            <TextField
              label={t('merge.reason')}
              value={reason}
              onChange={setReason}
              maxLength={500}
              autoComplete="off"
            />
          )}
        </BlockStack>
      </Box>
      <TitleBar title={t('merge.title')}>
        <button variant="primary" onClick={merge} disabled={busy || !shown || reason.trim() === ''}>
          {t('merge.now')}
        </button>
        <button onClick={onClose}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}

/** What keeps Shopify from merging the two, so that staff need not find out by trying. */
function InTheWay({ shown: { preview, blocks } }: { shown: Shown }) {
  const { t } = useTranslation();
  const { list } = useFormat();
  if (blocks.length === 0) return null;
  const nameOf = (customerId: string): string =>
    [preview.kept, preview.gone].find((one) => one.customerId === customerId)?.name ??
    t('members.nameless');
  return (
    <Banner tone="warning" title={t('merge.blocked.title')}>
      <BlockStack gap="200">
        {blocks.map(({ customerId, fields }) => (
          <Text as="p" key={customerId}>
            {t('merge.blocked.because', {
              name: nameOf(customerId),
              what: list(
                fields.map((field) =>
                  t(`merge.blocked.field.${field}`, { defaultValue: field.toLowerCase() }),
                ),
              ),
            })}
          </Text>
        ))}
        <Text as="p">{t('merge.blocked.help')}</Text>
      </BlockStack>
    </Banner>
  );
}

/** Both, and what comes of them, in a table: figures below each other are compared at a glance. */
function Preview({ preview, names }: { preview: MergePreview; names: PublishedNames }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const rows = (['kept', 'gone', 'after'] as const).map((who) => {
    const { name, available, pending, debt, tierKey } = preview[who];
    const tier = names.tiers.find(({ key }) => key === tierKey)?.name ?? t('home.noTier');
    return [
      t(`merge.${who}`, { name: name ?? t('members.nameless') }),
      ...[number(available), number(pending), number(debt), tier],
    ];
  });
  return (
    <BlockStack gap="200">
      <DataTable
        columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'text']}
        headings={[
          t('members.member'),
          ...[t('member.available'), t('member.pending'), t('member.debt'), t('merge.tier')],
        ]}
        rows={rows}
        increasedTableDensity
      />
      {preview.once.map(({ kind, id, points }) => (
        <Text as="p" tone="subdued" key={`${kind} ${id}`}>
          {t('merge.once', {
            what: t(`merge.kind.${kind}`, { defaultValue: id }),
            points: number(points),
          })}
        </Text>
      ))}
    </BlockStack>
  );
}
