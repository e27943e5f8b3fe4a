/** Asks for batch after batch of members until all were looked at, and puts together what they come to. */
import { useRef, useState } from 'react';
import {
  EMPTY_REACH_TALLY,
  MOST_PREVIEWED,
  reachTallied,
} from '../../domain/back-test/reach-tally.ts';
import type { ReachTally } from '../../domain/back-test/reach-tally.ts';
import type { TriedReach } from '../../operations/try-reach.ts';

export interface ReachPreviewState {
  readonly state: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  readonly tally: ReachTally;
  readonly refusal: Extract<TriedReach, { readonly ok: false }>['refusal'] | null;
  /** What was asked about, in its JSON: another one makes it old. */
  readonly asked: string | null;
}

const IDLE: ReachPreviewState = {
  ...{ state: 'idle', tally: EMPTY_REACH_TALLY, refusal: null, asked: null },
};

type Answer = TriedReach & { readonly now: number };

export function useReachPreview(): ReachPreviewState & {
  readonly start: (list: 'badges' | 'challenges', key: string, document: object) => void;
  readonly stop: () => void;
} {
  const [shown, setShown] = useState(IDLE);
  const turn = useRef(0);

  const run = async (list: string, key: string, document: object): Promise<void> => {
    turn.current += 1;
    const own = turn.current;
    const asked = JSON.stringify(document);
    let tally = EMPTY_REACH_TALLY;
    let after: string | null = null;
    let now: number | null = null;
    const show = (state: ReachPreviewState['state']): void =>
      setShown({ state, tally, refusal: null, asked });
    show('running');
    do {
      const response: Response | null = await fetch('/app/programme/reach', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ list, key, document, after, now }),
      }).catch(() => null);
      if (own !== turn.current) return;
      const answer: Answer | null = response?.ok ? ((await response.json()) as Answer) : null;
      if (!answer) return show('failed');
      if (!answer.ok) return setShown({ ...IDLE, state: 'failed', refusal: answer.refusal, asked });
      tally = reachTallied(tally, answer.tally);
      ({ cursor: after, now } = answer);
      show('running');
    } while (after !== null && tally.members < MOST_PREVIEWED);
    show(after === null ? 'done' : 'stopped');
  };

  return {
    ...shown,
    start: (list, key, document) => void run(list, key, document),
    stop: () => {
      turn.current += 1;
      setShown((now) => ({ ...now, state: 'stopped' }));
    },
  };
}
