/** Numbers, money and times in the language of the admin and in the shop's currency and time zone. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { money, moneyOfMinor, plain } from './format-money.ts';
import { useLocale, useShop } from './shop-context.tsx';

export interface Format {
  readonly number: (value: number) => string;
  /** A decimal written as text, exactly: "1.25" is "1,25" in German. */
  readonly decimal: (text: string) => string;
  /** "200K", for the axis of a chart. */
  readonly compact: (value: number) => string;
  readonly points: (count: number) => string;
  /** "+50" or "−50". */
  readonly signed: (value: number) => string;
  readonly percent: (share: number) => string;
  /** Minor units, possibly with a fraction, of the shop's currency unless another is named. */
  readonly money: (minor: number | string, currency?: string) => string;
  /** "4.50" as a person writes an amount. */
  readonly amount: (decimal: string) => string;
  readonly date: (at: number) => string;
  readonly moment: (at: number) => string;
  /** A shop day such as "2026-11-22". */
  readonly day: (day: string) => string;
  readonly list: (items: readonly string[]) => string;
}

export function useFormat(): Format {
  const locale = useLocale();
  const { currency, timeZone } = useShop();
  const { t } = useTranslation();
  return useMemo(() => {
    const number = new Intl.NumberFormat(locale);
    const compact = new Intl.NumberFormat(locale, { notation: 'compact' });
    const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
    const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
    const percent = new Intl.NumberFormat(locale, { style: 'percent', signDisplay: 'exceptZero' });
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
    const moment = new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone,
    });
    const day = new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
    const list = new Intl.ListFormat(locale);
    return {
      number: (value) => plain(number.format(value)),
      decimal: (text) => plain(decimal.format(text as `${number}`)),
      compact: (value) => plain(compact.format(value)),
      points: (count) => t('points', { count, number: plain(number.format(count)) }),
      signed: (value) => plain(signed.format(value)),
      percent: (share) => plain(percent.format(share)),
      money: (minor, of = currency) => moneyOfMinor(locale, String(minor), of),
      amount: (decimal) => money(locale, decimal, currency),
      date: (at) => plain(date.format(at)),
      moment: (at) => plain(moment.format(at)),
      day: (text) => plain(day.format(new Date(`${text}T00:00:00Z`))),
      list: (items) => list.format(items),
    };
  }, [locale, currency, timeZone, t]);
}
