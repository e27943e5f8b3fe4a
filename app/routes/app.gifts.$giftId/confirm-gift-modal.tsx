import { useTranslation } from 'react-i18next';
import type { GiftStep } from '../../domain/gifts/gift.ts';
import { ConfirmModal } from '../app/confirm-modal.tsx';

/** Asked before something is given, or taken back. */
export function ConfirmGiftModal({
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
    <ConfirmModal
      id="confirm-gift"
      open={step !== null}
      title={t(`gifts.sureTitle.${shown}`)}
      text={t(`gifts.sure.${shown}`, { count })}
      doIt={t(`gifts.step.${shown}`, { count })}
      isCritical={shown !== 'start'}
      leave={t('gifts.goBack')}
      busy={busy}
      onConfirm={() => onConfirm(shown)}
      onClose={onClose}
    />
  );
}
