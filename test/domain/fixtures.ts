/** A programme, orders and a member, small enough that a test shows only what it is about. */
import { takeInActivity } from '../../app/domain/activities/activity.ts';
import type { Activity } from '../../app/domain/activities/activity.ts';
import { decide } from '../../app/domain/decide.ts';
import type { Decision } from '../../app/domain/decide.ts';
import type { MemberEvent } from '../../app/domain/events.ts';
import { takeIn, unknownOrder } from '../../app/domain/orders/order-facts.ts';
import type {
  OrderFacts,
  OrderLine,
  OrderSnapshot,
  OrderTidings,
  RefundFacts,
} from '../../app/domain/orders/order-facts.ts';
import { standingOf } from '../../app/domain/orders/standing.ts';
import { awardKey } from '../../app/domain/points/awards.ts';
import type { Award } from '../../app/domain/points/awards.ts';
import { booksOf } from '../../app/domain/points/books.ts';
import { release, reserve } from '../../app/domain/points/redemption.ts';
import type { Redemption } from '../../app/domain/points/redemption.ts';
import type { Books, Entry } from '../../app/domain/points/books.ts';
import { noBudgets } from '../../app/domain/earning/budgets.ts';
import type { Budgets } from '../../app/domain/earning/budgets.ts';
import { noPlaces } from '../../app/domain/memberships/places.ts';
import type { Places } from '../../app/domain/memberships/places.ts';
import type { NameState } from '../../app/domain/leaderboards/scores.ts';
import type { JoinedWith } from '../../app/domain/members/membership.ts';
import type { TagTidings } from '../../app/domain/members/tags.ts';
import type { ShopTerms } from '../../app/domain/programme/terms.ts';
import type { ReferralFacts } from '../../app/domain/referrals/referral.ts';
import type { ReviewFacts } from '../../app/domain/reviews/review-facts.ts';
import type { TierGrant } from '../../app/domain/tiers/grants.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { faultsOf } from './faults-of.ts';
import { programme, shopWith, tiers } from './programmes.ts';

/** Midnight UTC of a day of 2026: `day(1)` is the first of January. */
export const day = (number: number): number => Date.UTC(2026, 0, number);

export function line(over: Partial<OrderLine> = {}): OrderLine {
  const quantity = over.quantity ?? 1;
  return {
    id: '1',
    productId: null,
    variantId: null,
    title: 'Tea',
    vendor: null,
    giftCard: false,
    quantity,
    currentQuantity: quantity,
    priceMinor: 10_000,
    discountMinor: 0,
    taxMinor: 0,
    product: null,
    sellingPlan: null,
    subscription: false,
    ...over,
  };
}

export function snapshot(over: Partial<OrderSnapshot> = {}): OrderSnapshot {
  return {
    updatedAt: over.placedAt ?? day(10),
    placedAt: day(10),
    name: '#1001',
    customerId: '7',
    currency: 'USD',
    presentmentCurrency: null,
    presentmentTotalMinor: null,
    totalMinor: 0,
    shippingMinor: 0,
    shippingTaxMinor: 0,
    tipMinor: 0,
    dutiesMinor: 0,
    taxesIncluded: false,
    test: false,
    source: 'web',
    countryCode: null,
    gateways: [],
    discountCodes: [],
    cancelledAt: null,
    payment: 'paid',
    lines: [line()],
    hasReturns: false,
    knownRefundIds: [],
    ...over,
  };
}

export function refund(over: Partial<RefundFacts> = {}): RefundFacts {
  const createdAt = over.createdAt ?? day(20);
  return {
    id: '900',
    createdAt,
    toldAt: createdAt,
    currency: 'USD',
    lines: [],
    extraMinor: 0,
    shippingMinor: 0,
    paidBackMinor: null,
    ...over,
  };
}

/** A paid order of one line of $100.00 unless said otherwise. */
export function order(
  over: Partial<OrderSnapshot> = {},
  told: Partial<Omit<OrderTidings, 'snapshot'>> = {},
): OrderTidings {
  const state = snapshot(over);
  const paid = ['paid', 'partially_refunded', 'refunded'].includes(state.payment);
  return {
    orderId: '501',
    snapshot: state,
    refunds: [],
    paidAt: paid ? state.updatedAt : null,
    ...told,
  };
}

export function factsOf(...tidings: OrderTidings[]): OrderFacts {
  const [first] = tidings;
  return tidings.reduce(takeIn, unknownOrder(first?.orderId ?? '501'));
}

export function review(over: Partial<ReviewFacts> = {}): ReviewFacts {
  return {
    provider: 'judgeme',
    id: '1',
    productId: null,
    customerId: '7',
    email: null,
    published: true,
    withPhoto: false,
    withVideo: false,
    createdAt: day(10),
    updatedAt: day(10),
    ...over,
  };
}

export function emptyBooks(): Books {
  return booksOf({ available: 0, pending: 0, debt: 0, lastSeq: 0, earnedTotal: 0, lots: [] });
}

