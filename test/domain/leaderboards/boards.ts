/** Leaderboards small enough that a test shows only what it is about. */
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import type { ScoreRow } from '../../../app/domain/leaderboards/scores.ts';
import { day, Member, programme, shopWith } from '../fixtures.ts';

export type BoardInput = NonNullable<ProgrammeInput['leaderboards']>[number];

export function board(over: Partial<BoardInput> = {}): BoardInput {
  return {
    ...{ key: 'top', kind: 'spend', name: 'Top', enabled: true, season: 'month', settleDays: 14 },
    settings: over.kind === undefined || over.kind === 'spend' ? { least: '' } : {},
    ...over,
  };
}

/** A shop of 2026 in UTC whose programme holds these boards from the first of January. */
export function shopOf(boards: readonly BoardInput[], over: Partial<ProgrammeInput> = {}) {
  const document = programme({ leaderboards: [...boards], ...over });
  return shopWith([[day(1), document]], { timeZone: 'UTC' });
}

export function player(shop: ReturnType<typeof shopOf>): Member {
  const member = new Member(shop);
  member.boardName = 'listed';
  return member;
}

export function scoreOf(member: Member, season: string, key = 'top'): ScoreRow | null {
  return member.decision?.scores?.find((row) => row.board === key && row.season === season) ?? null;
}
