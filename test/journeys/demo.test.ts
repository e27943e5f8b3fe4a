/** `npm run demo` as a person meets it: started, stopped, killed, started again. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLineOf } from '../../devstore/command-line.ts';
import { origin, type Ports, portsFrom } from '../../devstore/demo/addresses.ts';
import { refuseTakenPorts } from '../../devstore/demo/claim-place.ts';
import { freePortsFrom } from '../support/ports.ts';

const root = join(import.meta.dirname, '..', '..');
const RUNS = /Laurel runs \(after [\d.]+ s\)/;
const data = mkdtempSync(join(tmpdir(), 'laurel-demo-'));
let base: number;
let ports: Ports;
let demo: Demo | undefined;
/** Written when migrations were applied; each start begins with no logs. */
const migrated = (): string => join(data, 'logs', 'migrations.log');

beforeAll(async () => {
  // Root's PostgreSQL runs as nobody, who must be able to enter.
  chmodSync(data, 0o755);
  base = await freePortsFrom((from) => Object.values(portsFrom(from)));
  ports = portsFrom(base);
});
afterAll(async () => {
  demo?.child.kill('SIGTERM');
  await demo?.ended;
  rmSync(data, { recursive: true, force: true });
});

interface Demo {
  child: ChildProcess;
  said: () => string;
  /** Resolves when it has said what matches, or has ended. */
  untilSaid: (pattern: RegExp) => Promise<string>;
  ended: Promise<number | null>;
}

test('started for the first time, it shows three addresses that answer', async () => {
  demo = startDemo();
  const said = await demo.untilSaid(RUNS);
  expect(said).toMatch(RUNS);
  expect(said).toContain('Installing Laurel in the demo shop');
  expect(existsSync(migrated())).toBe(true);
  for (const port of [ports.admin, ports.storefront, ports.control]) {
    expect(said).toContain(origin(port));
    expect((await fetch(origin(port))).status).toBe(200);
  }
}, 420_000);

test('a second one on the same folder is refused and the first stays', async () => {
  const second = startDemo({ LAUREL_PORT: String(base + 30) });
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain('A demo of this folder is already running');
  expect((await fetch(origin(ports.storefront))).status).toBe(200);
});

test('killed without warning, it leaves nothing running and starts again', async () => {
  const killed = demo ?? startDemo();
  await killed.untilSaid(RUNS);
  const pid = Number(readFileSync(join(data, 'demo.pid'), 'utf8'));
  process.kill(pid, 'SIGKILL');
  await killed.ended;
  await expect.poll(() => refuseTakenPorts(ports)).toBeUndefined();

  demo = startDemo();
  expect(await demo.untilSaid(RUNS)).toMatch(RUNS);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s stops everything, and the next start makes nothing anew',
  async (signal) => {
    const running = demo ?? startDemo();
    await running.untilSaid(RUNS);
    running.child.kill(signal);
    expect(await running.ended).toBe(0);
    await refuseTakenPorts(ports);

    demo = startDemo();
    const said = await demo.untilSaid(RUNS);
    expect(said).toMatch(RUNS);
    // What a first start takes its time for: client and pages, migrations, the shop.
    expect(said).not.toMatch(/Making|Installing/);
    expect(existsSync(migrated())).toBe(false);
  },
);

test('a worker that dies ends the demo with its last words', async () => {
  const running = demo ?? startDemo();
  process.kill(await processOf('app/worker.server.ts', running), 'SIGKILL');
  expect(await running.ended).toBe(1);
  expect(running.said()).toContain('worker ended (SIGKILL). Its last words');
  await refuseTakenPorts(ports);
});

test('a taken port gets a sentence that says what to do, and nothing was started', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(ports.storefront, resolve));
  const refused = startDemo();
  expect(await refused.ended).toBe(1);
  expect(refused.said()).toMatch(
    new RegExp(`Port ${ports.storefront}, .* LAUREL_PORT=\\d+ npm run demo`),
  );
  await new Promise((resolve) => other.close(resolve));
  await refuseTakenPorts(ports);
});

function startDemo(env: Record<string, string> = {}): Demo {
  const child = spawn(process.execPath, ['devstore/demo.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LAUREL_PORT: String(base), LAUREL_DATA_DIR: data, ...env },
  });
  let said = '';
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      for (const listener of heard) listener();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const untilSaid = async (pattern: RegExp): Promise<string> => {
    const matched = new Promise<void>((resolve) => {
      const listener = (): void => {
        if (pattern.test(said)) resolve();
      };
      heard.add(listener);
      listener();
    });
    await Promise.race([matched, ended]);
    return said;
  };
  return { child, said: () => said, untilSaid, ended };
}

/** The demo's own child that runs `entry`. */
async function processOf(entry: string, running: Demo): Promise<number> {
  await running.untilSaid(RUNS);
  const pid = readFileSync(join(data, 'demo.pid'), 'utf8');
  const children =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      : execFileSync('pgrep', ['-P', pid], { encoding: 'utf8' });
  const found = children.trim().split(/\s+/).map(Number);
  const worker = found.find((child) => commandLineOf(child).includes(entry));
  if (worker === undefined) throw new Error(`No child of the demo runs ${entry}.`);
  return worker;
}
