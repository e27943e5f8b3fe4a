import { useTranslation } from 'react-i18next';
import { ReasonedModal } from '../app/reasoned-modal.tsx';
import type { ClaimRow } from '../../queries/claims.ts';

const MOST_REASON = 300;

/** A refusal has a reason, which the audit keeps. */
export function RefuseModal({ claim, onClose }: { claim: ClaimRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ReasonedModal
      id="refuse-claim"
      open={claim !== null}
      title={t('claims.refuseTitle')}
      doIt={t('claims.refuse')}
      done={t('claims.decided')}
      action="/app/claims"
      wish={() => ({
        ...{ memberId: claim?.memberId ?? '', kind: claim?.kind ?? '', id: claim?.id ?? '' },
        ...{ toldAt: claim?.toldAt ?? 0, approve: false },
      })}
      refused={(kind) => t(`claims.refused.${kind}`)}
      written={{ label: t('claims.reason'), help: t('claims.reasonHelp'), most: MOST_REASON }}
      onClose={onClose}
    />
  );
}
