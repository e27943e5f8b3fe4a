import { Badge } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ReferralState } from '../domain/referrals/referral.ts';

const TONES: Partial<Record<ReferralState, 'success' | 'attention' | 'critical' | 'info'>> = {
  rewarded: 'success',
  ordered: 'info',
  flagged: 'attention',
  refused: 'critical',
};

/** How a referral stands, in a word. */
export function ReferralStateBadge({ state }: { state: ReferralState }) {
  const { t } = useTranslation();
  const tone = TONES[state];
  return <Badge {...(tone && { tone })}>{t(`referrals.states.${state}`)}</Badge>;
}
