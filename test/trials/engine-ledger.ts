/** The commands told to the pure engine: each is a decision about a member, as the operations make it. */
import type { Ledger, Outcome } from './ledger-commands.ts';
import { EXPIRES_AFTER_DAYS } from './model-ledger.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import type { ShopTerms } from '../../app/domain/programme/terms.ts';
import { give, spend } from '../../app/domain/points/books.ts';
import type { Lot } from '../../app/domain/points/books.ts';
import { spendingOrder } from '../../app/domain/points/lots-of.ts';
import { faultsOf, line, Member, order, programme, refund, shopWith } from '../domain/fixtures.ts';

/** One point for each dollar, thirty days long. */
export const LEDGER_PROGRAMME: ProgrammeInput = programmeDocument.parse(
  programme({
    expiry: { kind: 'lot', length: EXPIRES_AFTER_DAYS, unit: 'days', reminderDays: [7] },
    returnGraceDays: 7,
  }),
);

export class EngineLedger implements Ledger {
  readonly #shop: ShopTerms;
  readonly #members = new Map<string, Member>();
  readonly #redemptions = new Map<string, Member>();
  #now: number;

  constructor(from: number) {
    this.#now = from;
    const document = programmeDocument.parse(LEDGER_PROGRAMME);
    this.#shop = shopWith([[from - 1, document]], { timeZone: 'UTC' });
  }

  at(now: number): void {
    this.#now = now;
    // As the calendar's job does: whoever has nothing due is not looked at.
    for (const member of this.#members.values()) {
      if (member.decision?.dueAt != null && member.decision.dueAt <= now) member.decide(now, []);
    }
  }

  earn(who: string, orderId: string, points: number): Outcome {
    const lines = [line({ priceMinor: 100, quantity: points })];
    this.#of(who).order(order({ placedAt: this.#now, lines }, { orderId }), this.#now);
    return 'ok';
  }

  refund(who: string, orderId: string, points: number, number: number): Outcome {
    const taken = refund({
      ...{ id: `${orderId}${number}`, createdAt: this.#now },
      lines: [{ lineId: '1', quantity: points }],
    });
    const told = { orderId, snapshot: null, refunds: [taken], paidAt: null };
    this.#of(who).order(told, this.#now);
    return 'ok';
  }

  adjust(who: string, points: number, mayOwe: boolean, request: string): Outcome {
    const member = this.#of(who);
    const movement = {
      ...{ key: `adjustment:${request}`, sourceKind: 'adjustment', sourceId: request },
      ...{ ruleKey: 'adjustment', programmeVersion: null, occurredAt: this.#now },
      explanation: { rule: 'adjustment', reason: 'trial', note: '', points } as const,
    };
    if (points < 0 && !mayOwe && member.books.available < -points) return 'not-enough';
    if (points > 0) give(member.books, movement, 'adjust', 'adjusted', points, this.#now);
    else spend(member.books, movement, 'adjust', 'adjusted', -points, mayOwe);
    member.decide(this.#now, []);
    return 'ok';
  }

  redeem(who: string, redemption: string, points: number): Outcome {
    const member = this.#of(who);
    if (member.books.debt > 0) return 'owes';
    if (member.books.available < points) return 'not-enough';
    member.redeem(points, this.#now, { id: redemption });
    this.#redemptions.set(redemption, member);
    return 'ok';
  }

  capture(redemption: string): Outcome {
    const known = this.#redemptions.get(redemption)?.redemptions;
    const found = known?.get(redemption);
    if (!known || !found || found.state === 'released') return 'released';
    known.set(redemption, { ...found, state: 'captured', capturedAt: this.#now });
    return 'ok';
  }

  release(redemption: string): Outcome {
    const member = this.#redemptions.get(redemption);
    const state = member?.redemptions.get(redemption)?.state;
    if (!member || state === 'captured') return 'captured';
    if (state === 'reserved') member.release(redemption, this.#now);
    return 'ok';
  }

  merge(): Outcome {
    throw new Error('Merging is an operation of the database.');
  }

  books(who: string): string {
    const { books } = this.#of(who);
    const faults = faultsOf(books);
    if (faults.length > 0) return faults.join('; ');
    return inWords(books.debt, books.lots);
  }

  #of(who: string): Member {
    const known = this.#members.get(who) ?? new Member(this.#shop);
    this.#members.set(who, known);
    return known;
  }
}

export function inWords(debt: number, lots: readonly Lot[]): string {
  const open = lots.filter(({ remaining }) => remaining > 0).sort(spendingOrder);
  const said = open.map(({ remaining, expiresAt }) => `${remaining} until ${expiresAt ?? 'ever'}`);
  return `owes ${debt}; ${said.join(', ')}`;
}
