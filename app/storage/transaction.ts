import type pg from 'pg';

const TRANSACTION_IS_OVER = '25P02';

export interface Opening {
  /**
   * The first statements, up to the first answer that is waited for, write nothing: they are sent with BEGIN,
   * which costs no waiting of its own. Where BEGIN fails the connection ends before anything else is sent.
   */
  readonly reads?: boolean;
}

/** Runs `work` in one transaction: all of it stands, or none. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  { reads = false }: Opening = {},
): Promise<T> {
  return onConnection(pool, async (client) => {
    const begun = client.query(BEGIN);
    if (!reads) await begun;
    begun.catch(() => void client.end().catch(() => undefined));
    const [, result] = await together([begun, work(client)]);
    await client.query(COMMIT);
    return result;
  });
}

/**
 * Statements that need no answers, neither each other's nor to know whether to go on: the whole transaction is
 * sent at once. Where one fails PostgreSQL refuses those after it, and undoes those before instead of committing.
 */
export async function atOnce(
  pool: pg.Pool,
  statements: (client: pg.PoolClient) => readonly Promise<unknown>[],
): Promise<void> {
  await onConnection(pool, async (client) => {
    const begun = client.query(BEGIN);
    await together([begun, ...statements(client), client.query(COMMIT)]);
  });
}

const BEGIN = { name: 'begin', text: 'BEGIN' };
const COMMIT = { name: 'commit', text: 'COMMIT' };

/**
 * From here to the end of the transaction PostgreSQL chooses its ways for any shop, not for this one. Of a shop
 * that came after the tables were last looked at it believes that there is nothing in it, so that reading all of it
 * seems as good as a key; what is asked for by keys alone never needs such a choice. Nobody waits for the answer.
 */
export function planByKeys(client: pg.PoolClient): void {
  const said = client.query(PLAN_BY_KEYS);
  // Where it fails, so does whatever was sent after it.
  said.catch(() => undefined);
}

const PLAN_BY_KEYS = {
  name: 'plan-by-keys',
  text: 'SET LOCAL plan_cache_mode = force_generic_plan',
};

async function onConnection<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const note = (error: Error): void => {
    broken = error;
  };
  // A connection that breaks between two statements says so by an event, which nobody hearing it ends the process.
  client.on('error', note);
  try {
    return await work(client);
  } catch (error) {
    if (isOutdated(error)) broken = error;
    await client.query('ROLLBACK').catch((rollback: unknown) => {
      broken = rollback instanceof Error ? rollback : new Error(String(rollback));
    });
    throw error;
  } finally {
    client.off('error', note);
    client.release(broken);
  }
}

/**
 * Statements of one transaction that do not need each other's answers: sent at once, carried out in
 * their order. All of them are waited for, also where one fails, so that none is sent after the end of its
 * transaction.
 */
export async function together<const T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(work);
  const faults = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  // The one that failed first; those after it only say that the transaction is over.
  const [fault] = [...faults.filter((one) => errorCode(one) !== TRANSACTION_IS_OVER), ...faults];
  if (fault) throw fault;
  return Promise.all(work);
}

/** Reads as of one moment, whatever others write meanwhile. Writing in it is refused. */
export async function inSnapshot<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    return work(client);
  });
}

/** The same work may succeed when tried again. */
export function isPassing(error: unknown): boolean {
  return isOutage(error) || isContention(error) || errorCode(error) === '57014';
}

/** Somebody else was first; nothing of this transaction may stand. */
export class MetOthers extends Error {
  override name = 'MetOthers';
  readonly code = '40001';
}

/**
 * Deadlock, serialisation failure, lock not available: others were at the same rows. Or at the schema:
 * another connection prepares the statement anew.
 */
export function isContention(error: unknown): boolean {
  return /^(40001|40P01|55P03)$/.test(errorCode(error) ?? '') || isOutdated(error);
}

/**
 * A migration changed the type of what a prepared statement answers. PostgreSQL refuses it for as long as
 * the connection lives.
 */
function isOutdated(error: unknown): error is Error {
  return (
    error instanceof Error &&
    errorCode(error) === '0A000' &&
    error.message.includes('cached plan must not change result type')
  );
}

/** Somebody else's row has the key already. */
export function isUniqueViolation(error: unknown): boolean {
  return errorCode(error) === '23505';
}

/** The database is out of reach, or has no room: nothing is wrong with the work. */
export function isOutage(error: unknown): boolean {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : '';
  return (
    (code !== null &&
      /^(57P0[123]|08\d{3}|53\d{3}|ECONN\w+|EPIPE|ENOTFOUND|ETIMEDOUT)$/.test(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error/.test(
      message,
    )
  );
}

function errorCode(error: unknown): string | null {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : null;
}
