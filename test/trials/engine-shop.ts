/** A shop in memory: what its messages tell, its members, and the engine, without a database. */
import type { OrderFacts } from '../../app/domain/orders/order-facts.ts';
import { takeIn, unknownOrder } from '../../app/domain/orders/order-facts.ts';
import type { ShopTerms } from '../../app/domain/programme/terms.ts';
import { readDelivery } from '../../app/shopify/payloads/read-delivery.ts';
import { faultsOf, Member } from '../domain/fixtures.ts';
import type { Telling } from './shop-history.ts';

export class EngineShop {
  readonly members = new Map<string, Member>();
  readonly #orders = new Map<string, OrderFacts>();
  readonly #shop: ShopTerms;

  constructor(shop: ShopTerms) {
    this.#shop = shop;
  }

  tell({ topic, body }: Pick<Telling, 'topic' | 'body'>, now: number): void {
    const told = readDelivery(topic, JSON.stringify(body), { toldAt: now });
    if (told.kind === 'order') this.#order(told.order, now);
    else if (told.kind === 'customer') {
      const { customerId, createdAt } = told.customer;
      const member = this.#member(customerId, now);
      member.createdAt ??= createdAt;
      member.decide(now);
    } else if (told.kind === 'review') {
      const member = this.#member(told.review.customerId ?? '', now);
      const known = member.reviews.get(told.review.id);
      // The newest state counts (law 2.2), as where reviews are written.
      if (!known || known.updatedAt <= told.review.updatedAt) member.review(told.review, now);
    } else throw new Error(`nothing is done here with ${topic}`);
  }

  /** What is due by then happens, to whom something is due. */
  at(now: number): void {
    for (const member of this.members.values()) {
      const dueAt = member.decision?.dueAt ?? null;
      if (dueAt !== null && dueAt <= now) member.decide(now, []);
    }
  }

  /** Another version is in force: everybody is looked at. */
  lookAtEveryone(now: number): void {
    for (const member of this.members.values()) member.decide(now);
  }

  /** Nothing is wrong with anybody's books, and the engine, asked again about everything, posts nothing. */
  proof(now: number): string[] {
    return [...this.members].flatMap(([id, member]) => {
      const before = [...member.awards.values()];
      const entries = member.books.entries.length;
      member.decide(now);
      const posted = member.books.entries.slice(entries).map(({ key }) => `${id}: ${key} missing`);
      const changed = [...member.awards.values()].filter((award) => !before.includes(award));
      return [
        ...faultsOf(member.books).map((fault) => `${id}: ${fault}`),
        ...posted,
        ...changed.map(({ sourceId, ruleKey }) => `${id}: award ${sourceId} ${ruleKey} is another`),
      ];
    });
  }

  /** What must be the same however the facts arrived. */
  books(): Record<string, object> {
    const told = [...this.members].map(([id, { books, tier, decision }]): [string, object] => {
      const { available, pending, debt } = books;
      return [id, { net: available - debt, pending, tier, progress: decision?.progress ?? [] }];
    });
    return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #order(told: Parameters<typeof takeIn>[1], now: number): void {
    const known = this.#orders.get(told.orderId) ?? unknownOrder(told.orderId);
    const facts = takeIn(known, told);
    this.#orders.set(facts.id, facts);
    const [was, is] = [known.snapshot?.customerId ?? null, facts.snapshot?.customerId ?? null];
    if (was !== null && was !== is) this.#member(was, now).lose(facts.id, now);
    if (is === null) return;
    const member = this.#member(is, now);
    member.orders.set(facts.id, facts);
    member.decide(now, [facts.id]);
  }

  #member(customerId: string, now: number): Member {
    const known = this.members.get(customerId);
    if (known) return known;
    const member = new Member(this.#shop);
    member.enrolledAt = now;
    this.members.set(customerId, member);
    return member;
  }
}
