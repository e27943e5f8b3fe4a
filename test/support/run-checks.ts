/**
 * Runs every check, shows what the failed ones said, and ends with the sum. A test counts as one; so does
 * a check that is no test, and a test run that broke without saying which test it was.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from '../../devstore/demo/prepare.ts';
import { type Count, countOf, type Report } from './count-tests.ts';
import { chromium, NoChromium } from './chromium.ts';

const root = join(import.meta.dirname, '..', '..');
const artifacts = join(root, 'test', 'artifacts');
const bin = (name: string): string => join('node_modules', name);

interface Check {
  name: string;
  command: string[];
  env?: Record<string, string>;
  /** Where a test run writes what became of each test. */
  report?: string;
}

const checks = {
  format: { name: 'format', command: [bin('prettier/bin/prettier.cjs'), '--check', '.'] },
  lint: { name: 'lint', command: [bin('eslint/bin/eslint.js'), '.'] },
  types: { name: 'types', command: [bin('typescript7/bin/tsc'), '--noEmit'] },
  unit: testRun('unit'),
  integration: testRun('integration'),
  browser: testRun('browser'),
} satisfies Record<string, Check>;

const sum: Count = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const running = new Set<() => void>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopAll);
process.once('disconnect', stopAll);

mkdirSync(artifacts, { recursive: true });
await prepare(artifacts, ['database client'], (name) => console.log(`Making the ${name} …`));
const withBrowser = process.argv.includes('--with-browser');
// Installing it waits for the network, and nothing waits for it until the end.
const browser = withBrowser ? findBrowser() : undefined;
// Two at a time, because two cores are what we have. The linter takes as long as all the others of these.
await Promise.all([
  run(checks.lint),
  run(checks.types)
    .then(() => run(checks.format))
    .then(build)
    .then(() => run(checks.unit)),
]);
await run(checks.integration);
if (browser) await runBrowserTests(await browser);

if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}.`);
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exit(sum.failed > 0 ? 1 : 0);

function testRun(project: string): Check & { report: string } {
  const report = join(artifacts, `${project}.json`);
  return {
    name: project,
    report,
    command: [
      ...[bin('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default'],
      ...['--reporter=json', `--outputFile.json=${report}`],
    ],
  };
}

/** As demo and browser tests would do it: they find the pages made, and do not make them again. */
async function build(): Promise<void> {
  const begin = Date.now();
  const fault = await prepare(artifacts, ['pages'], () => undefined).then(() => '', String);
  conclude('build', countOf(fault === '', undefined), Date.now() - begin, fault);
}

/** The path of a Chromium, or why there is none. */
function findBrowser(): Promise<string | NoChromium> {
  return chromium((sentence) => console.log(sentence)).catch((error: unknown) => {
    if (error instanceof NoChromium) return error;
    throw error;
  });
}

async function runBrowserTests(found: string | NoChromium): Promise<void> {
  if (typeof found === 'string') await run({ ...checks.browser, env: { CHROMIUM_PATH: found } });
  else conclude('browser', { passed: 0, failed: 1, skipped: 0 }, 0, found.message);
}

async function run(check: Check): Promise<void> {
  if (check.report !== undefined) rmSync(check.report, { force: true });
  const begin = Date.now();
  const { ok, said } = await execute(check);
  writeFileSync(join(artifacts, `${check.name}.log`), said);
  conclude(check.name, countOf(ok, readReport(check)), Date.now() - begin, said);
}

function conclude(name: string, count: Count, took: number, said: string): void {
  sum.passed += count.passed;
  sum.failed += count.failed;
  sum.skipped += count.skipped;
  const seconds = `${(took / 1000).toFixed(0)} s`;
  if (count.failed === 0) {
    console.log(`✓ ${name}: ${count.passed} passed (${seconds})`);
    return;
  }
  failures.push(name);
  console.log(`✗ ${name}: ${count.passed} passed, ${count.failed} failed (${seconds})\n${said}`);
}

function execute(check: Check): Promise<{ ok: boolean; said: string }> {
  const child = spawn(process.execPath, check.command, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...check.env },
  });
  const stop = (): boolean => child.kill('SIGTERM');
  running.add(stop);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(stop);
      resolve({ ok: code === 0, said });
    });
  });
}

function readReport({ report }: Check): Report | undefined {
  if (report === undefined || !existsSync(report)) return undefined;
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

function stopAll(): void {
  for (const stop of running) stop();
  console.log('\nStopped.');
  process.exit(130);
}
