/**
 * How a referral stands at a moment, by its facts and by the version of the programme in force when it
 * was claimed. The same facts say the same, in whatever order they came.
 */
import type { FriendOrder, ReferralFacts, ReferralReason, ReferralState } from './referral.ts';
import type { ReferralSettings } from './settings.ts';
import { referralSignals } from './signals.ts';
import { MoneyFault, parseMoney } from '../money/money.ts';
import { inForce } from '../programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from '../programme/terms.ts';
import { addDays } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Judged {
  readonly state: ReferralState;
  readonly because: ReferralReason | null;
  readonly score: number;
  readonly signals: readonly string[];
  /** When the friend's prize is due; null where it is not (yet). */
  readonly friendAt: Moment | null;
  /** When the advocate's prize is due, before limits; null where it is not. */
  readonly advocateAt: Moment | null;
  /** The end of the return window of the order that counts, whatever else stands against it. */
  readonly windowEnds: Moment | null;
  readonly orderId: string | null;
  /** The version by which it was claimed; null where it was none, or without referrals. */
  readonly terms: ProgrammeTerms | null;
}

export function judgeReferral(referral: ReferralFacts, shop: ShopTerms, now: Moment): Judged {
  const { claimedAt } = referral;
  const terms = claimedAt === null ? null : inForce(shop, claimedAt);
  if (claimedAt === null) return never('no-claim', null);
  if (!terms?.version.document.referrals.enabled) return never('not-offered', null);
  const settings = terms.version.document.referrals;
  const order = orderThatCounts(referral, settings, terms, shop);
  const windowEnds = order ? endOfWindow(order, settings, shop.timeZone) : null;
  // What is found in common after the window has ended says nothing about this referral.
  const suspicion = suspicionOf(referral, settings, windowEnds ?? Infinity);
  const found = { score: suspicion.score, signals: suspicion.signals };
  const orderId = order?.id ?? null;
  const base = { ...found, friendAt: null, advocateAt: null, windowEnds, orderId, terms };
  const because = refusalOf(referral, settings, suspicion.score);
  if (because !== null) return { ...base, state: 'refused', because };

  const approvedAt = referral.ruling?.says === 'approved' ? referral.ruling.at : null;
  const friendAt = friendDue(referral, settings, approvedAt);
  const held = !settings.shadow && approvedAt === null && suspicion.score >= settings.flagAt;
  if (held) return { ...base, state: 'flagged', because: 'score', friendAt };
  const late = !settings.shadow && suspicion.score >= settings.flagAt ? approvedAt : null;
  const advocateAt = windowEnds === null ? null : Math.max(windowEnds, late ?? windowEnds);
  return {
    ...base,
    state: stateOf(referral, settings, advocateAt, shop, now),
    because: null,
    friendAt,
    advocateAt,
  };
}

function never(because: ReferralReason, terms: ProgrammeTerms | null): Judged {
  return {
    ...{ state: 'refused', because, score: 0, signals: [], terms },
    ...{ friendAt: null, advocateAt: null, windowEnds: null, orderId: null },
  };
}

/** A person's word beats the score and what came before; that it is one person, nobody's word changes. */
function refusalOf(
  { advocateId, friendId, superseded, ruling, course }: ReferralFacts,
  { friendMustBeNew, refuseAt, shadow }: ReferralSettings,
  score: number,
): ReferralReason | null {
  if (advocateId === friendId) return 'same-person';
  if (superseded) return 'came-before';
  if (ruling?.says === 'refused') return 'by-hand';
  if (ruling?.says === 'approved') return null;
  if (friendMustBeNew && course.earlierAt !== null) return 'not-new';
  return !shadow && score >= refuseAt ? 'score' : null;
}

/** At once when they are seen signed in; what was suspicious by then waits for a person. */
function friendDue(
  referral: ReferralFacts,
  settings: ReferralSettings,
  approvedAt: Moment | null,
): Moment | null {
  if (referral.claimedAt === null || referral.seenAt === null) return null;
  const at = Math.max(referral.claimedAt, referral.seenAt);
  const { score } = suspicionOf(referral, settings, at);
  if (settings.shadow || score < settings.flagAt) return at;
  return approvedAt === null ? null : Math.max(at, approvedAt);
}

function stateOf(
  { seenAt, course: { lost } }: ReferralFacts,
  settings: ReferralSettings,
  advocateAt: Moment | null,
  shop: ShopTerms,
  now: Moment,
): ReferralState {
  if (advocateAt !== null) return advocateAt <= now ? 'rewarded' : 'ordered';
  const least = minimumOf(settings, shop.currency);
  if (lost && lost.hadMinor >= least && lost.minor < Math.max(1, least)) return 'returned';
  return seenAt === null ? 'claimed' : 'joined';
}

/** The first, or second, paid order since the claim of which enough is kept. */
function orderThatCounts(
  { course }: ReferralFacts,
  settings: ReferralSettings,
  { version }: ProgrammeTerms,
  { currency }: ShopTerms,
): FriendOrder | null {
  const least = minimumOf(settings, currency);
  const { testOrdersEarn } = version.document;
  const enough = course.orders.filter(
    ({ minor, test }) => minor >= least && (!test || testOrdersEarn),
  );
  return enough[settings.onOrder === 'first' ? 0 : 1] ?? null;
}

/** An amount that is none of the shop's currency (any more) is reached by nothing. */
function minimumOf({ minimum }: ReferralSettings, currency: string): number {
  try {
    return parseMoney(minimum, currency);
  } catch (fault) {
    if (fault instanceof MoneyFault) return Infinity;
    throw fault;
  }
}

function endOfWindow(
  { paidAt, fulfilledAt }: FriendOrder,
  { countedFrom, returnDays }: ReferralSettings,
  zone: string,
): Moment | null {
  if (countedFrom === 'paid') return addDays(paidAt, returnDays, zone);
  return fulfilledAt === null ? null : addDays(Math.max(paidAt, fulfilledAt), returnDays, zone);
}

export interface Suspicion {
  readonly score: number;
  readonly signals: readonly string[];
}

/** The weights of all signals that are switched on and were there by then. */
export function suspicionOf(
  referral: ReferralFacts,
  settings: ReferralSettings,
  by: Moment,
): Suspicion {
  const counting = referralSignals.all.filter((signal) => {
    if (settings.signals[signal.kind] === false) return false;
    const since = signal.since(referral, settings);
    return since !== null && since <= by;
  });
  return {
    score: counting.reduce((sum, { weight }) => sum + weight, 0),
    signals: counting.map(({ kind }) => kind),
  };
}
