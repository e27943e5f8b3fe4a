/** Codes of members, found without regard to case. */
import type pg from 'pg';
import { codeKey } from '../../domain/referrals/codes.ts';

export interface ReferralCode {
  readonly code: string;
  readonly chosen: boolean;
}

/** All codes of a member, the newest first. */
export async function codesOf(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  memberId: string,
): Promise<readonly ReferralCode[]> {
  const { rows } = await client.query<{ code: string; chosen: boolean }>({
    name: 'codes-of-member',
    text: `SELECT code, chosen FROM referral_codes WHERE shop_id = $1 AND member_id = $2
      ORDER BY chosen DESC, made_at DESC, code_key`,
    values: [shopId, memberId],
  });
  return rows;
}

export interface CodeOwner extends ReferralCode {
  readonly memberId: string;
}

export async function ownersOf(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  codes: readonly string[],
): Promise<ReadonlyMap<string, CodeOwner>> {
  if (codes.length === 0) return new Map();
  const { rows } = await client.query<{
    code_key: string;
    code: string;
    chosen: boolean;
    member_id: string;
  }>({
    name: 'owners-of-codes',
    text: `SELECT c.code_key, c.code, c.chosen, c.member_id FROM referral_codes c
      JOIN members m ON m.shop_id = c.shop_id AND m.id = c.member_id
      WHERE c.shop_id = $1 AND c.code_key = ANY($2::text[]) AND m.state = 'active'`,
    values: [shopId, codes.map(codeKey)],
  });
  return new Map(
    rows.map((row) => [
      row.code_key,
      { memberId: row.member_id, code: row.code, chosen: row.chosen },
    ]),
  );
}

/** @returns false where somebody has it already */
export async function writeCode(
  client: pg.PoolClient,
  shopId: string,
  made: {
    readonly memberId: string;
    readonly code: string;
    readonly chosen: boolean;
    readonly at: Date;
  },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'write-code',
    text: `INSERT INTO referral_codes (shop_id, code_key, code, member_id, chosen, made_at)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shop_id, code_key) DO NOTHING`,
    values: [
      shopId,
      codeKey(made.code),
      made.code.trim().toUpperCase(),
      made.memberId,
      made.chosen,
      made.at,
    ],
  });
  return rowCount === 1;
}

/** A code that is used again is the newest again. */
export async function renewCode(
  client: pg.PoolClient,
  shopId: string,
  code: string,
  at: Date,
): Promise<void> {
  await client.query({
    name: 'renew-code',
    text: `UPDATE referral_codes SET made_at = $3 WHERE shop_id = $1 AND code_key = $2`,
    values: [shopId, codeKey(code), at],
  });
}

/** @param day of the shop, e.g. "2026-11-22" */
export async function countOpen(
  pool: pg.Pool,
  shopId: string,
  memberId: string,
  day: string,
): Promise<void> {
  await pool.query({
    name: 'count-referral-open',
    text: `INSERT INTO referral_opens AS o (shop_id, member_id, day, opens) VALUES ($1, $2, $3, 1)
      ON CONFLICT (shop_id, member_id, day) DO UPDATE SET opens = o.opens + 1`,
    values: [shopId, memberId, day],
  });
}
