import { BlockStack, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { ReasonedModal } from '../app/reasoned-modal.tsx';
import type { Refused } from '../app/reasoned-modal.tsx';
import type { PublishedNames } from '../../queries/published-names.ts';

/** A tier to be granted, or the grant that is to be revoked. */
export type GrantWish =
  | { readonly wish: 'grant' }
  | { readonly wish: 'revoke'; readonly grantId: string; readonly tierName: string };

interface GrantProps {
  readonly memberId: string;
  /** Null while the modal is closed. */
  readonly asked: GrantWish | null;
  readonly tiers: PublishedNames['tiers'];
  readonly onClose: () => void;
}

export function GrantModal({ memberId, asked, tiers, onClose }: GrantProps) {
  const { t } = useTranslation();
  const [tierKey, setTierKey] = useState('');
  const [lastDay, setLastDay] = useState('');
  const revoking = asked?.wish === 'revoke' ? asked : null;
  const errorOf = (refused: Refused | null, kind: string): string | undefined =>
    refused?.kind === kind ? t(`grant.refused.${kind}`) : undefined;
  return (
    <ReasonedModal
      id="grant-tier"
      open={asked !== null}
      title={t(revoking ? 'grant.revokeTitle' : 'grant.title')}
      doIt={t(revoking ? 'grant.revoke' : 'grant.grant')}
      done={t(revoking ? 'grant.revoked' : 'grant.done')}
      action={`/app/members/${memberId}/tier`}
      wish={() =>
        revoking
          ? { wish: 'revoke', grantId: revoking.grantId }
          : { wish: 'grant', tierKey, lastDay: lastDay === '' ? null : lastDay }
      }
      refused={(kind) => t(`grant.refused.${kind}`)}
      placed={['unknown-tier', 'bad-day']}
      onClose={onClose}
    >
      {(refused, corrected) =>
        revoking ? (
          <Text as="p">{t('grant.revokeText', { tier: revoking.tierName })}</Text>
        ) : (
          <BlockStack gap="400">
            <Select
              label={t('grant.tier')}
              value={tierKey}
              placeholder={t('grant.choose')}
              onChange={(value) => {
                setTierKey(value);
                corrected();
              }}
              options={tiers.map(({ key, name }) => ({ value: key, label: name }))}
              {...given({ error: errorOf(refused, 'unknown-tier') })}
            />
            <TextField
              type="date"
              label={t('grant.lastDay')}
              value={lastDay}
              onChange={(value) => {
                setLastDay(value);
                corrected();
              }}
              autoComplete="off"
              helpText={t('grant.forGood')}
              {...given({ error: errorOf(refused, 'bad-day') })}
            />
          </BlockStack>
        )
      }
    </ReasonedModal>
  );
}
