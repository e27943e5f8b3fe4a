/**
 * Carries deliveries to the app as Shopify does: at least once, in no promised order, five seconds
 * for an answer, eight retries over four hours. The knobs make it as bad as Shopify can be.
 */
import type { Delivery, DeliveryState } from './delivery.ts';
import type { Knobs } from './knobs.ts';
import { KnobBoard } from './knobs.ts';

/** Waits before the eight retries, in minutes: four hours together. */
const retryMinutes = [1, 2, 4, 8, 15, 30, 60, 120];

const logSize = 2_000;

export type CourierOptions = {
  /** Multiplies the waits before retries: 1 is Shopify's pace. */
  timeScale?: number | undefined;
  timeoutMs?: number | undefined;
  concurrency?: number | undefined;
  /** From 0 up to 1; decides drops, duplicates and shuffles. */
  chance?: (() => number) | undefined;
};

export type ReleaseOrder = 'oldest' | 'reverse' | 'shuffle';

export class Courier {
  timeScale: number;
  readonly knobs = new KnobBoard();
  readonly #timeoutMs: number;
  readonly #concurrency: number;
  readonly #chance: () => number;
  readonly #log = new Map<string, Delivery>();
  readonly #queue: { delivery: Delivery; extra: boolean }[] = [];
  readonly #shuffling = new Map<string, Delivery[]>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stop = new AbortController();
  readonly #waiters = new Set<() => void>();
  #held: Delivery[] | null = null;
  #inFlight = 0;
  /** Sends that a delay, a shuffle or a release still owes; retries are not among them. */
  #owed = 0;
  #retries = 0;

  constructor(options: CourierOptions = {}) {
    this.timeScale = options.timeScale ?? 1;
    this.#timeoutMs = options.timeoutMs ?? 5_000;
    this.#concurrency = options.concurrency ?? 8;
    this.#chance = options.chance ?? Math.random;
  }

  take(delivery: Delivery): void {
    this.#remember(delivery);
    if (this.#held) {
      delivery.state = 'held';
      this.#held.push(delivery);
      return;
    }
    const knobs = this.knobs.of(delivery.shop);
    if (this.#chance() < knobs.drop) {
      delivery.state = 'dropped';
      return;
    }
    if (knobs.reorderMs > 0) this.#shuffle(delivery, knobs);
    else this.#later(knobs.delayMs, () => this.#sendWithCopies(delivery, knobs));
  }

  /** From now on nothing is sent, only kept. */
  holdAll(): void {
    this.#held ??= [];
  }

  get holding(): boolean {
    return this.#held !== null;
  }

  /** Sends what was held, one after the other in that order, and sends normally from then on. */
  async releaseAll(order: ReleaseOrder = 'oldest'): Promise<number> {
    const held = this.#held ?? [];
    this.#held = null;
    const sequence = order === 'reverse' ? held.toReversed() : [...held];
    if (order === 'shuffle') this.#mix(sequence);
    await this.#sendInTurn(sequence);
    return sequence.length;
  }

  /** Sends a delivery of the log once more, whatever became of it. */
  async redeliver(id: string): Promise<Delivery | undefined> {
    const delivery = this.#log.get(id);
    if (delivery) await this.#attempt(delivery, true);
    return delivery;
  }

  /** Newest first. */
  log(filter: { shop?: string | undefined; topic?: string | undefined } = {}): Delivery[] {
    const all = [...this.#log.values()].reverse();
    return all.filter(
      (one) =>
        (filter.shop === undefined || one.shop === filter.shop) &&
        (filter.topic === undefined || one.topic === filter.topic),
    );
  }

  find(id: string): Delivery | undefined {
    return this.#log.get(id);
  }

  /** Resolves when every first send (and with `retries` every retry too) has been answered. Held ones do not count. */
  async settled(options: { retries?: boolean } = {}): Promise<void> {
    while (this.#busy(options.retries ?? false)) {
      await new Promise<void>((resolve) => this.#waiters.add(resolve));
    }
  }

  /** What would be lost by stopping now; `restore` takes it up again. */
  unfinished(): Delivery[] {
    return [...this.#log.values()].filter((one) => unfinishedStates.has(one.state));
  }

  /** The app may listen elsewhere by now: `appUrl` takes the place of its old origin. */
  restore(deliveries: readonly Delivery[], appUrl: string): void {
    for (const delivery of deliveries) {
      delivery.url = new URL(new URL(delivery.url).pathname, appUrl).href;
      delivery.state = 'waiting';
      this.#remember(delivery);
      this.#enqueue(delivery, false);
    }
  }

  close(): void {
    this.#stop.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#queue.length = 0;
    this.#owed = 0;
    this.#retries = 0;
    this.#wake();
  }

  #busy(retries: boolean): boolean {
    const sending = this.#inFlight + this.#queue.length + this.#owed > 0;
    return sending || (retries && this.#retries > 0);
  }

  #shuffle(delivery: Delivery, knobs: Knobs): void {
    const waiting = this.#shuffling.get(delivery.shop);
    if (waiting) {
      waiting.push(delivery);
      return;
    }
    const batch = [delivery];
    this.#shuffling.set(delivery.shop, batch);
    this.#later(knobs.delayMs + knobs.reorderMs, () => {
      this.#shuffling.delete(delivery.shop);
      this.#mix(batch);
      // Rejects as little as its attempts do.
      void this.#sendInTurn(batch);
    });
  }

