/** The rewards of a draft as a member with so many points would see them, whatever of it is typed by now. */
import type { Steps } from './definition.ts';
import { rewardDefinitions } from './registry.ts';
import type { DraftDocument } from '../programme/draft.ts';

export interface PreviewedReward {
  readonly key: string;
  readonly name: string;
  readonly words: string;
  /** An https address; empty for none. */
  readonly image: string;
  /** What is spent at least. */
  readonly cost: number;
  readonly steps: Steps | null;
  /** Points that the member lacks; 0 or less where they have enough. */
  readonly missing: number;
  /** Names of the tiers that it is for; empty for all. */
  readonly tiers: readonly string[];
  /** Whether tags or conditions decide, so that only asking tells. */
  readonly asks: boolean;
}

/** Those that can be had for points, in the merchant's order. */
export function previewedRewards(
  { rewards, tiers }: Pick<DraftDocument, 'rewards' | 'tiers'>,
  points: number,
): readonly PreviewedReward[] {
  return rewards
    .filter(({ enabled, forPoints }) => enabled && forPoints)
    .map(({ key, name, description: words, image, kind, settings, points: each, audience }) => {
      const steps = stepsOf(kind, settings);
      const cost = (Number(each) || 0) * (steps?.least ?? 1);
      const { tags, withoutTags, segment } = audience;
      return {
        ...{ key, name, words, steps, cost, missing: cost - points },
        image: image.startsWith('https://') ? image : '',
        tiers: tiers.levels
          .filter((level) => audience.tiers.includes(level.key))
          .map((level) => level.name),
        asks: tags.length + withoutTags.length + segment.conditions.length > 0,
      };
    });
}

function stepsOf(kind: string, settings: unknown): Steps | null {
  const definition = rewardDefinitions.find(kind);
  const read = definition?.settings.safeParse(settings);
  return (read?.success && definition?.steps?.(read.data)) || null;
}
