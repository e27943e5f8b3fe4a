/** Settings that name other parts of the programme by their keys, as a person knows those. */
import type { DraftDocument } from './draft.ts';
import { reachables } from '../goals/reachables.ts';

interface Named {
  readonly key: string;
  readonly name: string;
}

const AMONG = {
  tiers: ({ tiers }) => tiers.levels,
  tier: ({ tiers }) => tiers.levels,
  rules: ({ earning }) => earning,
  markets: ({ markets }) => markets,
  badge: ({ badges }) => badges,
  challenge: ({ challenges }) => challenges,
  challenges: ({ challenges }) => challenges,
  reachables,
  streak: ({ streaks }) => streaks,
  reward: ({ rewards }) => rewards,
} as const satisfies Record<string, (document: DraftDocument) => readonly Named[]>;

/** @param value a key or several; what names nothing any more is shown as it is */
export function namesIn(
  input: keyof typeof AMONG,
  value: unknown,
  document: DraftDocument | undefined,
): readonly string[] {
  const keys = typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(String) : [];
  const among: readonly Named[] = document ? AMONG[input](document) : [];
  return keys.map((key) => among.find((one) => one.key === key)?.name ?? key);
}
