/**
 * npm run bench:ingest [-- --quick] [-- --only=storing|awarding]: how fast deliveries are stored and
 * turned into points, beside the least that could do either honestly, on the same PostgreSQL with
 * durable commits. Rounds alternate and only ratios within a run say something, because machines are
 * shared; processor time a piece says the same with less noise. Anything lost, doubled or out of
 * balance ends the bench with an error.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { artifacts, openPlace, say } from './bench-place.ts';
import { median, ratioOf, sayTable } from './bench-table.ts';
import type { Rate, Row } from './bench-table.ts';
import { CONNECTIONS, measureAwarding } from './measure-awarding.ts';
import type { AwardingFigures } from './measure-awarding.ts';
import { HTTP_CONNECTIONS, measureStoring } from './measure-storing.ts';
import type { StoringFigures } from './measure-storing.ts';

const AIMS = { storing: 1, awarding: 0.4, megabytes: 300 };

const full = {
  ...{ storeRounds: 5, storeSeconds: 4 },
  ...{ awardRounds: 3, transferSeconds: 4, orders: 8_000, members: 2_500 },
};
const quick: typeof full = {
  ...{ storeRounds: 2, storeSeconds: 2 },
  ...{ awardRounds: 1, transferSeconds: 2, orders: 3_000, members: 1_000 },
};

await main(process.argv.includes('--quick') ? quick : full);

async function main(size: typeof full): Promise<void> {
  const only = process.argv.find((part) => part.startsWith('--only='))?.slice('--only='.length);
  const place = await openPlace({ pages: only !== 'awarding' });
  try {
    const storing = only === 'awarding' ? null : await measureStoring(place, size);
    const awarding = only === 'storing' ? null : await measureAwarding(place, size);
    const rows = [
      ...(storing ? storingRows(storing) : []),
      ...(awarding ? awardingRows(awarding) : []),
    ];
    sayTable([['', 'Laurel', 'bare', 'ratio', 'aim', ''], ...rows], 36);
    if (storing) say('Every delivery that was acknowledged is stored.');
    if (awarding) {
      say('All deliveries are done, every order was awarded once, all books balance.');
    }
    const machine = { processors: cpus().length, node: process.version };
    writeFileSync(
      join(artifacts, 'bench-ingest.json'),
      JSON.stringify({ machine, size, table: rows, storing, awarding }, null, 2),
    );
  } finally {
    await place.close();
  }
}

function storingRows({ laurel, bare, webMegabytes }: StoringFigures): Row[] {
  const each = ({ processorMs, stored }: (typeof laurel)[number]): number =>
    (processorMs * 1000) / stored;
  return [
    compared(`stored a second, ${HTTP_CONNECTIONS} connections`, laurel, bare, AIMS.storing),
    ['  99th percentile, ms', ...pair(laurel, bare, ({ p99Ms }) => p99Ms)],
    ['  processor time each, µs', ...pair(laurel, bare, each)],
    memory('peak memory of web, MB', webMegabytes),
  ];
}

function awardingRows({ laurel, withDuplicates, bare, workerMegabytes }: AwardingFigures): Row[] {
  const each = ({ processorMs, done }: { processorMs: number; done: number }): number =>
    (processorMs * 1000) / done;
  return [
    compared(`awarded a second, ${CONNECTIONS} connections`, laurel, bare, AIMS.awarding),
    compared('  with 20 % duplicates', withDuplicates, bare, AIMS.awarding),
    [
      '  processor time each, µs',
      ...pair(
        laurel.map((round) => ({ ...round, done: round.finished })),
        bare.map((round) => ({ ...round, done: round.transfers })),
        each,
      ),
    ],
    memory('peak memory of worker, MB', workerMegabytes),
  ];
}

function compared(what: string, ours: readonly Rate[], bare: readonly Rate[], aim: number): Row {
  const ratio = ratioOf(ours, bare);
  return [
    what,
    ...pair(ours, bare, ({ perSecond }) => perSecond),
    ratio.toFixed(2),
    `>= ${aim.toFixed(1)}`,
    ratio >= aim ? 'met' : 'missed',
  ];
}

function pair<T>(ours: readonly T[], bare: readonly T[], figure: (round: T) => number): string[] {
  return [ours, bare].map((rounds) => Math.round(median(rounds.map(figure))).toLocaleString('en'));
}

function memory(what: string, megabytes: number): Row {
  const met = megabytes <= AIMS.megabytes;
  return [what, String(megabytes), '', '', `<= ${AIMS.megabytes}`, met ? 'met' : 'missed'];
}
