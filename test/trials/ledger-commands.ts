/** Random commands, and how they are told to a ledger: to the model, to the engine, to PostgreSQL. */
import fc from 'fast-check';
import { DAY } from '../../app/domain/time/shop-time.ts';

export type Outcome = 'ok' | 'owes' | 'not-enough' | 'released' | 'captured';
type Told = Outcome | Promise<Outcome>;

export interface Ledger {
  /** What is due by then has happened. */
  at(now: number): void | Promise<void>;
  earn(who: string, order: string, points: number): Told;
  /** `number` tells the refunds of one order apart. */
  refund(who: string, order: string, points: number, number: number): Told;
  adjust(who: string, points: number, mayOwe: boolean, request: string): Told;
  redeem(who: string, redemption: string, points: number): Told;
  capture(redemption: string): Told;
  release(redemption: string): Told;
  merge(kept: string, gone: string): Told;
  /** Debt, and the open lots in the order of spending. */
  books(who: string): string | Promise<string>;
}

export type Command =
  | { readonly do: 'earn' | 'redeem'; readonly who: number; readonly points: number }
  | { readonly do: 'refund'; readonly which: number; readonly part: number }
  | { readonly do: 'capture' | 'release'; readonly which: number }
  | { readonly do: 'adjust'; readonly who: number; readonly points: number; readonly owe: boolean }
  | { readonly do: 'pass'; readonly days: number }
  | { readonly do: 'merge'; readonly kept: number; readonly gone: number };

const who = fc.nat({ max: 2 });
const points = fc.integer({ min: 1, max: 200 });
const which = fc.nat({ max: 49 });

export function commands(withMerges: boolean): fc.Arbitrary<Command[]> {
  const all: { weight: number; arbitrary: fc.Arbitrary<Command> }[] = [
    { weight: 6, arbitrary: fc.record({ do: fc.constant('earn' as const), who, points }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('redeem' as const), who, points }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('refund' as const),
        which,
        part: fc.integer({ min: 1, max: 100 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('capture' as const), which }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('release' as const), which }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('adjust' as const),
        who,
        points: fc.integer({ min: -150, max: 150 }).filter((moved) => moved !== 0),
        owe: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('pass' as const),
        days: fc.integer({ min: 1, max: 20 }),
      }),
    },
    {
      weight: withMerges ? 1 : 0,
      arbitrary: fc.record({
        do: fc.constant('merge' as const),
        kept: who,
        gone: who,
      }),
    },
  ];
  return fc.array(fc.oneof(...all), { minLength: 1, maxLength: 50, size: 'max' });
}

interface Bought {
  readonly who: string;
  readonly order: string;
  left: number;
  refunds: number;
}

/** Tells both the same, one command after the other. @returns after which they first differed, and how */
export async function firstDifference(
  told: readonly Command[],
  [model, real]: readonly [Ledger, Ledger],
  { from, run }: { readonly from: number; readonly run: number },
): Promise<string | null> {
  let now = from;
  const orders: Bought[] = [];
  const redemptions: string[] = [];
  const names = [0, 1, 2].map((index) => `${run}-${index}`);
  for (const [index, command] of told.entries()) {
    // A second passes with everything, so that nothing happens at once.
    now += command.do === 'pass' ? command.days * DAY : 1_000;
    for (const ledger of [model, real]) await ledger.at(now);
    const tell = tellingOf(command, { names, orders, redemptions, id: `${run}-${index}` });
    if (!tell) continue;
    const outcomes = [await tell(model), await tell(real)];
    if (outcomes[0] !== outcomes[1]) {
      return `${index}: ${JSON.stringify(command)} is ${outcomes.join(' by the model, and ')}`;
    }
    for (const name of names) {
      const [wanted, found] = [await model.books(name), await real.books(name)];
      if (wanted !== found) {
        return `${index}: ${JSON.stringify(command)} leaves ${name} with\n${found}\nnot\n${wanted}`;
      }
    }
  }
  return null;
}

interface Known {
  readonly names: string[];
  readonly orders: Bought[];
  readonly redemptions: string[];
  readonly id: string;
}

function tellingOf(command: Command, known: Known): ((to: Ledger) => Told) | null {
  const { names, orders, redemptions, id } = known;
  const name = (index: number): string => names[index] ?? '';
  switch (command.do) {
    case 'earn': {
      const bought = { who: name(command.who), order: id, left: command.points, refunds: 0 };
      orders.push(bought);
      return (to) => to.earn(bought.who, id, command.points);
    }
    case 'refund': {
      const bought = orders[command.which % Math.max(1, orders.length)];
      if (!bought || bought.left === 0) return null;
      const taken = Math.max(1, Math.floor((bought.left * command.part) / 100));
      bought.left -= taken;
      const number = (bought.refunds += 1);
      return (to) => to.refund(bought.who, bought.order, taken, number);
    }
    case 'redeem':
      return async (to) => {
        const outcome = await to.redeem(name(command.who), id, command.points);
        if (outcome === 'ok' && !redemptions.includes(id)) redemptions.push(id);
        return outcome;
      };
    case 'capture':
    case 'release': {
      const redemption = redemptions[command.which % Math.max(1, redemptions.length)];
      if (redemption === undefined) return null;
      const { do: what } = command;
      return (to) => to[what](redemption);
    }
    case 'adjust':
      return (to) => to.adjust(name(command.who), command.points, command.owe, id);
    case 'merge': {
      const [kept, gone] = [name(command.kept), name(command.gone)];
      if (kept === gone) return null;
      // Whoever was merged into the one who goes, goes along.
      names.forEach((one, index) => {
        if (one === gone) names[index] = kept;
      });
      return (to) => to.merge(kept, gone);
    }
    case 'pass':
      return () => 'ok';
  }
}