  /** Side by side they would overtake each other, and the order would be chance's. */
  async #sendInTurn(deliveries: readonly Delivery[]): Promise<void> {
    this.#owed += 1;
    for (const delivery of deliveries) {
      const { duplicate, copies } = this.knobs.of(delivery.shop);
      await this.#attempt(delivery, false);
      if (this.#chance() >= duplicate) continue;
      for (let copy = 0; copy < copies; copy += 1) await this.#attempt(delivery, true);
    }
    this.#owed -= 1;
    this.#wake();
  }

  #sendWithCopies(delivery: Delivery, knobs: Knobs): void {
    this.#enqueue(delivery, false);
    if (this.#chance() >= knobs.duplicate) return;
    for (let copy = 0; copy < knobs.copies; copy += 1) this.#enqueue(delivery, true);
  }

  #later(milliseconds: number, run: () => void): void {
    if (milliseconds === 0) {
      run();
      return;
    }
    this.#owed += 1;
    this.#timer(milliseconds, () => {
      this.#owed -= 1;
      run();
    });
  }

  #timer(milliseconds: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
      this.#wake();
    }, milliseconds);
    this.#timers.add(timer);
  }

  #enqueue(delivery: Delivery, extra: boolean): void {
    this.#queue.push({ delivery, extra });
    this.#drain();
  }

  #drain(): void {
    while (this.#inFlight < this.#concurrency) {
      const next = this.#queue.shift();
      if (!next) return;
      // #attempt never rejects: what goes wrong on the way is what it writes down.
      void this.#attempt(next.delivery, next.extra);
    }
  }

  async #attempt(delivery: Delivery, extra: boolean): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#inFlight += 1;
    const started = performance.now();
    let status: number | null = null;
    let error: string | null = null;
    try {
      const answer = await fetch(delivery.url, {
        method: 'POST',
        headers: delivery.headers,
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#timeoutMs)]),
      });
      status = answer.status;
      await answer.body?.cancel();
    } catch (problem) {
      error = reasonOf(problem);
    }
    this.#inFlight -= 1;
    if (!this.#stop.signal.aborted) {
      const milliseconds = Math.round(performance.now() - started);
      const at = new Date().toISOString();
      delivery.attempts.push({ at, status, milliseconds, error, extra });
      this.#conclude(delivery, status !== null && status >= 200 && status < 300, extra);
    }
    this.#drain();
    this.#wake();
  }

  #conclude(delivery: Delivery, accepted: boolean, extra: boolean): void {
    if (accepted) {
      delivery.state = 'delivered';
      return;
    }
    if (extra || delivery.state === 'delivered') return;
    const wait = retryMinutes[delivery.attempts.filter((one) => !one.extra).length - 1];
    if (wait === undefined) {
      delivery.state = 'failed';
      return;
    }
    delivery.state = 'retrying';
    this.#retries += 1;
    this.#timer(wait * 60_000 * this.timeScale, () => {
      this.#retries -= 1;
      this.#enqueue(delivery, false);
    });
  }

  #mix(deliveries: Delivery[]): void {
    for (let last = deliveries.length - 1; last > 0; last -= 1) {
      const other = Math.floor(this.#chance() * (last + 1));
      const [a, b] = [deliveries[last], deliveries[other]];
      if (a && b) [deliveries[last], deliveries[other]] = [b, a];
    }
  }

  #remember(delivery: Delivery): void {
    this.#log.set(delivery.id, delivery);
    if (this.#log.size <= logSize) return;
    for (const [id, old] of this.#log) {
      if (unfinishedStates.has(old.state)) continue;
      this.#log.delete(id);
      return;
    }
  }

  #wake(): void {
    for (const resolve of this.#waiters) resolve();
    this.#waiters.clear();
  }
}

const unfinishedStates = new Set<DeliveryState>(['waiting', 'held', 'retrying']);

function reasonOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  if (problem.name === 'TimeoutError') return 'no answer in time';
  const cause = problem.cause instanceof Error ? problem.cause : problem;
  return 'code' in cause ? String(cause.code) : cause.message;
}
