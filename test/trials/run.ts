/**
 * `npm run trials`: every trial at its full size, and a table of their figures at the end, which is kept
 * in test/artifacts/trials.json. With names, only those files: `npm run trials -- model storm`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../../devstore/demo/prepare.ts';
import { FIGURES } from './trial.ts';
import type { TrialOutcome } from './trial.ts';

const names = process.argv.slice(2);
const files = names.length === 0 ? ['test/trials'] : names.map((name) => `test/trials/${name}`);
const started = Date.now();
rmSync(FIGURES, { recursive: true, force: true });
const artifacts = join(FIGURES, '..');
mkdirSync(artifacts, { recursive: true });
await prepare(artifacts, ['database client'], () => undefined);
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'integration', ...files],
  { stdio: 'inherit', env: { ...process.env, LAUREL_TRIALS: 'full' } },
);

const outcomes = found().sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
for (const { name, passed, figures } of outcomes) {
  const said = Object.entries(figures).map(([key, figure]) => `${key} ${figure}`);
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name}: ${said.join(', ')}\n`);
}
const minutes = Math.round((Date.now() - started) / 6_000) / 10;
process.stdout.write(`${outcomes.length} trials in ${minutes} minutes\n`);
const report = {
  at: new Date(started).toISOString(),
  processors: cpus().length,
  minutes,
  outcomes,
};
writeFileSync(join(artifacts, 'trials.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = status ?? 1;

function found(): TrialOutcome[] {
  try {
    return readdirSync(FIGURES).map(
      (file) => JSON.parse(readFileSync(join(FIGURES, file), 'utf8')) as TrialOutcome,
    );
  } catch {
    return [];
  }
}
