/** Lots in the order in which something falls due, so that the next one is found without a look at all of them. */
import type { Lot } from './books.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Due {
  readonly at: Moment;
  /** Of two at one moment the one that stands first among the lots comes first. */
  readonly place: number;
  readonly lot: Lot;
}

/** A binary heap: the soonest is at its top. */
export class DueLine {
  readonly #heap: Due[] = [];

  get first(): Due | null {
    return this.#heap[0] ?? null;
  }

  add(due: Due): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (!parent || !isSooner(due, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = due;
  }

  removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const below = this.#soonerBelow(place);
      const child = heap[below];
      if (!child || !isSooner(child, last)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = last;
  }

  #soonerBelow(place: number): number {
    const left = 2 * place + 1;
    const [one, other] = [this.#heap[left], this.#heap[left + 1]];
    return one && other && isSooner(other, one) ? left + 1 : left;
  }
}

function isSooner(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.place < b.place);
}
