import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Box, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** Asked before what one press must not do; says what comes of it. */
export function ConfirmModal({
  id,
  open,
  title,
  text,
  doIt,
  isCritical = false,
  leave,
  busy,
  onConfirm,
  onClose,
}: {
  id: string;
  open: boolean;
  title: string;
  text: string;
  doIt: string;
  /** Whether something is lost or ended by it. */
  isCritical?: boolean;
  /** What the way out is called, where "cancel" could be misread. */
  leave?: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal id={id} open={open} onHide={onClose}>
      <Box padding="400">
        <Text as="p">{text}</Text>
      </Box>
      <TitleBar title={title}>
        <button
          variant="primary"
          {...(isCritical && { tone: 'critical' })}
          onClick={onConfirm}
          disabled={busy}
        >
          {doIt}
        </button>
        <button onClick={onClose}>{leave ?? t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
