/**
 * `npm run mutation`: changes code of app/domain (Stryker) and counts which changes no pure test notices.
 * All changes are some 25,000, which take days. So these are the ones on random lines, the same for the
 * same seed: `npm run mutation -- --lines 400 --seed 7`. With names, those of whole files or folders:
 * `npm run mutation -- 'app/domain/games/*.ts'`.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

/** In percent of the changes that a test can reach: what is evaluated as a module is loaded is left out. */
const AIM = 85;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lines: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const isSample = positionals.length === 0;
const mutate = isSample ? randomLines(Number(values.lines), values.seed) : positionals;
tell(await new Stryker({ mutate: [...mutate] }).runMutationTest());

/** Changes that go over several lines are left out: tests notice those first. */
function randomLines(count: number, seed: string): readonly string[] {
  if (!Number.isInteger(count) || count < 1) throw new Error('--lines is a number from 1 on.');
  const drawn = (line: string): string =>
    createHash('sha256').update(`${seed} ${line}`).digest('hex');
  return globSync('app/domain/**/*.ts')
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((_text, index) => `${file}:${index + 1}-${index + 1}`),
    )
    .map((line) => [drawn(line), line] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([, line]) => line);
}

function tell(changes: readonly { readonly status: string }[]): void {
  const many = (...statuses: readonly string[]): number =>
    changes.filter(({ status }) => statuses.includes(status)).length;
  const noticed = many('Killed', 'Timeout');
  const [survived, unreached] = [many('Survived'), many('NoCoverage')];
  const all = noticed + survived + unreached;
  if (all === 0) throw new Error('There is nothing to change on these lines.');
  const score = (100 * noticed) / all;
  // Of 100 samples, 95 are no farther from what all changes would come to.
  const margin = isSample ? 1.96 * Math.sqrt((score * (100 - score)) / all) : 0;
  const sampled = isSample ? ` ± ${margin.toFixed(1)} (seed ${values.seed})` : '';
  process.stdout.write(
    `${all} changes: ${noticed} noticed, ${survived} survived, ${unreached} reached by no test; ` +
      `${many('Ignored')} left out. ${score.toFixed(1)} %${sampled}, of at least ${AIM} %.\n`,
  );
  if (score + margin < AIM) process.exitCode = 1;
}
