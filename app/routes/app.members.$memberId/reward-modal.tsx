import { Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { ReasonedModal } from '../app/reasoned-modal.tsx';
import type { PublishedNames } from '../../queries/published-names.ts';

/** A reward to be given for nothing, or the one that is to be taken back. */
export type RewardWish =
  | { readonly wish: 'give' }
  | { readonly wish: 'take-back'; readonly redemptionId: string; readonly name: string };

export function RewardModal({
  memberId,
  asked,
  rewards,
  onClose,
}: {
  memberId: string;
  /** Null while the modal is closed. */
  asked: RewardWish | null;
  rewards: PublishedNames['rewards'];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [rewardKey, setRewardKey] = useState('');
  const back = asked?.wish === 'take-back' ? asked : null;
  return (
    <ReasonedModal
      id="member-reward"
      open={asked !== null}
      title={t(back ? 'memberReward.takeBackTitle' : 'memberReward.give')}
      doIt={t(back ? 'memberReward.takeBack' : 'memberReward.giveIt')}
      done={t(back ? 'memberReward.takenBack' : 'memberReward.given')}
      action={`/app/members/${memberId}/reward`}
      wish={() =>
        back ? { wish: 'take-back', redemptionId: back.redemptionId } : { wish: 'give', rewardKey }
      }
      refused={(kind) => t(`memberReward.refused.${kind}`)}
      placed={['unknown-reward']}
      onClose={onClose}
    >
      {(refused, corrected) =>
        back ? (
          <Text as="p">{t('memberReward.takeBackText', { name: back.name })}</Text>
        ) : (
          <Select
            label={t('memberReward.reward')}
            helpText={t('memberReward.free')}
            value={rewardKey}
            placeholder={t('memberReward.choose')}
            onChange={(value) => {
              setRewardKey(value);
              corrected();
            }}
            options={rewards.map(({ key, name }) => ({ value: key, label: name }))}
            {...given({
              error:
                refused?.kind === 'unknown-reward'
                  ? t('memberReward.refused.unknown-reward')
                  : undefined,
            })}
          />
        )
      }
    </ReasonedModal>
  );
}
