import type pg from 'pg';

/** Runs `work` in one transaction: all of it stands, or none. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: unknown) => {
      broken = rollback instanceof Error ? rollback : new Error(String(rollback));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Deadlock, serialisation failure, lost connection: the same work may succeed when tried again. */
export function isPassing(error: unknown): boolean {
  const code = errorCode(error);
  return (
    code !== null &&
    (/^(40001|40P01|55P03|57P0[123]|53\d{3}|08\d{3}|57014)$/.test(code) ||
      /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT)$/.test(code))
  );
}

export function isOutage(error: unknown): boolean {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : '';
  return (
    (code !== null &&
      /^(57P0[123]|08\d{3}|53\d{3}|ECONN\w+|EPIPE|ENOTFOUND|ETIMEDOUT)$/.test(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
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
