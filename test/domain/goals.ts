/** Badges, challenges and programmes that pay for nothing else. */
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../app/domain/programme/document.ts';
import type { ProgressRow } from '../../app/domain/decide-reaches.ts';
import { programme } from './fixtures.ts';
import type { Member } from './fixtures.ts';

type Badge = ProgrammeDocument['badges'][number];
type Challenge = ProgrammeDocument['challenges'][number];
const { badges, challenges } = programmeDocument.shape;

export const badge = (
  count: number,
  bonusPoints: number,
  over: Partial<ProgrammeInput['badges'][number]> = {},
): Badge =>
  badges.element.parse({
    key: 'fan',
    kind: 'reviews-published',
    name: 'Fan',
    enabled: true,
    bonusPoints,
    settings: { count },
    ...over,
  });
export const challenge = (
  count: number,
  prizePoints: number,
  over: Partial<ProgrammeInput['challenges'][number]> = {},
): Challenge =>
  challenges.element.parse({
    key: 'explorer',
    kind: 'distinct-purchases',
    name: 'Explorer',
    enabled: true,
    prizePoints,
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
