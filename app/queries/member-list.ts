/** Members found by name, e-mail or customer id, a page at a time. Pages go by key, so a deep one costs no more. */
import { literally } from './literally.ts';
import type { MemberSort } from '../domain/members/member-sort.ts';
import type { World } from '../world.ts';

export interface MemberSearch {
  readonly text: string;
  /** A tier's key, '' for members below the first tier, null for all. */
  readonly tier: string | null;
  readonly sort: MemberSort;
  /** Where a page before ended, as `next` said. */
  readonly after: string | null;
}

export interface MemberRow {
  readonly id: string;
  readonly customerId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly earnedTotal: number;
  readonly tierKey: string | null;
  readonly membership: string;
  /** When the customer's account was made, where Shopify said; else when we first met them. */
  readonly since: number;
}

export interface MemberListPage {
  readonly members: readonly MemberRow[];
  readonly next: string | null;
}

const PAGE = 50;
const CURSOR = /^(-?\d{1,19})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const BIGINT_MAX = 9_223_372_036_854_775_807n;

/** What each sort goes by, and as a whole number for the place at which the next page begins, and back. */
const sortedBy: Record<
  MemberSort,
  { readonly by: string; readonly told: string; readonly read: (told: string) => string }
> = {
  points: { by: 'm.available - m.debt', told: 'm.available - m.debt', read: whole },
  earned: { by: 'm.earned_total', told: 'm.earned_total', read: whole },
  newest: {
    by: 'coalesce(m.customer_created_at, m.enrolled_at)',
    told: '(extract(epoch FROM coalesce(m.customer_created_at, m.enrolled_at)) * 1000)::bigint',
    read: (told) => `(timestamptz 'epoch' + ${told}::bigint * interval '1 millisecond')`,
  },
};

function whole(told: string): string {
  return `${told}::bigint`;
}

export async function memberList(
  world: World,
  shopId: string,
  search: MemberSearch,
): Promise<MemberListPage> {
  const values: unknown[] = [shopId];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const { by, told, read } = sortedBy[search.sort];
  const conditions = ['m.shop_id = $1', `m.state = 'active'`];
  const text = search.text.trim();
  if (text !== '') conditions.push(matching(text, given));
  if (search.tier !== null) {
    conditions.push(
      search.tier === '' ? 'm.tier_key IS NULL' : `m.tier_key = ${given(search.tier)}`,
    );
  }
  const cursor = CURSOR.exec(search.after ?? '');
  if (cursor) {
    const [last, id] = [read(given(cursor[1])), given(cursor[2])];
    conditions.push(`${by} <= ${last}`, `(${by} < ${last} OR m.id > ${id}::uuid)`);
  }
  const { rows } = await world.db(shopId).query<Row>(
    `SELECT m.id, m.customer_id, m.name, m.email, m.available, m.pending, m.debt, m.earned_total,
        m.tier_key, m.membership, coalesce(m.customer_created_at, m.enrolled_at) AS since, ${told} AS sorted
      FROM members m WHERE ${conditions.join(' AND ')}
      ORDER BY ${by} DESC, m.id LIMIT ${PAGE + 1}`,
    values,
  );
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return {
    members: shown.map(memberRow),
    next: last ? `${last.sorted}_${last.id}` : null,
  };
}

/** Digits are a customer's id, also one that was merged into another; anything else is a name or an e-mail. */
function matching(text: string, given: (value: unknown) => string): string {
  const digits = /^(?:gid:\/\/shopify\/Customer\/)?(\d{1,19})$/.exec(text)?.[1];
  if (digits !== undefined && BigInt(digits) <= BIGINT_MAX) {
    const id = given(digits);
    return `(m.customer_id = ${id}::bigint OR m.id IN
      (SELECT a.member_id FROM member_aliases a WHERE a.shop_id = $1 AND a.customer_id = ${id}::bigint))`;
  }
  const start = given(`${literally(text.toLowerCase())}%`);
  if (text.includes('@')) return `lower(m.email) LIKE ${start}`;
  const within = given(`%${literally(text)}%`);
  return `(m.name ILIKE ${within} OR lower(m.email) LIKE ${start})`;
}

interface Row {
  readonly id: string;
  readonly customer_id: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly available: string;
  readonly pending: string;
  readonly debt: string;
  readonly earned_total: string;
  readonly tier_key: string | null;
  readonly membership: string;
  readonly since: Date;
  readonly sorted: string;
}

function memberRow(row: Row): MemberRow {
  return {
    id: row.id,
    customerId: row.customer_id,
    name: row.name,
    email: row.email,
    available: Number(row.available),
    pending: Number(row.pending),
    debt: Number(row.debt),
    earnedTotal: Number(row.earned_total),
    tierKey: row.tier_key,
    membership: row.membership,
    since: row.since.getTime(),
  };
}
