import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

export interface Rows<Row> {
  /** A name for each row, which stays with it while others come and go. */
  readonly names: readonly number[];
  readonly ref: RefObject<HTMLDivElement>;
  readonly add: (row: Row) => void;
  readonly remove: (index: number) => void;
  readonly move: (from: number, to: number) => void;
}

/** Where the focus is to go once the rows are drawn: into a row's first input, or to the row itself. */
interface Aim {
  readonly row: number;
  readonly into: boolean;
}

const INPUTS = ['input', 'select', 'textarea'].map((input) => `[data-inputs] ${input}`).join();
const BUTTON = '[data-inputs] button';

/** Rows of a list that a form holds, changed by hand. */
export function useRows<Row>(
  rows: readonly Row[],
  onRows: (rows: readonly Row[]) => void,
): Rows<Row> {
  const [known, setKnown] = useState<readonly number[]>([]);
  // Rows that came or went by another hand (discarded, imported) have their places for names.
  const names = known.length === rows.length ? known : rows.map((_, index) => index);
  const ref = useRef<HTMLDivElement>(null);
  const [aim, setAim] = useState<Aim | null>(null);

  useEffect(() => {
    if (aim === null || ref.current === null) return;
    const drawn = ref.current.querySelectorAll<HTMLElement>(':scope > * > [data-row]');
    const row = drawn[Math.min(aim.row, drawn.length - 1)];
    const within = (selector: string) => row?.querySelector<HTMLElement>(selector);
    const place = (aim.into ? (within(INPUTS) ?? within(BUTTON)) : row) ?? ref.current;
    place.focus();
  }, [aim]);

  const change = (next: readonly Row[], called: readonly number[], to: Aim): void => {
    setKnown(called);
    setAim(to);
    onRows(next);
  };
  return {
    names,
    ref,
    add: (row) =>
      change([...rows, row], [...names, Math.max(-1, ...names) + 1], {
        row: rows.length,
        into: true,
      }),
    remove: (index) =>
      change(rows.toSpliced(index, 1), names.toSpliced(index, 1), { row: index, into: false }),
    move: (from, to) =>
      change(moved(rows, from, to), moved(names, from, to), { row: to, into: false }),
  };
}

function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const rest = items.toSpliced(from, 1);
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)];
}
