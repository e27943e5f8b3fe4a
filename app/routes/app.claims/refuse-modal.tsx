import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Box, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import type { ClaimRow } from '../../queries/claims.ts';

const MOST_REASON = 300;

/** A refusal has a reason, which the audit keeps. */
export function RefuseModal({
  claim,
  busy,
  onClose,
  onRefuse,
}: {
  claim: ClaimRow | null;
  busy: boolean;
  onClose: () => void;
  onRefuse: (claim: ClaimRow, reason: string) => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const close = (): void => {
    setReason('');
    setTried(false);
    onClose();
  };
  const refuse = (): void => {
    setTried(true);
    if (claim === null || reason.trim() === '') return;
    onRefuse(claim, reason);
    setReason('');
    setTried(false);
  };
  const error = tried && reason.trim() === '' ? t('claims.refused.no-reason') : undefined;
  return (
    <Modal id="refuse-claim" open={claim !== null} onHide={close}>
      <Box padding="400">
        <TextField
          label={t('claims.reason')}
          helpText={t('claims.reasonHelp')}
          value={reason}
          onChange={setReason}
          multiline={2}
          maxLength={MOST_REASON}
          autoComplete="off"
          {...given({ error })}
        />
      </Box>
      <TitleBar title={t('claims.refuseTitle')}>
        <button variant="primary" onClick={refuse} disabled={busy}>
          {t('claims.refuse')}
        </button>
        <button onClick={close}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
