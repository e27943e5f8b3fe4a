import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to whoever calls somebody: one of those may be free now and be the end
 * of another's connection a moment later. And above those that browsers refuse to talk to.
 */
const [FIRST, LAST] = [11_000, 30_000];

/** A port on 127.0.0.1 that nobody listens on now. */
export function freePort(): Promise<number> {
  return freePortsFrom((base) => [base]);
}

/** A base from which all ports that `portsOf` derives are free now. */
export async function freePortsFrom(portsOf: (base: number) => number[]): Promise<number> {
  for (;;) {
    const base = randomInt(FIRST, LAST);
    const free = await Promise.all(portsOf(base).map(isFree));
    if (free.every(Boolean)) return base;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
