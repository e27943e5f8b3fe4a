/** Awards as the entries tell them, beside awards as they are kept: of each member with whom was merged into them. */
import type pg from 'pg';
import { awardKey } from '../domain/points/awards.ts';
import type { Award } from '../domain/points/awards.ts';
import { awardByEntries } from '../domain/proof/award-by-entries.ts';
import type { AwardByEntries } from '../domain/proof/award-by-entries.ts';
import type { Difference } from '../domain/proof/difference.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readAwards } from '../storage/points/member-books.ts';
import {
  dropAward,
  mendAward,
  mendExpired,
  mendPosted,
  partedAmong,
  readLapses,
  readPostings,
} from '../storage/proof/mend-awards.ts';

export interface HeldAward {
  readonly holder: string;
  /** Null where no entry tells of it. */
  readonly award: AwardByEntries | null;
  readonly expired: number;
  readonly kept: Award | null;
}

/** Who was merged away or redacted keeps a ledger, and nothing that follows from facts. */
export function isDecidedAbout(state: string): boolean {
  return state === 'active' || state === 'deleted';
}

/** Not of who was parted from another after a merge. */
export async function awardsByEntries(
  client: pg.PoolClient,
  shopId: string,
  members: readonly StoredMember[],
): Promise<readonly HeldAward[]> {
  const decided = members.filter(({ state }) => isDecidedAbout(state)).map(({ id }) => id);
  const parted = await partedAmong(client, shopId, decided);
  const ids = decided.filter((id) => !parted.has(id));
  const kept = await readAwards(client, shopId, ids, []);
  const postings = await readPostings(client, shopId, ids);
  const lapses = await readLapses(client, shopId, ids);
  return ids.flatMap((holder) => {
    const known = new Map((kept.get(holder) ?? []).map((award) => [awardKey(award), award]));
    const told = Map.groupBy(postings.get(holder) ?? [], awardKey);
    const lapsed = lapses.get(holder) ?? new Map<string, number>();
    return [...new Set([...known.keys(), ...told.keys()])].map((key): HeldAward => {
      const [first, ...rest] = told.get(key) ?? [];
      return {
        holder,
        award: first ? awardByEntries(first, [first, ...rest]) : null,
        expired: lapsed.get(key) ?? 0,
        kept: known.get(key) ?? null,
      };
    });
  });
}

export async function awardDifferences(
  client: pg.PoolClient,
  shopId: string,
  members: readonly StoredMember[],
): Promise<Difference[]> {
  const held = await awardsByEntries(client, shopId, members);
  return held.flatMap(({ holder: memberId, award, expired, kept }) => {
    const found: Difference[] = [];
    const source = award ?? kept;
    if (!source) return found;
    const differ = (law: string, figure: string, was: number | undefined, is: number): void => {
      if (was === is) return;
      found.push({ law, memberId, figure, kept: String(was ?? 'none'), proved: String(is) });
    };
    differ('I8', `award ${awardKey(source)} by entries`, kept?.posted, award?.posted ?? 0);
    if (kept) differ('I5', `expired of award ${awardKey(source)}`, kept.expired ?? 0, expired);
    return found;
  });
}

/** One that no entry tells of goes; what else is wrong with it, whoever decides next writes. */
export async function mendAwards(
  client: pg.PoolClient,
  shopId: string,
  members: readonly StoredMember[],
): Promise<void> {
  for (const { holder, award, expired, kept } of await awardsByEntries(client, shopId, members)) {
    if (award && !kept) await mendAward(client, shopId, holder, award, expired);
    else if (award && kept?.posted !== award.posted)
      await mendPosted(client, shopId, holder, award);
    else if (!award && kept && kept.posted !== 0) await dropAward(client, shopId, holder, kept);
    if (kept && (kept.expired ?? 0) !== expired) {
      await mendExpired(client, shopId, holder, kept, expired);
    }
  }
}
