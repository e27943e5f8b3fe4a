import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { MemberPage } from '../../queries/member-page.ts';

export function BalanceCard({ member }: { member: MemberPage }) {
  const { t } = useTranslation();
  const { number, points, date } = useFormat();
  const dates = pendingDates(member);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineGrid columns={{ xs: 2, sm: member.debt > 0 ? 4 : 3 }} gap="400">
          <Figure label={t('member.available')} value={number(member.available)} strong />
          <Figure label={t('member.pending')} value={number(member.pending)} />
          {member.debt > 0 && <Figure label={t('member.debt')} value={number(member.debt)} />}
          <Figure label={t('member.earned')} value={number(member.earnedTotal)} />
        </InlineGrid>
        {dates.map(({ at, remaining }) => (
          <Text as="p" key={at ?? 0} tone="subdued">
            {at === null
              ? t('member.pendingUnpaid', { points: points(remaining) })
              : t('member.pendingUntil', { points: points(remaining), date: date(at) })}
          </Text>
        ))}
        {member.debt > 0 && (
          <Text as="p" tone="subdued">
            {t('member.debtHelp')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function Figure({ label, value, strong }: { label: string; value: string; strong?: boolean }) {
  return (
    <BlockStack gap="100">
      <Text as="h2" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant={strong === true ? 'headingXl' : 'headingMd'}>
        {value}
      </Text>
    </BlockStack>
  );
}

/** Pending points by the moment at which they can be spent, the soonest first, unknown ones last. */
function pendingDates({ lots }: MemberPage): { at: number | null; remaining: number }[] {
  const byMoment = new Map<number | null, number>();
  for (const lot of lots) {
    if (lot.state !== 'pending') continue;
    byMoment.set(lot.availableAt, (byMoment.get(lot.availableAt) ?? 0) + lot.remaining);
  }
  return [...byMoment]
    .map(([at, remaining]) => ({ at, remaining }))
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
}
