/** Goals that another is made of, and levels of a badge, as the list of changes shows them. */
import { goalDefinitions } from './registry.ts';
import type { Field } from '../fields.ts';
import { draftSteps } from './draft-steps.ts';

export interface ShownStep {
  readonly kind: string;
  /** The goal's own words, in English. */
  readonly label: string;
  readonly name: string;
  readonly settings: readonly { readonly field: Field; readonly value: unknown }[];
}

export function stepsShown(value: unknown): readonly ShownStep[] {
  return draftSteps(value).map(({ kind, name, settings }) => {
    const definition = goalDefinitions.find(kind);
    return {
      ...{ kind, name, label: definition?.words.label ?? kind },
      settings: (definition?.fields ?? []).map((field) => ({
        field,
        value: settings[field.name],
      })),
    };
  });
}

interface LevelDraft {
  readonly name: string;
  readonly need: string;
  readonly bonusPoints: number | string;
  readonly bonusReward: string | null;
}

/** "Silver: 10, 50 points, Free tea". */
export function levelLines(
  value: unknown,
  rewards: readonly { readonly key: string; readonly name: string }[],
): readonly string[] {
  const levels = Array.isArray(value) ? (value as readonly LevelDraft[]) : [];
  return levels.map(({ name, need, bonusPoints, bonusReward }) => {
    const reward = rewards.find(({ key }) => key === bonusReward)?.name ?? bonusReward;
    return `${name}: ${[need, bonusPoints, ...(reward === null ? [] : [reward])].join(' · ')}`;
  });
}
