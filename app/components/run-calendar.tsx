import { Link, useNavigate } from '@remix-run/react';
import { BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris';
import { ChevronLeftIcon, ChevronRightIcon } from '@shopify/polaris-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lyingIn } from '../domain/campaigns/calendar-span.ts';
import type { CalendarSpan, Lying } from '../domain/campaigns/calendar-span.ts';
import type { CampaignState, Window } from '../domain/campaigns/campaign-state.ts';
import { useDays } from './campaign-parts.tsx';
import { useLocale, useShop } from './shop-context.tsx';
import { useFormat } from './use-format.ts';

export interface CalendarRow {
  /** Unique among the rows. */
  readonly id: string;
  readonly name: string;
  readonly state: CampaignState;
  /** Its page. */
  readonly url: string;
  /** More than one of what comes again. */
  readonly windows: readonly Window[];
}

/** A month or a quarter: one line for each of what runs, its days as bars that lead to its page. */
export function RunCalendar({
  rows,
  span,
  now,
  today,
  none,
  children,
}: {
  rows: readonly CalendarRow[];
  span: CalendarSpan;
  now: number;
  today: string;
  /** What is said where nothing runs. */
  none: string;
  children?: ReactNode;
}) {
  const { timeZone } = useShop();
  const title = useSpanTitle(span);
  const placed = rows.flatMap((row) => {
    const bars = row.windows.flatMap((window) => {
      const lying = lyingIn(span, window, timeZone);
      return lying ? [{ window, lying }] : [];
    });
    return bars.length === 0 ? [] : [{ row, bars }];
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
            {placed.map(({ row, bars }) => (
              <li key={row.id}>
                <span className="laurel-calendar-name" aria-hidden="true">
                  {row.name}
                </span>
                <div className="laurel-calendar-track">
                  {bars.map(({ window, lying }) => (
                    <Bar key={window.startsAt} row={row} window={window} lying={lying} />
                  ))}
                </div>
              </li>
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
            {none}
          </Text>
        )}
        {children}
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

function Bar({ row, window, lying }: { row: CalendarRow; window: Window; lying: Lying }) {
  const { t } = useTranslation();
  const days = useDays();
  const { name, state, url } = row;
  const ends = [
    lying.beganBefore ? ' laurel-calendar-began' : '',
    lying.goesOn ? ' laurel-calendar-goes-on' : '',
  ].join('');
  return (
    <Link
      to={url}
      className={`laurel-calendar-bar laurel-calendar-${state}${ends}`}
      style={{ left: percent(lying.from), width: percent(lying.to - lying.from) }}
      aria-label={t('campaigns.bar', {
        ...{ name, state: t(`campaigns.state.${state}`), days: days(window) },
      })}
      title={days(window)}
    />
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
