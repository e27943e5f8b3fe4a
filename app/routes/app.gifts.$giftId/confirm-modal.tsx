import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Box, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { GiftStep } from '../../domain/gifts/gift.ts';

/** Asked before something is given, or taken back. */
export function ConfirmModal({
  step,
  count,
  busy,
  onClose,
  onConfirm,
}: {
  /** Null while it is closed. */
  step: GiftStep | null;
  count: number;
  busy: boolean;
  onClose: () => void;
  onConfirm: (step: GiftStep) => void;
}) {
  const { t } = useTranslation();
  const shown = step ?? 'start';
  return (
    <Modal id="confirm-gift" open={step !== null} onHide={onClose}>
      <Box padding="400">
        <Text as="p">{t(`gifts.sure.${shown}`, { count })}</Text>
      </Box>
      <TitleBar title={t(`gifts.sureTitle.${shown}`)}>
        <button
          variant="primary"
          {...(shown !== 'start' && { tone: 'critical' })}
          onClick={() => onConfirm(shown)}
          disabled={busy}
        >
          {t(`gifts.step.${shown}`, { count })}
        </button>
        <button onClick={onClose}>{t('gifts.goBack')}</button>
      </TitleBar>
    </Modal>
  );
}
