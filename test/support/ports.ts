import { createServer } from 'node:net';

/** A port on 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('This machine has no free port.');
  return port;
}

/** A base from which all ports that `portsOf` derives are free now. */
export async function freePortsFrom(portsOf: (base: number) => number[]): Promise<number> {
  for (;;) {
    const base = Math.min(await freePort(), 65_000);
    const found = await Promise.all(portsOf(base).map(listenOnce));
    if (found.every((port) => port !== undefined)) return base;
  }
}

/** The port that it could listen on for a moment, undefined if another listens there. */
async function listenOnce(port: number): Promise<number | undefined> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      const found = address === null || typeof address === 'string' ? undefined : address.port;
      probe.close(() => resolve(found));
    });
  });
}
