/**
 * A migration waits for the locks of others, and whoever comes after it waits behind it: so it gives up
 * after a second, lets them pass, and comes again. A migration is one script, which PostgreSQL applies
 * whole or not at all, so giving up leaves nothing behind.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const LOCK_TIMEOUT_MS = 1_000;
/** Ten minutes of a table that nobody lets go. */
const MOST_TRIES = 300;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

export async function applyPatiently(
  url: string,
  script: string,
  mostTries = MOST_TRIES,
): Promise<void> {
  // What is built beside its table keeps nobody waiting, and would leave something behind.
  const waits = /\bCONCURRENTLY\b/i.test(script);
  for (let tries = 1; ; tries += 1) {
    const client = new pg.Client({ connectionString: url, application_name: 'laurel-migrate' });
    await client.connect();
    try {
      if (!waits) await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await client.query(script);
      return;
    } catch (error) {
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      const isInTheWay = code === LOCK_NOT_AVAILABLE || code === DEADLOCK;
      if (!isInTheWay || tries >= mostTries) throw error;
    } finally {
      await client.end();
    }
    await sleep(LOCK_TIMEOUT_MS);
  }
}
