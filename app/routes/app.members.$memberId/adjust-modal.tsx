import { BlockStack, Checkbox, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useLocale } from '../../components/shop-context.tsx';
import { useFormat } from '../../components/use-format.ts';
import { wholeNumberIn } from '../../components/whole-number.ts';
import { REASONS, ReasonedModal, useOpenings } from '../app/reasoned-modal.tsx';
import type { Refused } from '../app/reasoned-modal.tsx';

interface AdjustProps {
  readonly memberId: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly available: number;
  readonly debt: number;
}

export function AdjustModal(props: AdjustProps) {
  return <AdjustForm key={useOpenings(props.open)} {...props} />;
}

function AdjustForm({ memberId, open, onClose, available, debt }: AdjustProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const [text, setText] = useState('');
  const [allowDebt, setAllowDebt] = useState(false);
  const [countsForTier, setCountsForTier] = useState(false);
  const points = wholeNumberIn(text, useLocale());
  const balance = available - debt;
  const pointsError = (refused: Refused | null): string | undefined =>
    refused && PLACED.includes(refused.kind)
      ? t(`adjust.refused.${refused.kind}`, { available: number(refused.available ?? 0) })
      : undefined;
  const foretold = (): string => {
    if (points === null) return t('adjust.pointsHelp', { example: number(-50) });
    const lacking = points < 0 && -points > available && !allowDebt;
    return lacking
      ? t('adjust.refused.not-enough', { available: number(available) })
      : t('adjust.after', { points: number(balance + points) });
  };
  return (
    <ReasonedModal
      id="adjust-points"
      open={open}
      title={t('adjust.title')}
      doIt={t('adjust.book')}
      done={t('adjust.done')}
      action={`/app/members/${memberId}`}
      wish={() => ({ points: points ?? 0, allowDebt, countsForTier })}
      refused={(kind) => t(`adjust.refused.${GONE.includes(kind) ? 'gone' : kind}`)}
      placed={PLACED}
      reasons={ADJUST_REASONS}
      onClose={onClose}
      after={(corrected) => (
        <BlockStack gap="400">
          {points !== null && points < 0 && (
            <Checkbox
              label={t('adjust.allowDebt')}
              helpText={t('adjust.allowDebtHelp')}
              checked={allowDebt}
              onChange={(on) => {
                setAllowDebt(on);
                corrected();
              }}
            />
          )}
          <Checkbox
            label={t('adjust.countsForTier')}
            helpText={t('adjust.countsForTierHelp')}
            checked={countsForTier}
            onChange={setCountsForTier}
          />
        </BlockStack>
      )}
    >
      {(refused, corrected) => (
        <TextField
          label={t('adjust.points')}
          value={text}
          onChange={(next) => {
            setText(next);
            corrected();
          }}
          autoComplete="off"
          inputMode="text"
          suffix={t('units.points')}
          helpText={foretold()}
          {...given({ error: pointsError(refused) })}
        />
      )}
    </ReasonedModal>
  );
}

const PLACED: readonly string[] = ['bad-points', 'not-enough'];
const GONE: readonly string[] = ['unknown-member', 'member-gone'];
const ADJUST_REASONS = [
  'goodwill',
  'missing-points',
  ...REASONS.filter((one) => one !== 'goodwill'),
];
