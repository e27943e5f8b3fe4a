/** Who would move when the draft is published: found out as soon as somebody is about to do it. */
import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { BackTestState } from '../../queries/back-tests.ts';
import type { action, loader } from '../app.programme_.trial/route.tsx';

const PATH = '/app/programme/trial';
const ASK_AGAIN_MS = 1_500;

/** @returns the trial of this revision, as far as it is; null before it has begun */
export function useTrial(wanted: boolean, revision: number): BackTestState | null {
  const { data, load } = useFetcher<typeof loader>();
  const { submit, state: asking } = useFetcher<typeof action>();
  const asked = useRef<number | null>(null);
  const found = data?.test ?? null;
  const test = found?.revision === revision && found.state !== 'cancelled' ? found : null;
  const running = test?.state === 'running';

  useEffect(() => {
    if (wanted) load(PATH);
  }, [wanted, load, asking]);
  useEffect(() => {
    if (!wanted || data === undefined || test !== null || asked.current === revision) return;
    asked.current = revision;
    submit({ intent: 'run' }, { method: 'post', action: PATH, encType: 'application/json' });
  }, [wanted, data, test, revision, submit]);
  useEffect(() => {
    if (!wanted || !running) return;
    const timer = setInterval(() => load(PATH), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [wanted, running, load]);
  return test;
}
