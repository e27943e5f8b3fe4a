import { Select } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonedModal } from '../app/reasoned-modal.tsx';

/** A freeze that is given: from now on, or so that a streak that ended goes on. */
export function FreezeModal({
  memberId,
  streak,
  onClose,
}: {
  memberId: string;
  /** Its key; null while the modal is closed. */
  streak: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [from, setFrom] = useState('now');
  return (
    <ReasonedModal
      id="streak-freeze"
      open={streak !== null}
      title={t('streak.giveTitle')}
      doIt={t('streak.giveIt')}
      done={t('streak.given')}
      action={`/app/members/${memberId}/freeze`}
      wish={() => ({ streak: streak ?? '', from })}
      refused={(kind) => t(`streak.refused.${kind}`)}
      onClose={onClose}
    >
      {(_refused, corrected) => (
        <Select
          label={t('streak.from')}
          helpText={t('streak.help')}
          value={from}
          onChange={(value) => {
            setFrom(value);
            corrected();
          }}
          options={[
            { value: 'now', label: t('streak.fromNow') },
            { value: 'its-end', label: t('streak.fromEnd') },
          ]}
        />
      )}
    </ReasonedModal>
  );
}
