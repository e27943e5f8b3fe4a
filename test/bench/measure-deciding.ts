/** The engine alone, in this process: one decision about a member with eight orders, by how much there is to reach. */
import { median } from './bench-table.ts';
import type { Row } from './bench-table.ts';
import { programmeWith } from './games-programmes.ts';
import { MIXES } from './games-programmes.ts';
import type { Mix } from './games-programmes.ts';
import { productId } from './busy-shop.ts';
import { day, line, Member, order, programme, shopWith } from '../domain/fixtures.ts';

const ORDERS = 8;
const AIM = 10;

export interface DecidingFigures {
  readonly name: Mix;
  /** Of a decision, by round. */
  readonly micros: readonly number[];
}

export function measureDeciding({ rounds, members }: { rounds: number; members: number }) {
  const names = Object.keys(MIXES) as Mix[];
  const found = new Map<Mix, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const micros = decided(name, members);
      // The first round warms up.
      if (round > 0) found.get(name)?.push(micros);
    }
  }
  return names.map((name): DecidingFigures => ({ name, micros: found.get(name) ?? [] }));
}

/** @returns the processor time of one decision, in microseconds */
function decided(name: Mix, count: number): number {
  const { count: goals, everyOrder } = MIXES[name];
  const shop = shopWith([[day(1), programme(programmeWith(goals, everyOrder))]]);
  const members = Array.from({ length: count }, () => new Member(shop));
  const before = process.cpuUsage();
  for (let number = 0; number < ORDERS; number += 1) {
    for (const [at, member] of members.entries()) {
      const lines = [0, 1, 2].map((index) =>
        line({ id: String(index), productId: String(productId(at * 7 + number * 3 + index)) }),
      );
      member.order(order({ placedAt: day(2 + number), lines }, { orderId: String(number) }));
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (ORDERS * count);
}

export function decidingRows(figures: readonly DecidingFigures[]): Row[] {
  const base = figures[0]?.micros ?? [];
  const more = (name: Mix): number =>
    median(
      (figures.find((one) => one.name === name)?.micros ?? []).map(
        (micros, at) => micros - (base[at] ?? 0),
      ),
    );
  return [
    ['a decision of the engine alone', 'µs', 'ratio', '', 'aim'],
    ...figures.map(({ name, micros }): Row => {
      const ratio = median(micros.map((one, at) => one / (base[at] ?? one)));
      return [`   ${name}`, median(micros).toFixed(0), ratio.toFixed(2), '', ''];
    }),
    [
      '   what 200 add, beside what 20 add',
      '',
      (more('200') / Math.max(1, more('20'))).toFixed(1),
      '',
      `< ${AIM}`,
    ],
  ];
}
