/** What shoppers read about rewards, in their language and with the merchant's word for points. */
import { localesOf, makeI18n } from '../../components/i18n.ts';
import type { Language } from '../../components/i18n.ts';
import type { HeldReward } from '../../domain/storefront/rewards.ts';
import type { RewardRefusal } from '../../operations/redeem-reward.ts';
import type { StorefrontRewards, WhyNot } from '../../queries/storefront-rewards.ts';

export interface RewardWords {
  readonly points: (count: number) => string;
  readonly why: (why: WhyNot) => string;
  readonly refused: (refusal: RewardRefusal) => string;
  readonly held: (held: HeldReward) => string;
}

type Translate = ReturnType<typeof makeI18n>['t'];
const translators = new Map<Language, Translate>();

/** One for a language: nobody changes it. */
function translator(language: Language): Translate {
  const t = translators.get(language) ?? makeI18n(language).t;
  translators.set(language, t);
  return t;
}

/** Making one takes longer than all else that is done for a sentence. */
function formats<Format>(make: (locale: string, timeZone: string) => Format) {
  const known = new Map<string, Format>();
  return (locale: string, timeZone: string): Format => {
    const key = `${locale} ${timeZone}`;
    const format = known.get(key) ?? make(locale, timeZone);
    // Anybody can ask for any language.
    if (known.size >= MOST_FORMATS) known.clear();
    known.set(key, format);
    return format;
  };
}

const MOST_FORMATS = 500;
const numbers = formats((locale) => new Intl.NumberFormat(locale));
const dates = formats(
  (locale, timeZone) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }),
);

/** Unless the merchant chose a word, the language's own. */
const PLAIN = { one: 'point', other: 'points' };

/** By the `lang` that the page asks for, else by what the browser prefers. */
export function languageOf(request: Request): string {
  const asked = new URL(request.url).searchParams.get('lang');
  return asked ?? request.headers.get('accept-language') ?? 'en';
}

export function rewardWords(
  request: Request,
  { word, timeZone }: Pick<StorefrontRewards, 'word' | 'timeZone'>,
  now: number,
): RewardWords {
  const { locale, language } = localesOf(languageOf(request).split(/[,;]/)[0] ?? 'en');
  const t = translator(language);
  const chosen = word.one !== '' && (word.one !== PLAIN.one || word.other !== PLAIN.other);
  const number = (count: number): string => numbers(locale, 'UTC').format(count);
  const points = (count: number): string =>
    chosen
      ? `${number(count)} ${Math.abs(count) === 1 ? word.one : word.other}`
      : t('storefront.points', { count, number: number(count) });
  const day = (at: number): string => dates(locale, timeZone).format(at);
  const shopDay = (text: string): string =>
    dates(locale, 'UTC').format(Date.parse(`${text}T00:00:00Z`));
  const why = (why: WhyNot): string => {
    switch (why.kind) {
      case 'not-enough':
        return t('storefront.why.not-enough', { points: points(why.wanted - why.available) });
      case 'owes':
        return t('storefront.why.owes', { points: points(why.debt) });
      case 'not-now':
        return why.startsAt === null || why.startsAt <= now
          ? t('storefront.why.over')
          : t('storefront.why.not-yet', { date: day(why.startsAt) });
      case 'not-for-you':
        return t(`storefront.why.${why.because}`);
      case 'limit-reached':
        return t(`storefront.why.limit-${why.per}`, { count: why.most, number: number(why.most) });
      case 'bad-steps':
        return t('storefront.why.bad-steps', { least: number(why.least), most: number(why.most) });
      case 'signed-out':
      case 'not-a-member':
      case 'out-of-stock':
      case 'not-for-points':
        return t(`storefront.why.${why.kind}`);
    }
  };
  return {
    points,
    refused: (refusal) => {
      switch (refusal.kind) {
        case 'unknown-member':
        case 'member-gone':
        case 'bad-request':
        case 'unknown-reward':
        case 'needs-permission':
        case 'key-used-otherwise':
          return refusalWords(t, refusal.kind);
        case 'not-a-member':
        case 'not-for-points':
        case 'not-now':
        case 'bad-steps':
        case 'not-for-you':
        case 'limit-reached':
        case 'out-of-stock':
        case 'owes':
        case 'not-enough':
          return why(refusal);
      }
    },
    why,
    held: (held) => heldWords(held, t, { points, shopDay }),
  };
}

function heldWords(
  { state, kind, until, because, back }: HeldReward,
  t: Translate,
  written: {
    readonly points: (count: number) => string;
    readonly shopDay: (day: string) => string;
  },
): string {
  const date = until === null ? '' : written.shopDay(until);
  const returned = back > 0 ? t('storefront.back', { points: written.points(back) }) : '';
  switch (state) {
    case 'making':
    case 'waiting':
      return t(`storefront.held.${state}`);
    case 'usable':
      return t(until === null ? 'storefront.held.usable' : 'storefront.held.until', { date });
    case 'had':
      return [
        t(`storefront.held.${kind === 'store-credit' ? 'credited' : 'had'}`),
        until === null ? '' : t('storefront.held.until', { date }),
      ]
        .join(' ')
        .trim();
    case 'used':
      return `${t(kind === 'by-hand' ? 'storefront.held.done' : 'storefront.held.used')} ${returned}`.trim();
    case 'ending':
      return t('storefront.held.ending');
    case 'ended':
      return `${t(`storefront.held.ended-${because ?? 'cancelled'}`)} ${returned}`.trim();
  }
}

function refusalWords(t: Translate, kind: string): string {
  return t([`storefront.refusal.${kind}`, 'storefront.refusal.other']);
}

/** A refusal of what is posted, with the sentence that a shopper can read. */
export async function withWords(request: Request, refused: Response): Promise<Response> {
  const told = (await refused.json()) as { readonly refusal: { readonly kind: string } };
  const { language } = localesOf(languageOf(request));
  const says = refusalWords(translator(language), told.refusal.kind);
  return new Response(JSON.stringify({ ...told, says }), refused);
}
