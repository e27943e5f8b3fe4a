/** What all trials share: their size, their seed, and how they say what they measured. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run trials`; otherwise each trial runs in a small size with every test. */
export const FULL: boolean = process.env['LAUREL_TRIALS'] === 'full';

export function size(small: number, full: number): number {
  return FULL ? full : small;
}

/** LAUREL_SEED plays a failed run again; a full run without it takes a new one each time. */
export const SEED: number = chooseSeed();

function chooseSeed(): number {
  const given = process.env['LAUREL_SEED'];
  if (given !== undefined && given !== '') return Number(given);
  return FULL ? Math.floor(Math.random() * 2 ** 31) : 20_261_122;
}

export interface Chance {
  /** From 0 up to 1. */
  readonly next: () => number;
  /** From 0 up to, and without, `most`. */
  readonly below: (most: number) => number;
  readonly happens: (share: number) => boolean;
  readonly one: <T>(of: readonly [T, ...T[]]) => T;
}

/** The same seed draws the same, on every machine (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    next,
    below,
    happens: (share) => next() < share,
    one: (of) => of[below(of.length)] ?? of[0],
  };
}

export type Figures = Readonly<Record<string, string | number>>;

/** Where each trial leaves its figures for the table of `npm run trials`. */
export const FIGURES = join(import.meta.dirname, '..', 'artifacts', 'trials');

/** Says the figures of a run, and runs it; a failure names the seed that plays it again. */
export async function trial(name: string, run: () => Promise<Figures>): Promise<void> {
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
  try {
    const figures = { ...(await run()), seed: SEED, seconds: seconds() };
    const said = Object.entries(figures).map(([key, of]) => `${key} ${of}`);
    process.stdout.write(`${name}: ${said.join(', ')}\n`);
    keep(name, { passed: true, figures });
  } catch (error) {
    keep(name, { passed: false, figures: { seed: SEED, seconds: seconds() } });
    const again = `LAUREL_SEED=${SEED}${FULL ? ' LAUREL_TRIALS=full' : ''}`;
    throw new Error(`${name} failed; play it again with ${again}`, { cause: error });
  }
}

export interface TrialOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly figures: Figures;
}

function keep(name: string, outcome: Omit<TrialOutcome, 'name'>): void {
  if (!FULL) return;
  mkdirSync(FIGURES, { recursive: true });
  const file = join(FIGURES, `${name.replaceAll(/[^A-Za-z0-9]+/g, '-').toLowerCase()}.json`);
  writeFileSync(file, JSON.stringify({ name, ...outcome } satisfies TrialOutcome));
}
