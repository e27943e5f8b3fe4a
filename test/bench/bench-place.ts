/** Where the bench runs: a PostgreSQL with durable commits, Laurel's database and the bare one, and processes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startBenchChild } from './bench-child.ts';
import type { BenchChild } from './bench-child.ts';
import { BARE_TABLES } from './bare-tables.ts';
import { processorMs } from './proc.ts';
import { readConfig } from '../../app/config.server.ts';
import { WORKER_POOL } from '../../app/db.server.ts';
import { makeWorld } from '../../app/world.ts';
import type { World } from '../../app/world.ts';
import { prepare } from '../../devstore/demo/prepare.ts';
import { startScratchPostgres } from '../../devstore/postgres.ts';
import { applyMigrations } from '../support/apply-migrations.ts';
import { freePort } from '../support/ports.ts';

export const artifacts: string = join(import.meta.dirname, '..', 'artifacts');
export const SECRET = 'the-secret-of-the-bench';

export interface BenchPlace {
  readonly world: World;
  readonly bareUrl: string;
  /** Starts a file as a process of Laurel's environment; `as` names the npm script whose Node options it gets. */
  readonly start: (
    file: string,
    options?: { readonly env?: Record<string, string>; readonly as?: 'web' | 'worker' },
  ) => BenchChild;
  /** Runs `work` and counts the processor time of these processes and of PostgreSQL. */
  readonly counted: <T>(
    children: readonly BenchChild[],
    work: () => Promise<T>,
  ) => Promise<T & { readonly processorMs: number }>;
  readonly close: () => Promise<void>;
}

/** @param pages whether the web process will be started, which needs them */
export async function openPlace({ pages }: { readonly pages: boolean }): Promise<BenchPlace> {
  if (pages) await prepare(artifacts, ['pages'], (name) => say(`making the ${name} …`));
  const postgres = await startScratchPostgres({
    port: await freePort(),
    durable: true,
    log: join(artifacts, 'bench-postgres.log'),
  });
  const children: BenchChild[] = [];
  let world: World | undefined;
  const close = async (): Promise<void> => {
    for (const child of children) await child.stop();
    await world?.close();
    await postgres.stop();
  };
  try {
    for (const name of ['laurel_bench', 'bare_bench']) await postgres.ensureDatabase(name);
    const [oursUrl, bareUrl] = [postgres.urlOf('laurel_bench'), postgres.urlOf('bare_bench')];
    await withClient(oursUrl, applyMigrations);
    await withClient(bareUrl, async (client) => void (await client.query(BARE_TABLES)));
    const env = environment(oursUrl);
    world = makeWorld(readConfig(env), WORKER_POOL);
    return {
      world,
      bareUrl,
      start: (file, options = {}) => {
        const nodeOptions = [...profiling(file), ...(options.as ? optionsOf(options.as) : [])];
        const child = startBenchChild(file, { ...env, ...options.env }, nodeOptions);
        children.push(child);
        return child;
      },
      counted: async (counting, work) => {
        const pids = [postgres.pid, ...counting.map(({ pid }) => pid)];
        const before = processorMs(pids);
        const answer = await work();
        return { ...answer, processorMs: processorMs(pids) - before };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function environment(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: 'bench',
    SHOPIFY_API_SECRET: SECRET,
    SHOPIFY_APP_URL: 'http://localhost',
    LAUREL_ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}`,
    LOG_LEVEL: 'warn',
  };
}

/** A connection without time-outs: what prepares a bench or looks at its end may take long. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The options of Node in an npm script such as "node --option app/server.ts". */
function optionsOf(script: string): string[] {
  const manifest = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
  ) as { scripts: Record<string, string> };
  return (manifest.scripts[script] ?? '').split(' ').filter((part) => part.startsWith('--'));
}

/** --profile=app/server.ts writes a CPU profile of that process to test/artifacts. */
function profiling(file: string): string[] {
  return process.argv.includes(`--profile=${file}`)
    ? ['--cpu-prof', `--cpu-prof-dir=${artifacts}`]
    : [];
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
