import { BlockStack, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useDays } from '../../components/campaign-parts.tsx';
import { RunCalendar } from '../../components/run-calendar.tsx';
import { useShop } from '../../components/shop-context.tsx';
import { useFormat } from '../../components/use-format.ts';
import { lyingIn } from '../../domain/campaigns/calendar-span.ts';
import type { CalendarSpan } from '../../domain/campaigns/calendar-span.ts';
import type { Overlap } from '../../domain/campaigns/campaign-state.ts';
import type { CampaignLine } from '../../queries/campaigns.ts';

interface CalendarProps {
  readonly campaigns: readonly CampaignLine[];
  readonly span: CalendarSpan;
  readonly overlaps: readonly Overlap[];
  readonly now: number;
  readonly today: string;
}

/** Campaigns of a month or a quarter, and which of them run at the same time. */
export function CampaignCalendar({ campaigns, span, overlaps, now, today }: CalendarProps) {
  const { t } = useTranslation();
  const { timeZone } = useShop();
  const rows = campaigns.map(({ key, name, state, startsAt, endsAt }) => ({
    ...{ id: key, name, state, url: `/app/campaigns/${key}` },
    windows: [{ startsAt, endsAt }],
  }));
  return (
    <RunCalendar {...{ rows, span, now, today }} none={t('campaigns.noneThen')}>
      <Overlaps
        overlaps={overlaps.filter((one) => lyingIn(span, one, timeZone) !== null)}
        campaigns={campaigns}
      />
    </RunCalendar>
  );
}

function Overlaps({
  overlaps,
  campaigns,
}: {
  overlaps: readonly Overlap[];
  campaigns: readonly CampaignLine[];
}) {
  const { t } = useTranslation();
  const { list } = useFormat();
  const days = useDays();
  if (overlaps.length === 0) return null;
  const nameOf = (key: string): string => campaigns.find((one) => one.key === key)?.name ?? key;
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t('campaigns.together')}
      </Text>
      <List>
        {overlaps.map((overlap) => (
          <List.Item key={overlap.keys.join(' ')}>
            {t('campaigns.overlap', {
              ...{ names: list(overlap.keys.map(nameOf)), days: days(overlap) },
            })}
          </List.Item>
        ))}
      </List>
      <Text as="p" tone="subdued" variant="bodySm">
        {t('campaigns.togetherHelp')}
      </Text>
    </BlockStack>
  );
}
