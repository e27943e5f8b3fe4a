/** Rewards of a programme as a test writes them: what is not said is what a merchant finds in the form. */
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../app/domain/programme/document.ts';
import { rewardDefinitions } from '../../app/domain/rewards/registry.ts';

export type WrittenReward = Partial<NonNullable<ProgrammeInput['rewards']>[number]> & {
  readonly key: string;
  readonly kind: string;
  readonly points: number;
};

export function writtenRewards(...written: readonly WrittenReward[]): ProgrammeDocument['rewards'] {
  return programmeDocument.shape.rewards.parse(
    written.map((one) => ({
      name: one.key,
      enabled: true,
      ...one,
      settings: { ...(rewardDefinitions.find(one.kind)?.defaults ?? {}), ...one.settings },
    })),
  );
}
