/**
 * npm run bench:engine [-- --quick] [-- --only=rates|growth|time] [-- --size=10000000] [-- --due=100000]: what an
 * award costs, from the delivery in the inbox to the entry in the books, beside two ledgers that do
 * nothing but move points, on the same PostgreSQL with durable commits; what it costs when the books
 * are big; how long it takes when time passes for everybody at once. Rounds alternate; only
 * ratios within a run say something, because machines are shared. Books that do not balance, or an
 * order that is not awarded once, end the bench with an error.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { artifacts, openPlace, say } from './bench-place.ts';
import { median, ratioOf, sayTable } from './bench-table.ts';
import type { Row } from './bench-table.ts';
import { growthRatio, measureGrowth } from './measure-growth.ts';
import type { GrowthSize, GrownBooks } from './measure-growth.ts';
import { measureRates } from './measure-rates.ts';
import type { RatesOf, RatesSize } from './measure-rates.ts';
import { measureTime } from './measure-time.ts';
import type { TimeFigures, TimeSize } from './measure-time.ts';

const AIMS = { least: 0.5, versioned: 3, growth: 1.2, megabytes: 300 };

type Size = RatesSize & GrowthSize & TimeSize;

const full: Size = {
  ...{ rounds: 3, callSeconds: 4, tryoutSeconds: 1, orders: 8_000 },
  ...{ entries: 1_000_000, growthRounds: 3, growthOrders: 4_000 },
  ...{ due: 1_000_000, meanwhile: 20_000 },
};
const quick: Size = {
  ...{ rounds: 1, callSeconds: 2, tryoutSeconds: 0.3, orders: 3_000 },
  ...{ entries: 100_000, growthRounds: 1, growthOrders: 2_000 },
  ...{ due: 20_000, meanwhile: 2_000 },
};

await main(process.argv.includes('--quick') ? quick : full);

async function main(usual: Size): Promise<void> {
  const only = optionOf('only');
  const entries = Number(optionOf('size') ?? usual.entries);
  const due = Number(optionOf('due') ?? usual.due);
  const size = { ...usual, entries, due };
  const asked = (part: string): boolean => only === undefined || only === part;
  const machine = { processors: cpus().length, node: process.version, load: loadavg() };
  const place = await openPlace({ pages: false });
  try {
    const rates = asked('rates') ? await measureRates(place, size) : null;
    const growth = asked('growth') ? await measureGrowth(place, size) : null;
    const time = asked('time') ? await measureTime(place, size) : null;
    const rows = [
      ...(rates ? [['awards a second', 'Laurel', 'ledger', 'ratio', 'aim', '']] : []),
      ...(rates?.rates.flatMap(ratesRows) ?? []),
      ...(rates ? [memoryRow('peak memory of the worker, MB', rates.workerMegabytes)] : []),
      ...(growth ? growthRows(growth) : []),
      ...(time ? timeRows(time) : []),
    ];
    sayTable(rows, 52);
    if (rates) say('Every order was awarded once, all books balance.');
    writeFileSync(
      join(artifacts, 'bench-engine.json'),
      JSON.stringify({ machine, size, table: rows, rates, growth, time }, null, 2),
    );
  } finally {
    await place.close();
  }
}

function optionOf(name: string): string | undefined {
  return process.argv.find((part) => part.startsWith(`--${name}=`))?.slice(name.length + 3);
}

function growthRows(growth: { readonly small: GrownBooks; readonly big: GrownBooks }): Row[] {
  const of = ({ entries }: GrownBooks): string => `${entries.toLocaleString('en')} entries`;
  const ratio = growthRatio(growth);
  return [
    ['processor time of an award, µs', 'small', 'big', 'ratio', 'aim', ''],
    [
      `  ${of(growth.small)}, ${of(growth.big)}`,
      ...[growth.small, growth.big].map(({ processorMicros }) =>
        Math.round(median(processorMicros)).toLocaleString('en'),
      ),
      ratio.toFixed(2),
      `<= ${AIMS.growth}`,
      ratio <= AIMS.growth ? 'met' : 'missed',
    ],
  ];
}

function timeRows(time: TimeFigures): Row[] {
  return [
    [`${time.members.toLocaleString('en')} members due, minutes`, time.minutes.toFixed(1)],
    ['  lots that expired', time.expired.toLocaleString('en')],
    [
      '  awards a second of another shop meanwhile',
      Math.round(time.perSecond).toLocaleString('en'),
    ],
    memoryRow('  peak memory, MB', time.megabytes),
  ];
}

function ratesRows(rates: RatesOf): Row[] {
  const who = `${rates.shops === 1 ? '1 shop' : `${rates.shops} shops`}, ${rates.hot ? 'one hot member' : 'many members'}`;
  const beside = (ledger: 'least' | 'versioned', aimed: number | null): Row => {
    const ratio = ratioOf(rates.laurel, rates[ledger]);
    return [
      `  beside the ${ledger} ledger, ${rates.connections[ledger]} connections`,
      ...[rates.laurel, rates[ledger]].map((rounds) =>
        Math.round(median(rounds.map(({ perSecond }) => perSecond))).toLocaleString('en'),
      ),
      ratio.toFixed(2),
      aimed === null ? '' : `>= ${aimed.toFixed(1)}`,
      aimed === null ? '' : ratio >= aimed ? 'met' : 'missed',
    ];
  };
  const own = median(rates.laurel.map(({ processorMs, finished }) => processorMs / finished));
  const costs = (ledger: 'least' | 'versioned'): Row => {
    const theirs = median(rates[ledger].map(({ processorMs, calls }) => processorMs / calls));
    const micros = [own, theirs].map((ms) => Math.round(ms * 1000).toLocaleString('en'));
    return ['    processor time of each, µs', ...micros, (theirs / own).toFixed(2), '', ''];
  };
  return [
    [who],
    beside('least', rates.hot ? null : AIMS.least),
    costs('least'),
    beside('versioned', AIMS.versioned),
    costs('versioned'),
  ];
}

function memoryRow(what: string, megabytes: number): Row {
  const met = megabytes <= AIMS.megabytes;
  return [what, String(megabytes), '', '', `<= ${AIMS.megabytes}`, met ? 'met' : 'missed'];
}
