/**
 * npm run bench:engine [-- --quick] [-- --only=rates|growth] [-- --size=10000000]: what an award
 * costs, from the delivery in the inbox to the entry in the books, beside two ledgers that do
 * nothing but move points, on the same PostgreSQL with durable commits. Rounds alternate; only
 * ratios within a run say something, because machines are shared. Books that do not balance, or an
 * order that is not awarded once, end the bench with an error.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { artifacts, openPlace, say } from './bench-place.ts';
import { median, ratioOf, sayTable } from './bench-table.ts';
import type { Row } from './bench-table.ts';
import { measureRates } from './measure-rates.ts';
import type { RatesOf, RatesSize } from './measure-rates.ts';

const AIMS = { least: 0.5, versioned: 3, megabytes: 300 };

const full: RatesSize = { rounds: 3, callSeconds: 4, tryoutSeconds: 1, orders: 8_000 };
const quick: RatesSize = { rounds: 1, callSeconds: 2, tryoutSeconds: 0.3, orders: 3_000 };

await main(process.argv.includes('--quick') ? quick : full);

async function main(size: RatesSize): Promise<void> {
  const place = await openPlace({ pages: false });
  try {
    const machine = { processors: cpus().length, node: process.version, load: loadavg() };
    const { rates, workerMegabytes } = await measureRates(place, size);
    const rows = [
      ['awards a second', 'Laurel', 'ledger', 'ratio', 'aim', ''],
      ...rates.flatMap(ratesRows),
      memoryRow('peak memory of worker, MB', workerMegabytes),
    ];
    sayTable(rows, 44);
    say('Every order was awarded once, all books balance.');
    writeFileSync(
      join(artifacts, 'bench-engine.json'),
      JSON.stringify({ machine, size, table: rows, rates }, null, 2),
    );
  } finally {
    await place.close();
  }
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
  return [
    [who],
    beside('least', rates.hot ? null : AIMS.least),
    beside('versioned', AIMS.versioned),
  ];
}

function memoryRow(what: string, megabytes: number): Row {
  const met = megabytes <= AIMS.megabytes;
  return [what, String(megabytes), '', '', `<= ${AIMS.megabytes}`, met ? 'met' : 'missed'];
}
