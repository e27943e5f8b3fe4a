import { Link, useNavigate } from '@remix-run/react';
import { BlockStack, Button, ButtonGroup, Card, InlineStack, List, Text } from '@shopify/polaris';
import { ChevronLeftIcon, ChevronRightIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { useDays } from '../../components/campaign-parts.tsx';
import { useLocale, useShop } from '../../components/shop-context.tsx';
import { useFormat } from '../../components/use-format.ts';
import { lyingIn } from '../../domain/campaigns/calendar-span.ts';
import type { CalendarSpan, Lying } from '../../domain/campaigns/calendar-span.ts';
import type { Overlap } from '../../domain/campaigns/campaign-state.ts';
import type { CampaignLine } from '../../queries/campaigns.ts';

interface CalendarProps {
  readonly campaigns: readonly CampaignLine[];
  readonly span: CalendarSpan;
  readonly overlaps: readonly Overlap[];
  readonly now: number;
  readonly today: string;
}

/** A month or a quarter: one line a campaign, its days as a bar that leads to its page. */
export function CampaignCalendar({ campaigns, span, overlaps, now, today }: CalendarProps) {
  const { t } = useTranslation();
  const { timeZone } = useShop();
  const title = useSpanTitle(span);
  const placed = campaigns.flatMap((campaign) => {
    const lying = lyingIn(span, campaign, timeZone);
    return lying ? [{ campaign, lying }] : [];
  });
  const todayLies = lyingIn(span, { startsAt: now, endsAt: now + 1 }, timeZone);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Turning span={span} today={today} />
        </InlineStack>
        <div className="laurel-calendar">
          <Marks span={span} />
          <ul>
            {placed.map(({ campaign, lying }) => (
              <Bar key={campaign.key} campaign={campaign} lying={lying} />
            ))}
          </ul>
          {todayLies && (
            <div className="laurel-calendar-present" aria-hidden="true">
              <div className="laurel-calendar-today" style={{ left: percent(todayLies.from) }} />
            </div>
          )}
        </div>
        {placed.length === 0 && (
          <Text as="p" tone="subdued">
            {t('campaigns.noneThen')}
          </Text>
        )}
        <Overlaps
          overlaps={overlaps.filter((one) => lyingIn(span, one, timeZone) !== null)}
          campaigns={campaigns}
        />
      </BlockStack>
    </Card>
  );
}

/** What is shown stands in the address, so that it can be kept, and the browser's button goes back. */
function Turning({ span, today }: { span: CalendarSpan; today: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const to = (day: string, view: string = span.kind): string => `?view=${view}&day=${day}`;
  return (
    <InlineStack gap="200">
      <ButtonGroup variant="segmented">
        <Button onClick={() => navigate(to(span.first, 'month'))} pressed={span.kind === 'month'}>
          {t('campaigns.month')}
        </Button>
        <Button
          onClick={() => navigate(to(span.first, 'quarter'))}
          pressed={span.kind === 'quarter'}
        >
          {t('campaigns.quarter')}
        </Button>
      </ButtonGroup>
      <ButtonGroup>
        <Button
          icon={ChevronLeftIcon}
          url={to(span.before)}
          accessibilityLabel={t(`campaigns.before.${span.kind}`)}
        />
        <Button url={to(today)}>{t('campaigns.today')}</Button>
        <Button
          icon={ChevronRightIcon}
          url={to(span.after)}
          accessibilityLabel={t(`campaigns.after.${span.kind}`)}
        />
      </ButtonGroup>
    </InlineStack>
  );
}

/** A mark so near the end would be cut off. */
const NO_ROOM_FROM = 0.94;

function Marks({ span }: { span: CalendarSpan }) {
  const { day } = useFormat();
  return (
    <div className="laurel-calendar-marks" aria-hidden="true">
      {span.marks
        .filter(({ at }) => at < NO_ROOM_FROM)
        .map((mark) => (
          <span key={mark.day} style={{ left: percent(mark.at) }}>
            {day(mark.day)}
          </span>
        ))}
    </div>
  );
}

function Bar({ campaign, lying }: { campaign: CampaignLine; lying: Lying }) {
  const { t } = useTranslation();
  const days = useDays();
  const { key, name, state } = campaign;
  const ends = [
    lying.beganBefore ? ' laurel-calendar-began' : '',
    lying.goesOn ? ' laurel-calendar-goes-on' : '',
  ].join('');
  return (
    <li>
      <span className="laurel-calendar-name" aria-hidden="true">
        {name}
      </span>
      <div className="laurel-calendar-track">
        <Link
          to={`/app/campaigns/${key}`}
          className={`laurel-calendar-bar laurel-calendar-${state}${ends}`}
          style={{ left: percent(lying.from), width: percent(lying.to - lying.from) }}
          aria-label={t('campaigns.bar', {
            ...{ name, state: t(`campaigns.state.${state}`), days: days(campaign) },
          })}
          title={days(campaign)}
        />
      </div>
    </li>
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

function useSpanTitle({ kind, first, days }: CalendarSpan): string {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, {
    ...{ month: 'long', year: 'numeric', timeZone: 'UTC' },
  });
  const start = new Date(`${first}T00:00:00Z`);
  const last = new Date(start.getTime() + (days - 1) * 86_400_000);
  return kind === 'month'
    ? format.format(start)
    : `${format.format(start)} – ${format.format(last)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}
