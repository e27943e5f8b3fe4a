/** Whether the programme in force wants what a member says, and the activity that it becomes. */
import { deed } from './activity.ts';
import type { Activity, ActivityContent } from './activity.ts';
import { isTooOld } from './receipt-age.ts';
import { receiptId } from './wish.ts';
import type { Wish } from './wish.ts';
import { MoneyFault, parseMoney } from '../money/money.ts';
import type { EarningRuleTerms, ProgrammeTerms } from '../programme/terms.ts';
import { dayStart, shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export type WishRefusal =
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'bad-amount' }
  | { readonly kind: 'bad-date' }
  | { readonly kind: 'too-old'; readonly days: number };

export type Admitted =
  | { readonly ok: true; readonly activity: Activity }
  | { readonly ok: false; readonly refusal: WishRefusal };

export function admitWish(
  wish: Wish,
  { earning, streaks }: Pick<ProgrammeTerms, 'earning' | 'streaks'>,
  shop: { readonly currency: string; readonly timeZone: string },
  memberId: string,
  now: Moment,
): Admitted {
  const offered = earning.filter((rule) => isWanted(rule, wish));
  const keepsStreak = wish.kind === 'visit' && streaks.some(({ of }) => of.includes('visit'));
  if (offered.length === 0 && !keepsStreak) return refuse({ kind: 'not-offered' });
  switch (wish.kind) {
    case 'visit':
      return admit(deed('visit', shopDay(now, shop.timeZone), now));
    case 'social-follow':
      return admit(deed(wish.kind, wish.network, now, { network: wish.network }));
    case 'social-share': {
      const id = `${wish.network}:${shopDay(now, shop.timeZone)}`;
      return admit(deed(wish.kind, id, now, { network: wish.network }));
    }
    case 'survey':
      return admit(deed('survey', wish.survey, now));
    case 'birthday':
      return admit(birthday(wish, now));
    case 'receipt':
      return admitReceipt(wish, offered, shop, now);
    case 'custom': {
      const { action, note, attachment } = wish;
      const content = withoutGaps({ action, note, attachment });
      return admit(claim('custom', `claim:${memberId}:${wish.key}`, now, content));
    }
  }
}

/** Each telling is kept, so that what was known on a day can be told later. */
export function birthday(
  { month, day }: { readonly month: number; readonly day: number },
  at: Moment,
): Activity {
  return deed('birthday', new Date(at).toISOString(), at, { month, day });
}

function isWanted({ definition: { kind }, settings }: EarningRuleTerms, wish: Wish): boolean {
  const rule = settings as Readonly<Record<string, unknown>>;
  switch (wish.kind) {
    case 'social-follow':
    case 'social-share':
      return kind === wish.kind && rule['network'] === wish.network;
    case 'survey':
      return kind === 'survey' && (rule['survey'] === '' || rule['survey'] === wish.survey);
    case 'birthday':
      return kind === 'birthday' || (kind === 'profile' && rule['birthday'] === true);
    case 'custom':
      return kind === 'custom' && rule['action'] === wish.action && rule['claimable'] === true;
    case 'visit':
    case 'receipt':
      return kind === wish.kind;
  }
}

function admitReceipt(
  wish: Extract<Wish, { kind: 'receipt' }>,
  offered: readonly EarningRuleTerms[],
  { currency, timeZone }: { readonly currency: string; readonly timeZone: string },
  now: Moment,
): Admitted {
  if (!isAmount(wish.amount, currency)) return refuse({ kind: 'bad-amount' });
  if (dayStart(wish.purchasedOn, timeZone) > now) return refuse({ kind: 'bad-date' });
  const days = Math.max(
    ...offered.map(({ settings }) => (settings as { readonly withinDays: number }).withinDays),
  );
  if (isTooOld(wish.purchasedOn, days, now, timeZone)) return refuse({ kind: 'too-old', days });
  const { number, amount, purchasedOn, attachment } = wish;
  const content = withoutGaps({ number, amount, currency, purchasedOn, attachment });
  return admit(claim('receipt', receiptId(number), now, content));
}

function isAmount(text: string, currency: string): boolean {
  try {
    return parseMoney(text, currency) > 0;
  } catch (fault) {
    if (fault instanceof MoneyFault) return false;
    throw fault;
  }
}

/** Waits for somebody's word. */
function claim(
  kind: 'custom' | 'receipt',
  id: string,
  at: Moment,
  content: ActivityContent,
): Activity {
  return { ...deed(kind, id, at, content), state: 'pending' };
}

function withoutGaps(content: Readonly<Record<string, string | undefined>>): ActivityContent {
  const told = Object.entries(content).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, value] as const],
  );
  return Object.fromEntries(told);
}

function admit(activity: Activity): Admitted {
  return { ok: true, activity };
}

function refuse(refusal: WishRefusal): Admitted {
  return { ok: false, refusal };
}
