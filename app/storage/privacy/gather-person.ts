/**
 * Everything that is held of a person, as text in JSON: whatever table has a member in it is asked, so
 * none is forgotten when one is added. Numbers are written by the database, which rounds none.
 */
import type pg from 'pg';

export interface Person {
  /** The member, and those who were merged into them. */
  readonly memberIds: readonly string[];
  readonly customerIds: readonly string[];
  /** Orders that Shopify named, and orders of a guest with their e-mail. */
  readonly orderIds: readonly string[];
}

/** What is ours and says nothing about anybody. */
const NOT_THEIRS = ['shop_id', 'hash', 'chain_head', 'lane', 'secret', 'marker'];

/** Rows that lead to the person by something else than a member, as conditions on `t`. $3: members, $4: orders. */
const BY_WHAT_IS_THEIRS: Readonly<Record<string, string>> = {
  draws: `EXISTS (SELECT 1 FROM activities a WHERE a.shop_id = $1 AND a.member_id = ANY($3::uuid[])
    AND a.kind = 'draw' AND a.activity_id = t.id::text)`,
  gifts: `EXISTS (SELECT 1 FROM gift_lines l WHERE l.shop_id = $1 AND l.gift_id = t.id
    AND l.member_id = ANY($3::uuid[]))`,
  issued_rewards: `EXISTS (SELECT 1 FROM redemptions r WHERE r.shop_id = $1 AND r.id = t.id
    AND r.member_id = ANY($3::uuid[]))`,
  membership_places: ofTheirOrders('t'),
  merges: '(t.kept_member_id = ANY($3::uuid[]) OR t.gone_member_id = ANY($3::uuid[]))',
  order_flags: ofTheirOrders('t'),
};

function ofTheirOrders(row: string): string {
  return `EXISTS (SELECT 1 FROM orders o WHERE o.shop_id = $1 AND o.order_id = ${row}.order_id
    AND (o.member_id = ANY($3::uuid[]) OR o.order_id = ANY($4::bigint[])))`;
}

export async function gatherPerson(
  client: pg.PoolClient,
  shopId: string,
  person: Person,
  about: Readonly<Record<string, string | null>>,
  /** What rows say by keys alone. */
  inWords: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { memberIds, customerIds, orderIds } = person;
  const parts: string[] = [`"about": ${JSON.stringify(about)}`];
  const add = async (name: string, text: string, values: readonly unknown[]): Promise<void> => {
    const { rows } = await client.query<{ found: string }>(
      `SELECT coalesce(jsonb_agg(to_jsonb(t) - $2::text[]), '[]')::text AS found ${text}`,
      [shopId, NOT_THEIRS, ...values],
    );
    parts.push(`${JSON.stringify(name)}: ${rows[0]?.found ?? '[]'}`);
  };
  await add('member', 'FROM members t WHERE t.shop_id = $1 AND t.id = ANY($3::uuid[])', [
    memberIds,
  ]);
  for (const table of await memberTables(client)) {
    if (table === 'orders' || table === 'data_requests') continue;
    await add(table, `FROM ${table} t WHERE t.shop_id = $1 AND t.member_id = ANY($3::uuid[])`, [
      memberIds,
    ]);
  }
  for (const [table, theirs] of Object.entries(BY_WHAT_IS_THEIRS)) {
    // Whatever a condition does not look at is looked at here, so that the statement knows its types.
    const both = 'AND ($3::uuid[] IS NOT NULL AND $4::bigint[] IS NOT NULL)';
    await add(table, `FROM ${table} t WHERE t.shop_id = $1 AND ${theirs} ${both}`, [
      memberIds,
      orderIds,
    ]);
  }
  await add(
    'orders',
    `FROM orders t WHERE t.shop_id = $1 AND (t.member_id = ANY($3::uuid[]) OR t.order_id = ANY($4::bigint[]))`,
    [memberIds, orderIds],
  );
  await add(
    'referrals',
    `FROM referrals t WHERE t.shop_id = $1
      AND (t.friend_member_id = ANY($3::uuid[]) OR t.advocate_member_id = ANY($3::uuid[]))`,
    [memberIds],
  );
  await add(
    'done by staff and by Shopify',
    'FROM audit t WHERE t.shop_id = $1 AND t.subject = ANY($3::text[])',
    [memberIds.map((id) => `member:${id}`)],
  );
  await add(
    'told by Shopify and by review apps',
    `FROM (SELECT d.topic, d.received_at, d.outcome, convert_from(d.body, 'UTF8') AS body FROM deliveries d
        WHERE d.shop_id = $1 AND d.redacted_at IS NULL AND (d.subject = ANY($3::text[]) OR d.subject IN (
          SELECT 'order:' || o.order_id FROM orders o WHERE o.shop_id = $1
            AND (o.member_id = ANY($4::uuid[]) OR o.order_id = ANY($5::bigint[]))))
        ORDER BY d.id) t`,
    [
      [
        ...customerIds.map((id) => `customer:${id}`),
        ...memberIds.map((id) => `member:${id}`),
        ...orderIds.map((id) => `order:${id}`),
      ],
      memberIds,
      orderIds,
    ],
  );
  for (const [name, words] of Object.entries(inWords)) {
    parts.push(`${JSON.stringify(name)}: ${JSON.stringify(words)}`);
  }
  const { rows } = await client.query<{ text: string }>(`SELECT jsonb_pretty($1::jsonb) AS text`, [
    `{${parts.join(', ')}}`,
  ]);
  return rows[0]?.text ?? '{}';
}

async function memberTables(client: pg.PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query<{ table_name: string }>(
    `SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t
        ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
      WHERE c.table_schema = current_schema() AND c.column_name = 'member_id' ORDER BY c.table_name`,
  );
  return rows.map((row) => row.table_name);
}
