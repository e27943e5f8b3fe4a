/**
 * Trial R9. Random commands (earn, refund, redeem, capture, release, adjust, let time pass, merge), up
 * to fifty of them, told to a small model and to the real thing: after each command every member owes
 * the same and has the same lots with the same dates. fast-check shortens what differs.
 */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { DatabaseLedger } from './database-ledger.ts';
import { EngineLedger, LEDGER_PROGRAMME } from './engine-ledger.ts';
import { commands, firstDifference } from './ledger-commands.ts';
import type { Command, Ledger } from './ledger-commands.ts';
import { ModelLedger } from './model-ledger.ts';
import { SEED, size, trial } from './trial.ts';
import { openTrialWorld } from './trial-world.ts';
import type { TrialWorld } from './trial-world.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { newDatabaseUrl } from '../support/test-database.ts';

const FROM = Date.parse('2026-11-20T12:00:00Z');
const SHOP = '900001';
let here: TrialWorld | undefined;
afterAll(() => here?.close());

interface Run {
  readonly runs: number;
  readonly withMerges: boolean;
  readonly real: () => Ledger;
}

/** @returns how many commands were told */
async function compare({ runs, withMerges, real }: Run): Promise<number> {
  let told = 0;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(commands(withMerges), async (sequence: Command[]) => {
      told += sequence.length;
      run += 1;
      const both = [new ModelLedger(FROM), real()] as const;
      expect(await firstDifference(sequence, both, { from: FROM, run })).toBeNull();
    }),
    { seed: SEED, numRuns: runs, examples: withMerges ? [[DEBT_MEETS_TWO_LOTS]] : [] },
  );
  return told;
}

/** Which of two lots of one day pays what the survivor owes was once left to the order of the rows. */
const DEBT_MEETS_TWO_LOTS: Command[] = [
  { do: 'earn', who: 2, points: 2 },
  { do: 'adjust', who: 1, points: -1, owe: true },
  { do: 'earn', who: 2, points: 2 },
  { do: 'refund', which: 0, part: 1 },
  { do: 'merge', kept: 1, gone: 2 },
  { do: 'refund', which: 0, part: 1 },
];

it('the engine does to points what a small model does', { timeout: size(300_000, 1_800_000) }, () =>
  trial('R9: commands told to a model and to the engine', async () => {
    const runs = size(150, 10_000);
    const told = await compare({ runs, withMerges: false, real: () => new EngineLedger(FROM) });
    return { sequences: runs, commands: told, differences: 0 };
  }),
);

it(
  'the operations on PostgreSQL do to points what a small model does, merges included',
  { timeout: size(300_000, 1_800_000) },
  () =>
    trial('R9: commands told to a model and to PostgreSQL', async () => {
      const databaseUrl = await newDatabaseUrl(`laurel_model_${process.pid}`, 'template');
      const opened = (here = openTrialWorld(databaseUrl, FROM - 1_000));
      await opened.install(SHOP, 'UTC');
      await opened.publish(SHOP, LEDGER_PROGRAMME);
      const runs = size(12, 600);
      const told = await compare({
        ...{ runs, withMerges: true },
        real: () => new DatabaseLedger(opened, SHOP),
      });
      expect(await opened.proof(SHOP)).toEqual([]);
      return { sequences: runs, commands: told, differences: 0 };
    }),
);

/** As the model, but a day late with everything that expires. */
class LateLedger extends ModelLedger {
  override at(now: number): void {
    super.at(now - DAY);
  }
}

it('control: a ledger that lets points expire a day late is found out, and by few commands', async () => {
  let run = 0;
  const found = await fc.check(
    fc.asyncProperty(commands(false), async (sequence: Command[]) => {
      const both = [new ModelLedger(FROM), new LateLedger(FROM)] as const;
      return (await firstDifference(sequence, both, { from: FROM, run: (run += 1) })) === null;
    }),
    { seed: SEED, numRuns: 200 },
  );
  expect(found.failed).toBe(true);
  expect(found.counterexample?.[0].length).toBeLessThan(8);
});
