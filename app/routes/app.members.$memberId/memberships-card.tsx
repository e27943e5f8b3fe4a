import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '../../components/shop-context.tsx';
import { useFormat } from '../../components/use-format.ts';
import { shownMembership } from '../../domain/memberships/held.ts';
import type { ShownMembership } from '../../domain/memberships/held.ts';
import type { MemberPage } from '../../queries/member-page.ts';

const TONES = { running: 'success', grace: 'warning', lapsed: 'info' } as const;

/** Memberships that the member bought: until when they run, and which orders bought them. */
export function MembershipsCard({ member, now }: { member: MemberPage; now: number }) {
  const { t } = useTranslation();
  const bought = member.progress.flatMap((line) => shownMembership(line, now) ?? []);
  if (bought.length === 0) return null;
  const nameOf = (orderId: string): string =>
    member.orders.find((order) => order.orderId === orderId)?.name ?? `#${orderId}`;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {t('bought.heading')}
        </Text>
        {bought.map((held) => (
          <Bought key={held.key} held={held} nameOf={nameOf} />
        ))}
      </BlockStack>
    </Card>
  );
}

function Bought({ held, nameOf }: { held: ShownMembership; nameOf: (orderId: string) => string }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { domain } = useShop();
  const { name, state, until, lapsesAt, since, terms, orderIds } = held;
  // Days are shown as the last on which it holds; the moments are the first after it.
  const last = (moment: number): string => date(moment - 1);
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="h3" fontWeight="semibold">
          {name}
        </Text>
        <Badge tone={TONES[state]}>{t(`bought.state.${state}`)}</Badge>
      </InlineStack>
      <Text as="p">
        {until === null
          ? t('bought.forGood')
          : t(state === 'running' ? 'bought.until' : 'bought.ended', { date: last(until) })}
      </Text>
      {state === 'grace' && lapsesAt !== null && (
        <Text as="p" tone="subdued">
          {t('bought.grace', { date: last(lapsesAt) })}
        </Text>
      )}
      <Text as="p" tone="subdued">
        {since === null ? '' : `${t('bought.since', { date: date(since) })} · `}
        {t('bought.terms', { count: terms })}
      </Text>
      <InlineStack gap="200">
        {orderIds.map((orderId) => (
          <Link key={orderId} url={`https://${domain}/admin/orders/${orderId}`} target="_blank">
            {nameOf(orderId)}
          </Link>
        ))}
      </InlineStack>
    </BlockStack>
  );
}
