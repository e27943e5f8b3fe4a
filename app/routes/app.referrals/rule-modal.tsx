import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { ReasonedModal } from '../app/reasoned-modal.tsx';
import type { ReferralLine } from '../../queries/referral-page.ts';

const MOST_REASON = 300;

export interface Asked {
  readonly line: ReferralLine;
  readonly approve: boolean;
}

/** A word about a referral has a reason, which the audit keeps. */
export function RuleModal({ asked, onClose }: { asked: Asked | null; onClose: () => void }) {
  const { t } = useTranslation();
  const advocate = asked?.line.advocate ?? t('referrals.nobody');
  const friend = asked?.line.friend ?? t('referrals.nobody');
  const approve = asked?.approve ?? false;
  return (
    <ReasonedModal
      id="rule-referral"
      open={asked !== null}
      title={approve ? t('referrals.approveTitle') : t('referrals.refuseTitle')}
      doIt={approve ? t('referrals.approve') : t('referrals.refuse')}
      done={t('referrals.decided')}
      action="/app/referrals"
      wish={() => ({ id: asked?.line.id ?? '', approve })}
      refused={(kind) => t(`referrals.refused.${kind}`)}
      written={{
        ...{ label: t('referrals.reason'), help: t('referrals.reasonHelp'), most: MOST_REASON },
      }}
      onClose={onClose}
    >
      {() => <Text as="p">{t('referrals.brought', { advocate, friend })}</Text>}
    </ReasonedModal>
  );
}
