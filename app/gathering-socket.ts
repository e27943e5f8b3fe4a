/**
 * A connection's socket that sends what was written in one turn of the event loop in one piece: each
 * statement would otherwise be a call of the system of its own, and those cost more than the statements.
 */
import { Socket } from 'node:net';

export class GatheringSocket extends Socket {
  #isGathering = false;

  override uncork(): void {
    if (this.#isGathering) {
      super.uncork();
      return;
    }
    this.#isGathering = true;
    process.nextTick(() => {
      this.#isGathering = false;
      super.uncork();
    });
  }
}