/** A member with everything that is known of them, decided about as often as a test likes. */
export class Member {
  readonly books = emptyBooks();
  readonly orders = new Map<string, OrderFacts>();
  readonly reviews = new Map<string, ReviewFacts>();
  readonly activities = new Map<string, Activity>();
  awards = new Map<string, Award>();
  readonly redemptions = new Map<string, Redemption>();
  /** Friends who came by their codes, and by whose code they came. */
  referrals: readonly ReferralFacts[] = [];
  referredBy: readonly ReferralFacts[] = [];
  createdAt: number | null = null;
  /** When Laurel met them; nothing is told of who was not met. */
  enrolledAt: number | null = null;
  erased = false;
  tierGrants: readonly TierGrant[] = [];
  /** What they were told, each once, by its key. */
  readonly told = new Map<string, MemberEvent>();
  optedInAt: number | null = null;
  tags: readonly TagTidings[] = [];
  /** Who was merged into them. */
  joinedWith: readonly JoinedWith[] = [];
  /** How their nickname stands, of who takes part in leaderboards. */
  boardName: NameState | null = null;
  /** Shared by everybody who draws on the same campaigns. */
  budgets: Budgets = noBudgets();
  /** Of memberships with a limit, shared likewise. */
  places: Places = noPlaces();
  shop: ShopTerms;
  decision: Decision | null = null;

  constructor(shop: ShopTerms) {
    this.shop = shop;
  }

  order(told: OrderTidings, now = day(100)): this {
    const facts = takeIn(this.orders.get(told.orderId) ?? unknownOrder(told.orderId), told);
    this.orders.set(facts.id, facts);
    return this.decide(now, [facts.id]);
  }

  review(told: ReviewFacts, now = day(100)): this {
    this.reviews.set(told.id, told);
    return this.decide(now, []);
  }

  did(told: Activity, now = day(100)): this {
    const key = `${told.kind} ${told.id}`;
    this.activities.set(key, takeInActivity(this.activities.get(key) ?? null, told));
    return this.decide(now, []);
  }

  /** Spends points, as the operation does it: what is due by then happens first. */
  redeem(points: number, now: number, over: Partial<Redemption> = {}): Redemption {
    this.decide(now, []);
    const id = over.id ?? `r${this.redemptions.size + 1}`;
    const asked = { id, memberId: 'm1', requestKey: id, purpose: 'reward', points };
    const open = { code: null, validUntil: null };
    const redemption = { ...reserve(this.books, { ...asked, ...open }, now), ...over };
    this.redemptions.set(id, redemption);
    this.decide(now, []);
    return redemption;
  }

  /** The reward came to nothing. */
  release(id: string, now: number): this {
    this.decide(now, []);
    const [redemption, grace] = [this.redemptions.get(id), this.decision?.grace];
    if (!redemption || !grace) throw new Error(`There is no redemption ${id}.`);
    this.redemptions.set(id, release(this.books, redemption, grace));
    return this.decide(now, []);
  }

  /** The order turned out to be somebody else's. */
  lose(orderId: string, now = day(100)): this {
    this.orders.delete(orderId);
    return this.decide(now, [], [orderId]);
  }

  decide(now: number, orderIds = [...this.orders.keys()], left: readonly string[] = []): this {
    const looked = new Set(orderIds);
    const tierKey = this.tier;
    for (let round = 0; round < 50; round += 1) {
      const decision = decide(
        {
          ...{ memberId: 'm1', erased: this.erased },
          customerCreatedAt: this.createdAt,
          enrolledAt: this.enrolledAt,
          tierGrants: this.tierGrants,
          tierKey,
          optedInAt: this.optedInAt,
          ...{ tags: this.tags, joinedWith: this.joinedWith },
          books: this.books,
          standings: [...this.orders.values()].flatMap(
            (facts) => standingOf(facts, this.shop.currency) ?? [],
          ),
          reviews: [...this.reviews.values()],
          activities: [...this.activities.values()],
          referrals: this.referrals,
          referredBy: this.referredBy,
          boardName: this.boardName,
          awards: [...this.awards.values()],
          redemptions: [...this.redemptions.values()],
          orders: [...looked].flatMap((id) => this.orders.get(id) ?? []),
          leftOrderIds: left,
          budgets: this.budgets,
          places: this.places,
        },
        this.shop,
        now,
      );
      this.decision = decision;
      for (const award of decision.awards) this.awards.set(awardKey(award), award);
      for (const one of decision.redemptions) this.redemptions.set(one.id, one);
      if (decision.lookAgainAt.length === 0 && !decision.onceMore) {
        for (const event of decision.events) {
          if (!this.told.has(event.key)) this.told.set(event.key, event);
        }
        return this;
      }
      for (const id of decision.lookAgainAt) looked.add(id);
    }
    throw new Error('The tiers of the orders did not come to rest.');
  }

  award(sourceKind: string, sourceId: string, ruleKey: string): Award | null {
    return this.awards.get(awardKey({ sourceKind, sourceId, ruleKey })) ?? null;
  }

  get tier(): string | null {
    return this.decision?.stand?.rung?.key ?? null;
  }

  /** Signed points of every entry, as the member's balance sees it. */
  get moves(): number[] {
    return this.books.entries
      .filter(({ kind }) => kind !== 'mature')
      .map((entry) => (isOwn(entry.to) ? entry.points : -entry.points));
  }
}

function isOwn(account: Entry['to']): boolean {
  return account === 'available' || account === 'pending' || account === 'debt';
}

export { DAY, faultsOf, programme, shopWith, tiers };
