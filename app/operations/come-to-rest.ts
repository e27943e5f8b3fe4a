/**
 * One member, decided until nothing changes any more: a late fact can change the tier under which other
 * orders were placed, or what limits left to them.
 */
import { decide } from '../domain/decide.ts';
import type { Decision } from '../domain/decide.ts';
import type { MemberCase } from '../domain/deciding.ts';
import type { MemberEvent } from '../domain/events.ts';
import type { OrderFacts } from '../domain/orders/order-facts.ts';
import { standingOf } from '../domain/orders/standing.ts';
import type { Standing } from '../domain/orders/standing.ts';
import { awardKey } from '../domain/points/awards.ts';
import type { Award } from '../domain/points/awards.ts';
import type { Books } from '../domain/points/books.ts';
import type { Grace, Redemption } from '../domain/points/redemption.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import type { ChangedOrder } from '../storage/orders/lock-orders.ts';

/** At most this many rounds of "a late fact changed the tier or the limits of another order". */
const MOST_ROUNDS = 50;

/**
 * Moves points by hand, after the books were brought to date and before they are decided again. A
 * refusal moves nothing.
 */
export type Act = (
  books: Books,
  redemptions: readonly Redemption[],
  grace: Grace,
  decision: Decision,
  whose: { readonly memberId: string; readonly awards: readonly Award[] },
) => Acted;

export interface Acted {
  readonly awards?: readonly Award[];
  readonly redemptions?: readonly Redemption[];
  readonly events?: readonly MemberEvent[];
}

export interface About {
  readonly case: Omit<MemberCase, 'standings' | 'awards' | 'redemptions' | 'orders'>;
  readonly standings: readonly Standing[];
  readonly awards: readonly Award[];
  readonly redemptions: readonly Redemption[];
  /** Grows by the orders that turn out to be concerned. */
  readonly orders: Map<string, OrderFacts>;
  readonly act: Act | undefined;
  readonly read: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, ChangedOrder>>;
}

export interface AtRest {
  readonly decision: Decision;
  readonly standings: readonly Standing[];
  readonly awards: readonly Award[];
  readonly redemptions: readonly Redemption[];
}

/** Decides until nothing changes any more, lets the hand move its points, and decides again. */
export async function comeToRest(about: About, shop: ShopTerms, now: number): Promise<AtRest> {
  const { orders } = about;
  let { awards, redemptions, act } = about;
  let decision: Decision | null = null;
  for (let round = 0; ; round += 1) {
    const standings = currentStandings(about.standings, orders, shop);
    const next: Decision = decide(
      {
        ...about.case,
        standings,
        awards,
        redemptions,
        orders: [...orders.values()],
      },
      shop,
      now,
    );
    decision = together(decision, next);
    awards = merged(awards, next.awards);
    redemptions = updated(redemptions, next.redemptions);
    const calm = next.lookAgainAt.length === 0 && !next.onceMore;
    const atRest = calm || round >= MOST_ROUNDS;
    if (atRest && !act) return { decision, standings, awards, redemptions };
    if (atRest && act) {
      const { books, memberId } = about.case;
      const acted = act(books, redemptions, next.grace, next, { memberId, awards });
      act = undefined;
      decision = together(decision, { ...next, awards: [], redemptions: [], given: [], ...acted });
      awards = merged(awards, acted.awards ?? []);
      redemptions = updated(redemptions, acted.redemptions ?? []);
    }
    const again = next.lookAgainAt.filter((id) => !orders.has(id));
    for (const { facts } of (await about.read(again)).values()) orders.set(facts.id, facts);
  }
}

/** What several rounds decided, the last word last. */
function together(before: Decision | null, next: Decision): Decision {
  if (!before) return next;
  const awards = merged(before.awards, next.awards);
  const redemptions = updated(before.redemptions, next.redemptions);
  const events = new Map([...before.events, ...next.events].map((event) => [event.key, event]));
  const given = [...before.given, ...next.given];
  return { ...next, awards, redemptions, given, events: [...events.values()] };
}

function updated(
  known: readonly Redemption[],
  newer: readonly Redemption[],
): readonly Redemption[] {
  const byId = new Map(known.map((redemption) => [redemption.id, redemption]));
  for (const redemption of newer) byId.set(redemption.id, redemption);
  return [...byId.values()];
}

function merged(known: readonly Award[], newer: readonly Award[]): Award[] {
  const byKey = new Map(known.map((award) => [awardKey(award), award]));
  for (const award of newer) byKey.set(awardKey(award), award);
  return [...byKey.values()];
}

function currentStandings(
  stored: readonly Standing[],
  orders: ReadonlyMap<string, OrderFacts>,
  shop: ShopTerms,
): Standing[] {
  const standings = new Map(stored.map((standing) => [standing.orderId, standing]));
  for (const facts of orders.values()) {
    const standing = standingOf(facts, shop.currency);
    if (standing) standings.set(facts.id, standing);
  }
  return [...standings.values()];
}
