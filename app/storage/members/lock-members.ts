/** Members under lock. The member's row is the lock of everything that is theirs. */
import type pg from 'pg';
import type { JoinedBy, JoinedWith, MembershipState } from '../../domain/members/membership.ts';
import type { TagTidings } from '../../domain/members/tags.ts';
import type { CustomerTidings } from '../../domain/tidings.ts';
import { isoOrNull, sortIds } from '../orders/lock-orders.ts';
import { MetOthers, planByKeys } from '../transaction.ts';

export interface StoredMember {
  readonly id: string;
  /** The transaction that wrote the row last: another one, and something of the member's may have changed. */
  readonly version: string;
  readonly customerId: string | null;
  readonly state: string;
  readonly customerCreatedAt: number | null;
  readonly factsAt: number | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly lastSeq: number;
  readonly earnedTotal: number;
  readonly tierKey: string | null;
  readonly tierSince: number | null;
  readonly tierDueAt: number | null;
  readonly optedInAt: number | null;
  readonly tags: readonly TagTidings[];
  readonly joinedWith: readonly JoinedWith[];
  readonly emailVerified: boolean;
  readonly membership: MembershipState;
  readonly joinedAt: number | null;
  readonly joinedBy: JoinedBy | null;
  /** When Laurel met them. */
  readonly enrolledAt: number;
  /** When time alone will change something. */
  readonly dueAt: number | null;
  /** The moment by which the member was last decided about. */
  readonly decidedAt: number | null;
}

/**
 * The members of these customers, made where there are none. A customer that was merged away leads
 * to the survivor.
 * @returns member id by customer id
 * @throws MetOthers when one of them was merged away meanwhile
 */
export async function memberIdsOf(
  client: pg.PoolClient,
  shopId: string,
  customerIds: readonly string[],
  make: {
    readonly newId: () => string;
    readonly at: Date;
    /** What is told of customers, by their id: a new member begins with it. */
    readonly told?: ReadonlyMap<string, CustomerTidings>;
  },
): Promise<Map<string, string>> {
  const sorted = sortIds(customerIds);
  if (sorted.length === 0) return new Map();
  const found = await findMembers(client, shopId, sorted);
  const missing = sorted.filter((customerId) => !found.has(customerId));
  if (missing.length === 0) return found;
  const rows = missing.map((customerId) => ({
    id: make.newId(),
    customer_id: customerId,
    ...customerColumns(make.told?.get(customerId)),
  }));
  const made = await client.query<{ customer_id: string; id: string }>({
    name: 'make-members',
    text: `INSERT INTO members (shop_id, id, customer_id, enrolled_at, email, name, customer_created_at, facts_at, email_verified)
      SELECT $1, w.id, w.customer_id, $3, w.email, w.name, w.created_at, w.updated_at, w.email_verified
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, customer_id bigint, email text, name text,
        created_at timestamptz, updated_at timestamptz, email_verified boolean)
      ON CONFLICT (shop_id, customer_id) DO NOTHING RETURNING customer_id, id`,
    values: [shopId, JSON.stringify(rows), make.at],
  });
  for (const [customerId, id] of await findMembers(client, shopId, missing)) {
    found.set(customerId, id);
  }
  // A merge that ended meanwhile set the customer's id free: who has it leads to the survivor, and is nobody new.
  if (made.rows.some((row) => found.get(row.customer_id) !== row.id)) {
    throw new MetOthers('the customer was merged meanwhile');
  }
  return found;
}

