/** The commands told to PostgreSQL through the operations that the app itself uses. */
import { inWords } from './engine-ledger.ts';
import type { Ledger, Outcome } from './ledger-commands.ts';
import type { TrialWorld } from './trial-world.ts';
import type { Lot } from '../../app/domain/points/books.ts';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { captureRedemption } from '../../app/operations/capture-redemption.ts';
import { passTime } from '../../app/jobs/pass-time.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { releaseRedemption } from '../../app/operations/release-redemption.ts';
import { takeInNow } from '../../app/operations/take-in-now.ts';
import { readOpenLots } from '../../app/storage/points/member-books.ts';
import { inTransaction } from '../../app/storage/transaction.ts';
import { line, order, refund } from '../domain/fixtures.ts';

let customers = 0;
let orders = 0;

export class DatabaseLedger implements Ledger {
  readonly #here: TrialWorld;
  readonly #shopId: string;
  /** Our ids by the names in the commands. */
  readonly #members = new Map<string, string>();
  readonly #customers = new Map<string, string>();
  readonly #orders = new Map<string, string>();
  readonly #redemptions = new Map<string, string>();

  constructor(here: TrialWorld, shopId: string) {
    this.#here = here;
    this.#shopId = shopId;
  }

  async at(now: number): Promise<void> {
    this.#here.now = now;
    await passTime(this.#here.world);
  }

  async earn(who: string, name: string, points: number): Promise<Outcome> {
    await this.#of(who);
    const placedAt = this.#here.now;
    const lines = [line({ priceMinor: 100, quantity: points })];
    const customerId = this.#customers.get(who) ?? '';
    const orderId = String(5_000_000_000_000 + (orders += 1));
    this.#orders.set(name, orderId);
    await this.#tell(order({ placedAt, customerId, lines, currency: 'EUR' }, { orderId }));
    return 'ok';
  }

  async refund(_who: string, name: string, points: number, number: number): Promise<Outcome> {
    const orderId = this.#orders.get(name) ?? '';
    const taken = refund({
      ...{ id: `${orderId}${number}`, createdAt: this.#here.now, currency: 'EUR' },
      lines: [{ lineId: '1', quantity: points }],
    });
    await this.#tell({ orderId, snapshot: null, refunds: [taken], paidAt: null });
    return 'ok';
  }

  async adjust(who: string, points: number, allowDebt: boolean, key: string): Promise<Outcome> {
    const adjusted = await adjustPoints(this.#here.world, {
      ...{ shopId: this.#shopId, memberId: await this.#of(who), points, allowDebt },
      ...{ reason: 'trial', note: '', actor: 'trial', requestKey: key, countsForTier: false },
    });
    return adjusted.ok ? 'ok' : outcome(adjusted.refusal);
  }

  async redeem(who: string, name: string, points: number): Promise<Outcome> {
    const redeemed = await redeemPoints(this.#here.world, {
      ...{ shopId: this.#shopId, memberId: await this.#of(who), points },
      ...{ requestKey: name, purpose: 'trial', code: null },
    });
    if (!redeemed.ok) return outcome(redeemed.refusal);
    this.#redemptions.set(name, redeemed.redemption.id);
    return 'ok';
  }

  async capture(name: string): Promise<Outcome> {
    const redemptionId = this.#redemptions.get(name) ?? '';
    const wish = { shopId: this.#shopId, redemptionId, orderId: null };
    const captured = await captureRedemption(this.#here.world, wish);
    return captured.ok ? 'ok' : outcome(captured.refusal);
  }

  async release(name: string): Promise<Outcome> {
    const redemptionId = this.#redemptions.get(name) ?? '';
    const wish = { shopId: this.#shopId, redemptionId };
    const released = await releaseRedemption(this.#here.world, wish);
    return released.ok ? 'ok' : outcome(released.refusal);
  }

  async merge(kept: string, gone: string): Promise<Outcome> {
    const [keptId, goneId] = [await this.#of(kept), await this.#of(gone)];
    const merged = await mergeByHand(this.#here.world, {
      ...{ shopId: this.#shopId, keptId, goneId, reason: 'one person', actor: 'trial' },
    });
    if (!merged.ok) throw new Error(`not merged: ${merged.refusal.kind}`);
    for (const [name, id] of this.#members) if (id === goneId) this.#members.set(name, keptId);
    return 'ok';
  }

  async books(who: string): Promise<string> {
    const id = await this.#of(who);
    return inTransaction(this.#here.world.db(this.#shopId), async (client) => {
      const lots: readonly Lot[] = (await readOpenLots(client, this.#shopId, [id])).get(id) ?? [];
      const { rows } = await client.query<{ available: string; debt: string }>(
        `SELECT available, debt FROM members WHERE shop_id = $1 AND id = $2`,
        [this.#shopId, id],
      );
      const sum = lots.reduce((points, { remaining }) => points + remaining, 0);
      if (Number(rows[0]?.available) !== sum) return `lots of ${sum}, and a balance beside them`;
      return inWords(Number(rows[0]?.debt), lots);
    });
  }

  async #of(who: string): Promise<string> {
    const known = this.#members.get(who);
    if (known !== undefined) return known;
    const customerId = String(7_000_000_000_000 + (customers += 1));
    const at = this.#here.now;
    const customer = { customerId, createdAt: at, updatedAt: at, email: null, name: null };
    await takeInNow(this.#here.world, this.#shopId, [{ kind: 'customer', customer }]);
    const [row] = await this.#here.rows<{ id: string }>(
      `SELECT id FROM members WHERE shop_id = $1 AND customer_id = $2`,
      [this.#shopId, customerId],
    );
    if (!row) throw new Error(`${customerId} is no member`);
    this.#members.set(who, row.id);
    this.#customers.set(who, customerId);
    return row.id;
  }

  async #tell(told: OrderTidings): Promise<void> {
    await takeInNow(this.#here.world, this.#shopId, [{ kind: 'order', order: told }]);
  }
}

function outcome(refusal: { readonly kind: string }): Outcome {
  switch (refusal.kind) {
    case 'owes':
    case 'not-enough':
    case 'released':
    case 'captured':
      return refusal.kind;
    default:
      throw new Error(`refused: ${refusal.kind}`);
  }
}
