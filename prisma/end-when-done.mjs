/**
 * Loaded into Prisma's process. `migrate deploy` takes a lock, waits ten seconds for it at most, and never
 * clears that timer, so a deploy of 0.2 s ended after ten more. The connection keeps the process alive as
 * long as there is something to wait for.
 */
const LOCK_TIMEOUT = 10_000;
const start = globalThis.setTimeout;

globalThis.setTimeout = (callback, delay, ...rest) => {
  const timer = start(callback, delay, ...rest);
  return delay === LOCK_TIMEOUT ? timer.unref() : timer;
};