export async function findMembers(
  client: pg.PoolClient,
  shopId: string,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ customer_id: string; id: string }>({
    name: 'find-members',
    text: `SELECT customer_id, id FROM members WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])
      UNION ALL
      SELECT customer_id, member_id FROM member_aliases WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    values: [shopId, customerIds],
  });
  // An alias is listed after the member that it replaced, and wins.
  return new Map(rows.map((row) => [row.customer_id, row.id]));
}

/** The e-mails that these members have shown to be theirs. */
export async function readEmails(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<readonly string[]> {
  if (memberIds.length === 0) return [];
  const { rows } = await client.query<{ email: string }>({
    name: 'read-emails',
    text: `SELECT email FROM members
      WHERE shop_id = $1 AND id = ANY($2::uuid[]) AND email IS NOT NULL AND email_verified AND state = 'active'`,
    values: [shopId, memberIds],
  });
  return rows.map((row) => row.email);
}

export async function lockMembers(
  client: pg.PoolClient,
  shopId: string,
  memberIds: Iterable<string>,
): Promise<Map<string, StoredMember>> {
  const sorted = [...new Set(memberIds)].sort();
  if (sorted.length === 0) return new Map();
  planByKeys(client);
  const { rows } = await client.query<MemberRow>({
    name: 'lock-members',
    text: `SELECT ${MEMBER_COLUMNS} FROM members WHERE shop_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE`,
    values: [shopId, sorted],
  });
  return new Map(rows.map((row) => [row.id, readMember(row)]));
}

/** Members as they stand, without a lock: for whoever writes nothing. */
export async function readMembers(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<readonly StoredMember[]> {
  const { rows } = await client.query<MemberRow>({
    name: 'read-members',
    text: `SELECT ${MEMBER_COLUMNS} FROM members WHERE shop_id = $1 AND id = ANY($2::uuid[]) ORDER BY id`,
    values: [shopId, memberIds],
  });
  return rows.map(readMember);
}

/** Members as they stand, without a lock: for whoever writes nothing. By their id, from `after` on. */
export async function readMembersAfter(
  client: pg.PoolClient,
  shopId: string,
  after: string,
  most: number,
): Promise<readonly StoredMember[]> {
  const { rows } = await client.query<MemberRow>({
    name: 'read-members-after',
    text: `SELECT ${MEMBER_COLUMNS} FROM members WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3`,
    values: [shopId, after, most],
  });
  return rows.map(readMember);
}

/** After one id and up to another, by id. */
export async function readMembersBetween(
  client: pg.PoolClient,
  shopId: string,
  { after, upTo }: { readonly after: string; readonly upTo: string },
): Promise<readonly StoredMember[]> {
  const { rows } = await client.query<MemberRow>({
    name: 'read-members-between',
    text: `SELECT ${MEMBER_COLUMNS} FROM members WHERE shop_id = $1 AND id > $2 AND id <= $3 ORDER BY id`,
    values: [shopId, after, upTo],
  });
  return rows.map(readMember);
}

const MEMBER_COLUMNS = `id, xmin::text AS version, customer_id, state, customer_created_at, facts_at, email, name, available, pending, debt,
  last_seq, earned_total, tier_key, tier_since, tier_due_at, due_at, decided_at, opted_in_at, tag_tidings, joined_with, email_verified,
  membership, joined_at, joined_by, enrolled_at`;

interface MemberRow {
  readonly id: string;
  readonly version: string;
  readonly customer_id: string | null;
  readonly state: string;
  readonly customer_created_at: Date | null;
  readonly facts_at: Date | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly available: string;
  readonly pending: string;
  readonly debt: string;
  readonly last_seq: number;
  readonly earned_total: string;
  readonly tier_key: string | null;
  readonly tier_since: Date | null;
  readonly tier_due_at: Date | null;
  readonly due_at: Date | null;
  readonly decided_at: Date | null;
  readonly opted_in_at: Date | null;
  readonly tag_tidings: readonly TagTidings[];
  readonly joined_with: readonly JoinedWith[];
  readonly email_verified: boolean;
  readonly membership: MembershipState;
  readonly joined_at: Date | null;
  readonly joined_by: JoinedBy | null;
  readonly enrolled_at: Date;
}

function readMember(row: MemberRow): StoredMember {
  return {
    id: row.id,
    version: row.version,
    customerId: row.customer_id,
    state: row.state,
    customerCreatedAt: row.customer_created_at?.getTime() ?? null,
    factsAt: row.facts_at?.getTime() ?? null,
    email: row.email,
    name: row.name,
    available: Number(row.available),
    pending: Number(row.pending),
    debt: Number(row.debt),
    lastSeq: row.last_seq,
    earnedTotal: Number(row.earned_total),
    tierKey: row.tier_key,
    tierSince: row.tier_since?.getTime() ?? null,
    tierDueAt: row.tier_due_at?.getTime() ?? null,
    enrolledAt: row.enrolled_at.getTime(),
    dueAt: row.due_at?.getTime() ?? null,
    decidedAt: row.decided_at?.getTime() ?? null,
    optedInAt: row.opted_in_at?.getTime() ?? null,
    tags: row.tag_tidings,
    joinedWith: row.joined_with,
    emailVerified: row.email_verified,
    membership: row.membership,
    joinedAt: row.joined_at?.getTime() ?? null,
    joinedBy: row.joined_by,
  };
}

/** Newest tidings win; when the account began is told by whoever knows it. */
export async function writeCustomerFacts(
  client: pg.PoolClient,
  shopId: string,
  tidings: readonly (CustomerTidings & { readonly memberId: string })[],
): Promise<void> {
  if (tidings.length === 0) return;
  const rows = tidings.map((customer) => ({
    id: customer.memberId,
    ...customerColumns(customer),
  }));
  await client.query({
    name: 'write-customer-facts',
    text: `UPDATE members m SET
        email = CASE WHEN m.facts_at IS NULL OR w.updated_at >= m.facts_at THEN w.email ELSE m.email END,
        name = CASE WHEN m.facts_at IS NULL OR w.updated_at >= m.facts_at THEN w.name ELSE m.name END,
        email_verified = CASE WHEN m.facts_at IS NULL OR w.updated_at >= m.facts_at THEN w.email_verified ELSE m.email_verified END,
        facts_at = greatest(m.facts_at, w.updated_at),
        customer_created_at = coalesce(m.customer_created_at, w.created_at)
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, email text, name text, created_at timestamptz,
        updated_at timestamptz, email_verified boolean)
      WHERE m.shop_id = $1 AND m.id = w.id AND m.state = 'active'`,
    values: [shopId, JSON.stringify(rows)],
  });
}

function customerColumns(customer: CustomerTidings | undefined) {
  return {
    email: customer?.email ?? null,
    name: customer?.name ?? null,
    email_verified: customer?.emailVerified ?? true,
    created_at: isoOrNull(customer?.createdAt),
    updated_at: isoOrNull(customer?.updatedAt),
  };
}
