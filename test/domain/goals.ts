/** Badges, challenges and programmes that pay for nothing else. */
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import type { ProgressRow } from '../../app/domain/decide-reaches.ts';
import { programme } from './fixtures.ts';
import type { Member } from './fixtures.ts';

type Badge = ProgrammeDocument['badges'][number];
type Challenge = ProgrammeDocument['challenges'][number];

export const badge = (count: number, bonusPoints: number, over: Partial<Badge> = {}): Badge => ({
  key: 'fan',
  kind: 'reviews-published',
  name: 'Fan',
  enabled: true,
  bonusPoints,
  bonusReward: null,
  settings: { count },
  ...over,
});
export const challenge = (
  count: number,
  prizePoints: number,
  over: Partial<Challenge> = {},
): Challenge => ({
  key: 'explorer',
  kind: 'distinct-purchases',
  name: 'Explorer',
  enabled: true,
  prizePoints,
  prizeReward: null,
  startsAt: null,
  endsAt: null,
  settings: { count, by: 'category' },
  ...over,
});

/** A programme that pays for nothing else. */
export const paying = (over: Partial<ProgrammeDocument>): ProgrammeDocument =>
  programme({ earning: [], ...over });

export const row = (member: Member, key: string): ProgressRow | undefined =>
  member.decision?.progress.find((progress) => progress.key === key);
