/**
 * A PostgreSQL of our own, for demo, development, tests and benches: made on first use, started on
 * 127.0.0.1 only, stopped cleanly. Production brings its own by DATABASE_URL.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { commandLineOf } from './command-line.ts';
import { endWithUs } from './end-with-us.ts';
import { type PostgresPrograms, postgresPrograms, reachableFolder } from './postgres-programs.ts';

const USER = 'laurel';
const MAJOR_VERSION = '18';
const READY = 'database system is ready to accept connections';
const LAST_LINES = 20;
const SCRATCH = 'laurel-postgres-';

export interface PostgresOptions {
  /** Where the data shall live. See `reachableFolder` for where it lives when root cannot use this. */
  folder: string;
  port: number;
  /** A file that PostgreSQL's messages are appended to. */
  log: string;
  /** false: commits may be lost in a crash of the machine. For tests, which throw the data away. */
  durable: boolean;
  maxConnections?: number;
}

export interface RunningPostgres {
  /** Where the data really lives. */
  folder: string;
  port: number;
  pid: number;
  urlOf: (database: string) => string;
  /** Answers whether the database had to be made. */
  ensureDatabase: (name: string) => Promise<boolean>;
  /** Ends the sessions, writes everything out, and resolves when the process is gone. */
  stop: () => Promise<void>;
  /** Resolves with its last messages when the process ends, whoever ended it. */
  ended: Promise<string>;
}

