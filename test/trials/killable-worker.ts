/** The real worker as a process of its own, to be killed in the middle of whatever it does. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WORKER_POOL } from '../../app/db.server.ts';

/** @param now what its clock says when it begins */
export function startWorker(
  env: Readonly<Record<string, string>>,
  now: number,
  file: 'worker-of-trial.ts' | 'season-of-trial.ts' = 'worker-of-trial.ts',
): ChildProcess {
  return spawn(process.execPath, [`test/trials/${file}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env, TRIAL_NOW: String(now) },
  });
}

export async function killWorker(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

type Query = (sql: string, values: unknown[]) => Promise<readonly unknown[]>;

/** A process takes its time to start, and a busy machine takes more of it. */
export async function untilWorkerIsUp(query: Query, child: ChildProcess): Promise<void> {
  while ((await backends(query)) === 0) {
    if (child.exitCode !== null) throw new Error(`The worker ended with ${child.exitCode}.`);
    await sleep(5);
  }
}

/** A killed worker's backend ends its statement, holding its locks, before it notices that nobody is there. */
export async function untilWorkersAreGone(query: Query): Promise<void> {
  while ((await backends(query)) > 0) await sleep(5);
}

async function backends(query: Query): Promise<number> {
  const found = await query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1`,
    [WORKER_POOL.applicationName],
  );
  return found.length;
}
