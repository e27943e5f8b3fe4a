/** A member's awards by their key, and those of one source without looking through all of them. */
import { awardKey } from './awards.ts';
import type { Award } from './awards.ts';

export interface ShelvedAwards {
  readonly all: ReadonlyMap<string, Award>;
  readonly of: (sourceKind: string, sourceId: string) => readonly Award[];
  /** In the place of the award of the same key. */
  readonly put: (award: Award) => void;
}

export function shelveAwards(awards: readonly Award[]): ShelvedAwards {
  const all = new Map<string, Award>();
  const keysBySource = new Map<string, string[]>();
  const put = (award: Award): void => {
    const key = awardKey(award);
    const source = `${award.sourceKind} ${award.sourceId}`;
    const keys = keysBySource.get(source);
    if (!keys) keysBySource.set(source, [key]);
    else if (!all.has(key)) keys.push(key);
    all.set(key, award);
  };
  for (const award of awards) put(award);
  return {
    all,
    put,
    of: (sourceKind, sourceId) =>
      (keysBySource.get(`${sourceKind} ${sourceId}`) ?? []).flatMap((key) => all.get(key) ?? []),
  };
}
