import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { BlockStack, Box, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import type { ReferralLine } from '../../queries/referral-page.ts';

const MOST_REASON = 300;

export interface Asked {
  readonly line: ReferralLine;
  readonly approve: boolean;
}

/** A word about a referral has a reason, which the audit keeps. */
export function RuleModal({
  asked,
  busy,
  onClose,
  onRule,
}: {
  asked: Asked | null;
  busy: boolean;
  onClose: () => void;
  onRule: (asked: Asked, reason: string) => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const clear = (): void => {
    setReason('');
    setTried(false);
  };
  const rule = (): void => {
    setTried(true);
    if (asked === null || reason.trim() === '') return;
    onRule(asked, reason);
    clear();
  };
  const close = (): void => {
    clear();
    onClose();
  };
  const error = tried && reason.trim() === '' ? t('referrals.refused.no-reason') : undefined;
  const advocate = asked?.line.advocate ?? t('referrals.nobody');
  const friend = asked?.line.friend ?? t('referrals.nobody');
  const approve = asked?.approve ?? false;
  return (
    <Modal id="rule-referral" open={asked !== null} onHide={close}>
      <Box padding="400">
        <BlockStack gap="300">
          <Text as="p">{t('referrals.brought', { advocate, friend })}</Text>
          <TextField
            label={t('referrals.reason')}
            helpText={t('referrals.reasonHelp')}
            value={reason}
            onChange={setReason}
            multiline={2}
            maxLength={MOST_REASON}
            autoComplete="off"
            {...given({ error })}
          />
        </BlockStack>
      </Box>
      <TitleBar title={approve ? t('referrals.approveTitle') : t('referrals.refuseTitle')}>
        <button variant="primary" onClick={rule} disabled={busy}>
          {approve ? t('referrals.approve') : t('referrals.refuse')}
        </button>
        <button onClick={close}>{t('cancel')}</button>
      </TitleBar>
    </Modal>
  );
}
