/** What points were spent on, as a redemption notes it. Keys of rewards have no colon. */
import type { Redemption } from './redemption.ts';

export interface Purpose {
  readonly of: 'reward' | 'freeze' | 'play';
  /** Of the reward, the streak, the game. */
  readonly key: string;
}

const MARKS = [
  ['freeze', 'streak-freeze:'],
  ['play', 'game:'],
] as const;

export function purposeText({ of, key }: Purpose): Redemption['purpose'] {
  return (MARKS.find(([one]) => one === of)?.[1] ?? '') + key;
}

export function purposeOf(text: Redemption['purpose']): Purpose {
  for (const [of, mark] of MARKS) {
    if (text.startsWith(mark)) return { of, key: text.slice(mark.length) };
  }
  return { of: 'reward', key: text };
}
