import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { FiguresAge } from '../domain/figures/figure-asks.ts';

const Counting = createContext(false);

/** Figures of a whole shop: while they are counted for the first time, none of them is shown as 0. */
export function Counted({ age, children }: { age: FiguresAge; children: ReactNode }) {
  return <Counting.Provider value={age.counting}>{children}</Counting.Provider>;
}

/** Puts a dash in the place of a figure that is not there yet. */
export function useCounted(): (figure: string) => string {
  const counting = useContext(Counting);
  return (figure) => (counting ? '–' : figure);
}
