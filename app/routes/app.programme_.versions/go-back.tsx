import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { useVersionNote } from '../../components/use-words.ts';
import type { VersionLine } from '../../queries/programme-page.ts';
import { ConfirmModal } from '../app/confirm-modal.tsx';

/** Why a version came, and what can be done: put an older one in force again, or take a planned one back. */
export function GoBack({
  shown: { effectiveAt, note },
  target,
  busy,
  onRollBack,
  onWithdraw,
}: {
  shown: VersionLine;
  /** What the button is about; null where there is nothing to go back to. */
  target: VersionLine | null;
  busy: boolean;
  onRollBack: () => void;
  onWithdraw: () => void;
}) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const noteOf = useVersionNote();
  const [asking, setAsking] = useState(false);
  const planned = target?.state === 'scheduled';
  const words =
    target && t(planned ? 'versions.withdraw' : 'versions.rollBack', { version: target.version });
  if (words === null && note === '') return null;
  return (
    <Card>
      <BlockStack gap="300">
        {note !== '' && <Text as="p">{noteOf(note)}</Text>}
        {planned && <Text as="p">{t('versions.scheduledFor', { at: moment(effectiveAt) })}</Text>}
        {words !== null && (
          <InlineStack>
            <Button onClick={() => setAsking(true)} disabled={busy}>
              {words}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
      <ConfirmModal
        id="go-back"
        open={asking}
        title={words ?? ''}
        text={t(planned ? 'versions.withdrawText' : 'versions.rollBackText')}
        doIt={words ?? ''}
        busy={busy}
        onConfirm={() => {
          setAsking(false);
          if (planned) onWithdraw();
          else onRollBack();
        }}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}
