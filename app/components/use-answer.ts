import { useEffect, useRef } from 'react';

interface Asked<T> {
  readonly state: string;
  readonly data: T | undefined;
}

/** Tells each answer of a fetcher once, when it and the page behind it are there. */
export function useAnswer<T>({ state, data }: Asked<T>, tell: (answer: T) => void): void {
  const told = useRef<T | undefined>(undefined);
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (state !== 'idle' || data === undefined || data === told.current) return;
    told.current = data;
    latest.current(data);
  }, [state, data]);
}
