/** How campaigns are shown wherever they are: where they stand, what they give, how far their budget is used. */
import { Badge, BlockStack, ProgressBar, Text } from '@shopify/polaris';
import type { BadgeProps } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Gist } from '../domain/campaigns/campaign-gist.ts';
import type { CampaignState, Window } from '../domain/campaigns/campaign-state.ts';
import { useCounted } from './counted.tsx';
import { useFormat } from './use-format.ts';

const TONES: Readonly<Record<CampaignState, BadgeProps['tone']>> = {
  running: 'success',
  planned: 'info',
  over: undefined,
  off: undefined,
  draft: 'attention',
};

export function CampaignBadge({ state }: { state: CampaignState }) {
  const { t } = useTranslation();
  const tone = TONES[state];
  return <Badge {...(tone && { tone })}>{t(`campaigns.state.${state}`)}</Badge>;
}

interface Giving {
  readonly multiplier: string;
  readonly bonus: { readonly points: number; readonly per: string };
  readonly firstOrder: boolean;
}

/** "2 × points and 50 points for each order". */
export function useGives(): (campaign: Giving) => string {
  const { t } = useTranslation();
  const { decimal, list, points } = useFormat();
  return ({ multiplier, bonus, firstOrder }) => {
    const per = bonus.per === 'piece' ? 'perPiece' : firstOrder ? 'perFirst' : 'perOrder';
    const gives = [
      ...(Number(multiplier) > 1 ? [t('campaigns.times', { by: decimal(multiplier) })] : []),
      ...(bonus.points > 0 ? [t(`campaigns.gives.${per}`, { points: points(bonus.points) })] : []),
    ];
    return gives.length === 0 ? t('campaigns.givesNothing') : list(gives);
  };
}

/** "Only: certain goods, orders of at least €80"; null where it is for everything and everybody. */
export function useOnly(): (campaign: { readonly gist: readonly Gist[] }) => string | null {
  const { t } = useTranslation();
  const { amount, list, number } = useFormat();
  return ({ gist }) => {
    if (gist.length === 0) return null;
    const parts = gist.map((one) =>
      t(`campaigns.only.${one.only}`, {
        ...(one.only === 'tiers' && { names: list(one.names) }),
        ...(one.only === 'minimum' && { amount: amount(one.amount) }),
        ...(one.only === 'times' && { count: one.count, number: number(one.count) }),
      }),
    );
    return t('campaigns.onlyFor', { parts: parts.join(' · ') });
  };
}

/** First and last day: a campaign ends with the moment before its end. */
export function useDays(): (window: Window) => string {
  const { t } = useTranslation();
  const { date } = useFormat();
  return ({ startsAt, endsAt }) => {
    const [first, last] = [date(startsAt), date(endsAt - 1)];
    return first === last ? first : t('campaigns.days', { first, last });
  };
}

/** The figure says it all; the bar beside it is for the eye. */
export function BudgetBar({ budgetPoints, held }: { budgetPoints: number; held: number }) {
  const { t } = useTranslation();
  const { number, points } = useFormat();
  const counted = useCounted();
  const id = useId();
  const left = Math.max(0, budgetPoints - held);
  const percent = Math.min(100, Math.round((held / budgetPoints) * 100));
  return (
    <BlockStack gap="100">
      <Text as="span" variant="bodySm" id={id}>
        {t('campaigns.budgetUsed', {
          ...{
            used: counted(number(held)),
            budget: points(budgetPoints),
            left: counted(number(left)),
          },
        })}
      </Text>
      <ProgressBar
        progress={percent}
        size="small"
        ariaLabelledBy={id}
        tone={left === 0 ? 'critical' : 'primary'}
      />
    </BlockStack>
  );
}
