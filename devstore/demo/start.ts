/**
 * `npm run demo`: everything that a person needs to try Laurel, on this machine. Prepares, starts
 * PostgreSQL, the local Shopify, web and worker, seeds, and stays until it is told to stop.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type * as SeedModule from '../demo-seed.ts';
import { endOrphanedPostgres, type RunningPostgres, startPostgres } from '../postgres.ts';
import { reachableFolder } from '../postgres-programs.ts';
import { basePort, environment, origin, type Ports, portsFrom } from './addresses.ts';
import { type Child, ChildEnded, root, startChild, untilAnswering } from './child.ts';
import { claimFolder, refuseTakenPorts } from './claim-place.ts';
import { migrate } from './migrate.ts';
import { prepare } from './prepare.ts';
import { clearUnlessReady, type DemoFolders, isReady, markReady } from './ready-shop.ts';
import { shortLine } from './short-line.ts';

/** Another folder lets a second demo, or a test, run from the same clone. */
const data = resolve(root, process.env['LAUREL_DATA_DIR'] ?? '.data');
const logs = join(data, 'logs');

/** What was started, to be stopped in the opposite order. */
const started: { name: string; stop: () => Promise<void> }[] = [];
let stopping: Promise<never> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop(0, '\nStopping …'));
}
process.once('disconnect', () => void stop(0, ''));
process.once('uncaughtException', (error) => void stop(1, `\n${error.stack}\n`));

try {
  await startDemo();
} catch (error) {
  await stop(1, `\n${error instanceof Error ? error.message : String(error)}\n`);
}

async function startDemo(): Promise<void> {
  const begin = Date.now();
  const base = basePort(process.env['LAUREL_PORT']);
  if (typeof base === 'string') throw new Error(base);
  const ports = portsFrom(base);
  const release = claimFolder(data);
  started.push({ name: 'claim', stop: async () => release() });
  const folders = { data, database: databaseFolder(), devstore: join(data, 'devstore') };
  await endOrphanedPostgres(folders.database);
  await refuseTakenPorts(ports);
  if (clearUnlessReady(folders)) {
    say('The last demo here ended before its shop was ready, so it begins anew.');
  }

  const [postgres] = await Promise.all([
    startDatabase(ports.postgres),
    prepare(logs, ['database client', 'pages'], (name) => say(`Making the ${name} …`)),
  ]);
  await postgres.ensureDatabase('laurel');
  const databaseUrl = postgres.urlOf('laurel');
  await migrate(databaseUrl, data);

  const secrets = { databaseUrl, encryptionKeys: encryptionKeys() };
  const env = { ...environment(ports, secrets), DEVSTORE_DATA_DIR: folders.devstore };
  const devstore = start('devstore', ['devstore/server.ts'], env);
  const web = start('web', ['app/server.ts'], env);
  await Promise.all([
    untilAnswering(devstore, origin(ports.control)),
    untilAnswering(web, `${origin(ports.web)}/health`),
  ]);
  start('worker', ['app/worker.server.ts'], env);
  await seedOnce(folders, { ports, ...secrets });
  sayWhere(ports, Date.now() - begin);
}

async function startDatabase(port: number): Promise<RunningPostgres> {
  const begun = startPostgres({
    folder: join(data, 'postgres'),
    port,
    durable: true,
    log: join(logs, 'postgres.log'),
  });
  // Noted before it runs: told to stop meanwhile, we wait for it rather than leave it behind.
  started.push({
    name: 'postgres',
    stop: () =>
      begun.then(
        (it) => it.stop(),
        () => undefined,
      ),
  });
  const postgres = await begun;
  void postgres.ended.then((said) => stop(1, `\nPostgreSQL ended. Its last words:\n${said}\n`));
  return postgres;
}

/**
 * Where PostgreSQL keeps its files. If that is not in .data (root's clone in a place that only root may
 * enter), a note in .data says so, and without the note what lies there belongs to a .data that is gone.
 */
function databaseFolder(): string {
  const wanted = join(data, 'postgres');
  const folder = reachableFolder(wanted);
  const note = join(data, 'postgres-is-elsewhere');
  if (folder === wanted || existsSync(note)) return folder;
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(note, `${folder}\n`);
  say(`PostgreSQL does not run as root, and only root may enter here: its files are in ${folder}.`);
  return folder;
}

function encryptionKeys(): string {
  const file = join(data, 'encryption-keys');
  if (!existsSync(file)) {
    writeFileSync(file, `local:${randomBytes(32).toString('base64')}`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

function start(name: string, command: string[], env: Record<string, string>): Child {
  if (stopping !== undefined) throw new Error('The demo was told to stop.');
  const child = startChild({
    name,
    command,
    env,
    log: join(logs, `${name}.log`),
    onLine: passingOn(name),
  });
  started.push({ name, stop: child.stop });
  void child.ended.then((ending) => stop(1, `\n${new ChildEnded(child, ending).message}\n`));
  return child;
}

async function seedOnce(
  folders: DemoFolders,
  where: Parameters<typeof SeedModule.seedDemo>[0],
): Promise<void> {
  if (isReady(folders)) return;
  say('Installing Laurel in the demo shop …');
  // Not before: it needs the database client, which is made above.
  const { seedDemo } = await import('../demo-seed.ts');
  await seedDemo(where);
  markReady(folders);
}

/** Shows a process' lines; what it says over and over is shown once. */
function passingOn(name: string): (line: string) => void {
  let last = '';
  return (line) => {
    const short = shortLine(line);
    if (short === undefined || short === last) return;
    last = short;
    say(`[${name}] ${short}`);
  };
}

/** Stops what was started, last first, and ends. Whoever comes second waits for the first. */
function stop(code: number, sentence: string): Promise<never> {
  stopping ??= (async () => {
    if (sentence !== '') (code === 0 ? console.log : console.error)(sentence);
    for (const { stop: stopOne } of started.toReversed()) await stopOne();
    process.exit(code);
  })();
  return stopping;
}

function sayWhere(ports: Ports, took: number): void {
  const shown = relative(root, data);
  say(`
Laurel runs (after ${(took / 1000).toFixed(1)} s).

  Admin        ${origin(ports.admin)}       the merchant: open Apps > Laurel, change the programme, publish
  Storefront   ${origin(ports.storefront)}       the shopper: log in as a customer, buy, watch the points
  Control      ${origin(ports.control)}       Shopify's side: refund, edit or cancel an order

Logs are in ${shown}/logs. Everything it knows is in ${shown}: delete that folder to begin anew. Ctrl-C stops it.
`);
}

function say(line: string): void {
  if (stopping === undefined) console.log(line);
}
