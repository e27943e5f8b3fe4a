/** Referrals as staff see them: those that wait for somebody's word first, with what speaks against each. */
import { z } from 'zod';
import { inForce } from '../domain/programme/terms.ts';
import type { FiguresAge } from '../domain/figures/figure-asks.ts';
import type { ReferralReason, ReferralState } from '../domain/referrals/referral.ts';
import { ageOf, keptFigures } from '../storage/figures/kept-figures.ts';
import type { ReferralFigures } from '../storage/figures/referral-figures.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

export interface ReferralLine {
  readonly id: string;
  readonly advocateId: string;
  readonly advocate: string | null;
  readonly friendId: string;
  readonly friend: string | null;
  readonly code: string;
  readonly claimedAt: number | null;
  readonly state: ReferralState;
  readonly because: ReferralReason | null;
  readonly score: number;
  readonly signals: readonly string[];
  readonly dueAt: number | null;
  readonly ruling: {
    readonly says: 'approved' | 'refused';
    readonly by: string;
    readonly reason: string;
  } | null;
}

export const REFERRAL_VIEWS = ['flagged', 'all', 'refused'] as const;
export type ReferralView = (typeof REFERRAL_VIEWS)[number];

export type { ReferralFigures };

export interface ReferralPage {
  readonly view: ReferralView;
  readonly lines: readonly ReferralLine[];
  readonly figures: ReferralFigures;
  readonly age: FiguresAge;
  /** How many wait for somebody’s word. */
  readonly flagged: number;
  /** Whether members can refer friends now, and whether the programme only watches. */
  readonly offered: boolean;
  readonly shadow: boolean;
  /** Where the next page begins. */
  readonly next: string | null;
}

const NOTHING: ReferralFigures = {
  ...{ opened: 0, joined: 0, ordered: 0, rewarded: 0, refused: 0, revenueMinor: 0 },
};
const PAGE = 30;
const AFTER = /^(\d{1,16})~([0-9a-f-]{36})$/;
const memory = makeTermsMemory();

export async function referralPage(
  world: World,
  shopId: string,
  asked: { readonly view: string | null; readonly after: string | null },
): Promise<ReferralPage> {
  const kept = await keptFigures(world.db(shopId), shopId, { kind: 'referrals' }, world.now());
  const flagged = await waitingForSomebody(world, shopId);
  const view =
    REFERRAL_VIEWS.find((one) => one === asked.view) ?? (flagged > 0 ? 'flagged' : 'all');
  const { lines, next } = await linesOf(world, shopId, view, asked.after);
  const terms = inForce(await readShopTerms(world.db(shopId), shopId, memory), world.now());
  const settings = terms?.version.document.referrals;
  return {
    ...{ view, lines, next, flagged, figures: kept.figures ?? NOTHING, age: ageOf(kept) },
    offered: settings?.enabled ?? false,
    shadow: settings?.shadow ?? false,
  };
}

async function waitingForSomebody(world: World, shopId: string): Promise<number> {
  const { rows } = await world.db(shopId).query<{ flagged: number }>(
    `SELECT count(*)::int AS flagged FROM referrals
      WHERE shop_id = $1 AND state = 'flagged' AND claimed_at IS NOT NULL`,
    [shopId],
  );
  return rows[0]?.flagged ?? 0;
}

async function linesOf(
  world: World,
  shopId: string,
  view: ReferralView,
  after: string | null,
): Promise<Pick<ReferralPage, 'lines' | 'next'>> {
  const [, at, id] = AFTER.exec(after ?? '') ?? [];
  const values: unknown[] = [shopId, PAGE + 1];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['r.shop_id = $1', 'r.claimed_at IS NOT NULL'];
  if (view !== 'all') conditions.push(`r.state = ${given(view)}`);
  if (at !== undefined) {
    const place = `${given(new Date(Number(at)))}::timestamptz, ${given(id)}::uuid`;
    conditions.push(`(r.claimed_at, r.id) < (${place})`);
  }
  const { rows } = await world.db(shopId).query<LineRow>(
    `SELECT ${LINE} FROM ${BOTH} WHERE ${conditions.join(' AND ')}
      ORDER BY r.claimed_at DESC, r.id DESC LIMIT $2`,
    values,
  );
  const lines = rows.slice(0, PAGE).map(readLine);
  const last = lines.at(-1);
  return { lines, next: rows.length > PAGE && last ? `${last.claimedAt}~${last.id}` : null };
}

const BOTH = `referrals r JOIN members a ON a.shop_id = r.shop_id AND a.id = r.advocate_member_id
  JOIN members f ON f.shop_id = r.shop_id AND f.id = r.friend_member_id`;
const LINE = `r.id, r.advocate_member_id, coalesce(a.name, a.email) AS advocate, r.friend_member_id,
  coalesce(f.name, f.email) AS friend, r.code, r.claimed_at, r.state, r.because, r.score, r.signals, r.due_at,
  r.ruling, r.ruled_by, r.ruling_reason`;

interface LineRow {
  readonly id: string;
  readonly advocate_member_id: string;
  readonly advocate: string | null;
  readonly friend_member_id: string;
  readonly friend: string | null;
  readonly code: string;
  readonly claimed_at: Date | null;
  readonly state: ReferralState;
  readonly because: ReferralReason | null;
  readonly score: number;
  readonly signals: unknown;
  readonly due_at: Date | null;
  readonly ruling: 'approved' | 'refused' | null;
  readonly ruled_by: string | null;
  readonly ruling_reason: string;
}

function readLine(row: LineRow): ReferralLine {
  return {
    id: row.id,
    advocateId: row.advocate_member_id,
    advocate: row.advocate,
    friendId: row.friend_member_id,
    friend: row.friend,
    code: row.code,
    claimedAt: row.claimed_at?.getTime() ?? null,
    ...{ state: row.state, because: row.because, score: row.score },
    signals: z.array(z.string()).catch([]).parse(row.signals),
    dueAt: row.due_at?.getTime() ?? null,
    ruling: row.ruling && {
      says: row.ruling,
      by: row.ruled_by ?? '',
      reason: row.ruling_reason,
    },
  };
}

export interface MembersReferralLines {
  /** Friends who came by them, newest first, and how many more there are. */
  readonly made: readonly ReferralLine[];
  readonly more: number;
  /** By whom they came. */
  readonly came: readonly ReferralLine[];
  /** Their codes, the one in use first. */
  readonly codes: readonly string[];
}

const MOST_OF_MEMBER = 10;

export async function memberReferrals(
  world: World,
  shopId: string,
  memberId: string,
): Promise<MembersReferralLines> {
  const pool = world.db(shopId);
  const side = async (column: 'advocate_member_id' | 'friend_member_id') =>
    (
      await pool.query<LineRow>(
        `SELECT ${LINE} FROM ${BOTH} WHERE r.shop_id = $1 AND r.${column} = $2 AND r.claimed_at IS NOT NULL
          ORDER BY r.claimed_at DESC, r.id DESC LIMIT 200`,
        [shopId, memberId],
      )
    ).rows.map(readLine);
  const [made, came] = [await side('advocate_member_id'), await side('friend_member_id')];
  const { rows } = await pool.query<{ code: string }>(
    `SELECT code FROM referral_codes WHERE shop_id = $1 AND member_id = $2 ORDER BY chosen DESC, made_at DESC, code_key`,
    [shopId, memberId],
  );
  return {
    made: made.slice(0, MOST_OF_MEMBER),
    more: Math.max(0, made.length - MOST_OF_MEMBER),
    came,
    codes: rows.map(({ code }) => code),
  };
}
