/**
 * The ledger once more, in a hundred lines and without a database: lots that expire, debt, redemptions
 * that hold parts of lots. Written from docs/semantics.md (3.2, 3.3, 4, 5.1, 7.2), not from the code.
 */
import type { Ledger, Outcome } from './ledger-commands.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';

/** Points expire with the end of the thirtieth day; what comes back late stays to the end of the seventh. */
export const EXPIRES_AFTER_DAYS = 30;
const GRACE_DAYS = 7;

interface ModelLot {
  owner: ModelMember;
  readonly source: string;
  readonly since: number;
  readonly occurredAt: number;
  readonly number: number;
  kept: number;
  left: number;
}
interface ModelMember {
  lots: ModelLot[];
  debt: number;
}
interface ModelRedemption {
  owner: ModelMember;
  state: 'reserved' | 'captured' | 'released';
  readonly held: { readonly lot: ModelLot; readonly kept: number; points: number }[];
}

const endOf = (at: number, days: number): number => Math.floor(at / DAY) * DAY + (days + 1) * DAY;
const dateOf = (lot: ModelLot): number => Math.max(endOf(lot.since, EXPIRES_AFTER_DAYS), lot.kept);

export class ModelLedger implements Ledger {
  readonly #members = new Map<string, ModelMember>();
  readonly #redemptions = new Map<string, ModelRedemption>();
  /** Points of an award that expired, less those that a refund has counted as taken. */
  readonly #lapsed = new Map<string, number>();
  #now: number;
  #lots = 0;

  constructor(now: number) {
    this.#now = now;
  }

  at(now: number): void {
    this.#now = now;
    for (const { lots } of this.#members.values()) {
      for (const lot of lots.filter((one) => one.left > 0 && dateOf(one) <= now)) {
        this.#lapsed.set(lot.source, (this.#lapsed.get(lot.source) ?? 0) + lot.left);
        lot.left = 0;
      }
    }
  }

  earn(who: string, order: string, points: number): Outcome {
    this.#give(this.#of(who), points, `order ${order}`);
    return 'ok';
  }

  refund(who: string, order: string, points: number): Outcome {
    const [member, source] = [this.#of(who), `order ${order}`];
    const own = this.#open(member).filter((lot) => lot.source === source);
    const rest = Math.max(0, points - own.reduce((sum, { left }) => sum + left, 0));
    const setOff = Math.min(this.#lapsed.get(source) ?? 0, rest);
    this.#lapsed.set(source, (this.#lapsed.get(source) ?? 0) - setOff);
    const others = this.#open(member).filter((lot) => lot.source !== source);
    const wanted = points - setOff;
    member.debt += wanted - sumOf(takeFrom([...own, ...others], wanted));
    return 'ok';
  }

  adjust(who: string, points: number, mayOwe: boolean, request: string): Outcome {
    const member = this.#of(who);
    if (points > 0) this.#give(member, points, `adjustment ${request}`);
    else {
      if (!mayOwe && this.available(who) < -points) return 'not-enough';
      member.debt += -points - sumOf(takeFrom(this.#open(member), -points));
    }
    return 'ok';
  }

  redeem(who: string, redemption: string, points: number): Outcome {
    const member = this.#of(who);
    if (member.debt > 0) return 'owes';
    if (this.available(who) < points) return 'not-enough';
    const held = takeFrom(this.#open(member), points);
    this.#redemptions.set(redemption, { owner: member, state: 'reserved', held });
    return 'ok';
  }

  capture(redemption: string): Outcome {
    const known = this.#redemptions.get(redemption);
    if (!known || known.state === 'released') return 'released';
    known.state = 'captured';
    return 'ok';
  }

  release(redemption: string): Outcome {
    const known = this.#redemptions.get(redemption);
    if (!known || known.state === 'captured') return 'captured';
    if (known.state === 'released') return 'ok';
    known.state = 'released';
    for (const { lot, kept, points } of known.held.toReversed()) {
      const rest = this.#payDebt(known.owner, points);
      const back = lot.owner === known.owner ? lot : rest > 0 ? this.#copy(known.owner, lot) : null;
      if (!back) continue;
      if (back !== lot) back.kept = kept;
      back.left += rest;
      if (dateOf(back) > this.#now) continue;
      back.kept = Math.max(endOf(this.#now, GRACE_DAYS), back.kept + 1);
    }
    return 'ok';
  }

  merge(kept: string, gone: string): Outcome {
    const [to, from] = [this.#of(kept), this.#of(gone)];
    for (const lot of this.#open(from)) {
      const rest = this.#payDebt(to, lot.left);
      if (rest > 0) this.#copy(to, lot).left = rest;
      lot.left = 0;
    }
    to.debt += from.debt - sumOf(takeFrom(this.#open(to), from.debt));
    for (const one of this.#redemptions.values()) if (one.owner === from) one.owner = to;
    for (const [name, one] of this.#members) if (one === from) this.#members.set(name, to);
    return 'ok';
  }

  available(who: string): number {
    return this.#open(this.#of(who)).reduce((sum, { left }) => sum + left, 0);
  }

  books(who: string): string {
    const lots = this.#open(this.#of(who)).map((lot) => `${lot.left} until ${dateOf(lot)}`);
    return `owes ${this.#of(who).debt}; ${lots.join(', ')}`;
  }

  #of(who: string): ModelMember {
    const known = this.#members.get(who) ?? { lots: [], debt: 0 };
    this.#members.set(who, known);
    return known;
  }

  #open({ lots }: ModelMember): ModelLot[] {
    return lots
      .filter(({ left }) => left > 0)
      .sort((a, b) => dateOf(a) - dateOf(b) || a.occurredAt - b.occurredAt || a.number - b.number);
  }

  #give(member: ModelMember, points: number, source: string): void {
    const [left, now] = [this.#payDebt(member, points), this.#now];
    if (left === 0) return;
    const number = (this.#lots += 1);
    member.lots.push({ owner: member, source, since: now, occurredAt: now, number, kept: 0, left });
  }

  #copy(owner: ModelMember, lot: ModelLot): ModelLot {
    const copied = { ...lot, owner, number: (this.#lots += 1), left: 0 };
    owner.lots.push(copied);
    return copied;
  }

  #payDebt(member: ModelMember, points: number): number {
    const paid = Math.min(points, member.debt);
    member.debt -= paid;
    return points - paid;
  }
}

function takeFrom(lots: readonly ModelLot[], points: number): ModelRedemption['held'] {
  let rest = points;
  return lots.flatMap((lot) => {
    const taken = Math.min(lot.left, rest);
    rest -= taken;
    lot.left -= taken;
    return taken > 0 ? [{ lot, kept: lot.kept, points: taken }] : [];
  });
}

function sumOf(parts: readonly { readonly points: number }[]): number {
  return parts.reduce((sum, { points }) => sum + points, 0);
}
