/** What a worker remembers of the members at hand, beside what is read of the others. */
import type pg from 'pg';
import type { History, HistoryMemory } from './history-memory.ts';
import type { StoredMember } from './lock-members.ts';
import type { Standing } from '../../domain/orders/standing.ts';
import { awardKey } from '../../domain/points/awards.ts';
import type { Award } from '../../domain/points/awards.ts';
import type { Books, Lot } from '../../domain/points/books.ts';
import type { Explanation } from '../../domain/points/explanation.ts';
import type { Redemption } from '../../domain/points/redemption.ts';

export interface Recalled {
  /** Of these members, those who have to be read. */
  readonly unknown: (memberIds: readonly string[]) => string[];
  readonly withStandings: (read: Map<string, Standing[]>) => Map<string, Standing[]>;
  readonly withLots: (read: Map<string, Lot[]>) => Map<string, Lot[]>;
  /** The awards of these orders with their explanations. */
  readonly withAwards: (
    read: Map<string, Award[]>,
    orderIds: readonly string[],
  ) => Promise<Map<string, Award[]>>;
}

/** @param left orders that are another member's by now */
export function recallHistories(
  client: pg.PoolClient,
  shopId: string,
  memory: HistoryMemory | undefined,
  members: readonly StoredMember[],
  left: ReadonlySet<string>,
): Recalled {
  const known = new Map<string, History>();
  for (const member of memory ? members : []) {
    const history = memory?.take(shopId, member);
    if (history) known.set(member.id, history);
  }
  return {
    unknown: (memberIds) => memberIds.filter((id) => !known.has(id)),
    withStandings: (read) => {
      for (const [id, { standings }] of known) {
        read.set(
          id,
          standings.filter(({ orderId }) => !left.has(orderId)),
        );
      }
      return read;
    },
    withLots: (read) => {
      for (const [id, { lots }] of known) read.set(id, [...lots]);
      return read;
    },
    withAwards: async (read, orderIds) => {
      const explanations = await readExplanations(client, shopId, [...known.keys()], orderIds);
      for (const [id, { awards }] of known) read.set(id, explained(awards, explanations.get(id)));
      return read;
    },
  };
}

/** The history as it is once a decision is written. */
export function historyAfter(
  {
    standings,
    awards,
    redemptions,
  }: Pick<History, 'standings' | 'awards'> & {
    readonly redemptions: readonly Redemption[];
  },
  books: Books,
): History {
  const held = new Set(redemptions.flatMap((one) => one.held.map(({ lot }) => lot)));
  return {
    standings,
    awards: awards.map((award) => {
      const expired = books.expired.get(awardKey(award))?.points;
      return {
        ...award,
        ...(expired === undefined ? {} : { expired }),
        ...(award.sourceKind === 'order' ? { explanation: FORGOTTEN } : {}),
      };
    }),
    lots: books.lots.filter(
      ({ remaining, lot, lapse }) => remaining > 0 || held.has(lot) || (lapse?.points ?? 0) > 0,
    ),
  };
}

/** Most of an award, and only asked for where it may change. */
const FORGOTTEN: Explanation = { rule: 'step', step: 'not-read' };

type Explanations = ReadonlyMap<string, Explanation>;

function explained(awards: readonly Award[], explanations: Explanations | undefined): Award[] {
  if (!explanations) return [...awards];
  return awards.map((award) => {
    const explanation = explanations.get(awardKey(award));
    return explanation ? { ...award, explanation } : award;
  });
}

async function readExplanations(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, Explanations>> {
  const found = new Map<string, Map<string, Explanation>>();
  if (memberIds.length === 0 || orderIds.length === 0) return found;
  const { rows } = await client.query<ExplanationRow>({
    name: 'read-explanations',
    text: `SELECT member_id, source_id, rule_key, explanation FROM awards
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND source_kind = 'order' AND source_id = ANY($3::text[])`,
    values: [shopId, memberIds, orderIds],
  });
  for (const row of rows) {
    const key = awardKey({ sourceKind: 'order', sourceId: row.source_id, ruleKey: row.rule_key });
    const ofMember = found.get(row.member_id) ?? new Map<string, Explanation>();
    found.set(row.member_id, ofMember.set(key, row.explanation));
  }
  return found;
}

interface ExplanationRow {
  readonly member_id: string;
  readonly source_id: string;
  readonly rule_key: string;
  readonly explanation: Explanation;
}