export async function startPostgres(
  options: PostgresOptions,
  scratch: string[] = [],
): Promise<RunningPostgres> {
  const folder = reachableFolder(options.folder);
  const programs = postgresPrograms(folder);
  mkdirSync(dirname(options.log), { recursive: true });
  if (!existsSync(join(folder, 'PG_VERSION'))) createCluster(programs, folder, options);
  refuseOtherVersion(folder);
  await endOrphanedPostgres(folder);

  const server = spawn(programs.postgres, ['-D', folder, ...settings(options)], {
    ...identity(programs),
    cwd: '/',
    // Its own process group: Ctrl-C in the terminal is for us, who then stop it after its clients.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  });
  if (server.pid === undefined) {
    server.once('error', () => undefined);
    throw new Error(`${programs.postgres} could not be started.`);
  }
  const callOff = endWithUs(server.pid, scratch);
  const ended = await untilReady(server, options.log);
  void ended.promise.then(callOff);
  return running(server, server.pid, folder, options.port, ended);
}

/** A PostgreSQL in a new folder below the temporary folder; stopping it deletes the folder. */
export async function startScratchPostgres(options: {
  port: number;
  durable: boolean;
  log: string;
  maxConnections?: number;
}): Promise<RunningPostgres> {
  await removeAbandonedScratch();
  const above = mkdtempSync(join(tmpdir(), `${SCRATCH}${process.pid}-`));
  chmodSync(above, 0o755);
  const remove = (): void => {
    for (const path of [folderOfScratch(above), above])
      rmSync(path, { recursive: true, force: true });
  };
  try {
    const folder = join(above, 'cluster');
    const postgres = await startPostgres({ ...options, folder }, [folderOfScratch(above), above]);
    return { ...postgres, stop: () => postgres.stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What a killed test run left: its processes end and its folders go, if whoever made them is gone. */
async function removeAbandonedScratch(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(SCRATCH))) {
    const above = join(tmpdir(), name);
    const maker = Number(name.slice(SCRATCH.length).split('-')[0]);
    const uid = statSync(above, { throwIfNoEntry: false })?.uid;
    if (uid !== process.getuid?.() || commandLineOf(maker) !== '') continue;
    const folder = folderOfScratch(above);
    await endOrphanedPostgres(folder);
    for (const path of [folder, above]) rmSync(path, { recursive: true, force: true });
  }
}

function folderOfScratch(above: string): string {
  return reachableFolder(join(above, 'cluster'));
}

function settings(options: PostgresOptions): string[] {
  const values: Record<string, string | number> = {
    port: options.port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.maxConnections ?? 100,
    shared_buffers: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A checkpoint in the middle of a short run costs more than the disk space of its absence.
    ...{ checkpoint_timeout: '15min', max_wal_size: '2GB' },
    // Plans that were made while tables were empty cost much until their first statistics.
    autovacuum_naptime: '10s',
    ...{ wal_compression: 'on', random_page_cost: 1.1 },
    ...(options.durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: 0,
        }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Made beside its place and moved there when whole, so that an interrupted first start leaves nothing. */
function createCluster(programs: PostgresPrograms, folder: string, options: PostgresOptions): void {
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const passwordFile = join(unfinished, 'laurel-password');
  const cluster = join(unfinished, 'cluster');
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  for (const path of [unfinished, passwordFile, cluster]) giveTo(programs, path);
  try {
    execFileSync(
      programs.initdb,
      [
        ...['-D', cluster, '-U', USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...[
          '--encoding=UTF8',
          '--locale=C',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
        ],
        ...(options.durable ? [] : ['--no-sync', '--no-data-checksums']),
      ],
      {
        ...identity(programs),
        cwd: '/',
        stdio: 'pipe',
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      },
    );
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`PostgreSQL could not create its folder ${folder}.\n${said}`, { cause: error });
  }
  renameSync(passwordFile, join(cluster, 'laurel-password'));
  renameSync(cluster, folder);
  rmSync(unfinished, { recursive: true });
}

function giveTo({ account }: PostgresPrograms, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

function identity({ account }: PostgresPrograms): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

function refuseOtherVersion(folder: string): void {
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version === MAJOR_VERSION) return;
  throw new Error(
    `The database in ${folder} was made by PostgreSQL ${version} and this is ${MAJOR_VERSION}. ` +
      'Delete that folder to start with an empty database.',
  );
}

/**
 * A start that was killed leaves its PostgreSQL behind, or only the note of its process id, which may by
 * now be another program's. Only a process that was really started on this folder is stopped.
 */
export async function endOrphanedPostgres(folder: string): Promise<void> {
  const note = join(folder, 'postmaster.pid');
  if (!existsSync(note)) return;
  const pid = Number(readFileSync(note, 'utf8').split('\n')[0]);
  if (!commandLineOf(pid).includes(`-D ${folder} `)) {
    rmSync(note, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 20_000;
  while (commandLineOf(pid) !== '' && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (commandLineOf(pid) !== '') {
    throw new Error(
      `A PostgreSQL of an earlier start (process ${pid}) does not stop. End it first.`,
    );
  }
}

/** Resolves, once PostgreSQL takes connections, with the promise of its end. */
async function untilReady(
  server: ChildProcess,
  log: string,
): Promise<{ promise: Promise<string> }> {
  const last: string[] = [];
  const promise = new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('close', () => resolve(last.join('\n')));
  });
  const stderr = server.stderr;
  if (stderr === null) throw new Error('PostgreSQL was started without a pipe for its messages.');
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: stderr }).on('line', (line) => {
      appendFileSync(log, `${line}\n`);
      last.push(line);
      if (last.length > LAST_LINES) last.shift();
      if (line.includes(READY)) resolve();
    });
  });
  const failed = promise.then((said) => {
    throw new Error(`PostgreSQL did not start.\n${said}`);
  });
  await Promise.race([ready, failed]);
  failed.catch(() => undefined);
  return { promise };
}

function running(
  server: ChildProcess,
  pid: number,
  folder: string,
  port: number,
  ended: { promise: Promise<string> },
): RunningPostgres {
  const password = readFileSync(join(folder, 'laurel-password'), 'utf8');
  const urlOf = (database: string): string =>
    `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
  return {
    folder,
    port,
    pid,
    urlOf,
    ensureDatabase: (name) => ensureDatabase(urlOf('postgres'), name),
    stop: async () => {
      server.kill('SIGINT');
      await ended.promise;
    },
    ended: ended.promise,
  };
}

async function ensureDatabase(adminUrl: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 1) return false;
    await client.query(`create database ${client.escapeIdentifier(name)}`);
    return true;
  } finally {
    await client.end();
  }
}
