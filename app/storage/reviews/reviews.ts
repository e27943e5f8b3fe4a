import type pg from 'pg';
import type { ReviewFacts } from '../../domain/reviews/review-facts.ts';

export interface StoredReview {
  readonly facts: ReviewFacts;
  readonly memberId: string | null;
}

export async function lockReviews(
  client: pg.PoolClient,
  shopId: string,
  reviews: readonly ReviewFacts[],
): Promise<Map<string, StoredReview>> {
  if (reviews.length === 0) return new Map();
  const { rows } = await client.query<{ facts: ReviewFacts; member_id: string | null }>({
    name: 'lock-reviews',
    text: `SELECT facts, member_id FROM reviews WHERE shop_id = $1
        AND (provider, review_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))
      ORDER BY provider, review_id FOR UPDATE`,
    values: [shopId, reviews.map(({ provider }) => provider), reviews.map(({ id }) => id)],
  });
  return new Map(
    rows.map((row) => [reviewKey(row.facts), { facts: row.facts, memberId: row.member_id }]),
  );
}

export function reviewKey(review: ReviewFacts): string {
  return `${review.provider}:${review.id}`;
}

/** The newest state of a review wins, whichever worker comes last. */
export async function writeReviews(
  client: pg.PoolClient,
  shopId: string,
  reviews: readonly StoredReview[],
): Promise<void> {
  if (reviews.length === 0) return;
  const rows = reviews
    .map(({ facts, memberId }) => ({
      provider: facts.provider,
      review_id: facts.id,
      member_id: memberId,
      // Who wrote it is the member; the e-mail served to find them and is not kept.
      facts: { ...facts, email: memberId === null ? facts.email : null },
      facts_at: new Date(facts.updatedAt).toISOString(),
    }))
    .sort((a, b) => (a.provider + a.review_id < b.provider + b.review_id ? -1 : 1));
  await client.query({
    name: 'write-reviews',
    text: `INSERT INTO reviews AS r (shop_id, provider, review_id, member_id, facts, facts_at)
      SELECT $1, w.provider, w.review_id, w.member_id, w.facts, w.facts_at
      FROM jsonb_to_recordset($2::jsonb) AS w (provider text, review_id text, member_id uuid, facts jsonb, facts_at timestamptz)
      ON CONFLICT (shop_id, provider, review_id) DO UPDATE SET member_id = coalesce(EXCLUDED.member_id, r.member_id),
        facts = EXCLUDED.facts, facts_at = EXCLUDED.facts_at
      WHERE EXCLUDED.facts_at >= r.facts_at`,
    values: [shopId, JSON.stringify(rows)],
  });
}

export async function readReviews(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, ReviewFacts[]>> {
  const { rows } = await client.query<{ member_id: string; facts: ReviewFacts }>({
    name: 'read-reviews',
    text: `SELECT member_id, facts FROM reviews WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds],
  });
  const found = new Map<string, ReviewFacts[]>();
  for (const row of rows)
    found.set(row.member_id, [...(found.get(row.member_id) ?? []), row.facts]);
  return found;
}

/** Reviews that were written before their writer was known become theirs. @returns whose they are */
export async function adoptReviews(
  client: pg.PoolClient,
  shopId: string,
  emails: readonly string[],
): Promise<readonly string[]> {
  const unclaimed = await unclaimedOf(client, shopId, emails);
  const writers = await membersByEmail(client, shopId, unclaimed);
  if (writers.size === 0) return [];
  const { rows } = await client.query<{ member_id: string }>({
    name: 'adopt-reviews',
    text: `UPDATE reviews r SET member_id = w.member_id, facts = r.facts || '{"email": null}'
      FROM unnest($2::text[], $3::uuid[]) AS w (email, member_id)
      WHERE r.shop_id = $1 AND r.member_id IS NULL AND lower(r.facts ->> 'email') = w.email
      RETURNING r.member_id`,
    values: [shopId, [...writers.keys()], [...writers.values()]],
  });
  return [...new Set(rows.map((row) => row.member_id))];
}

/** Those of these e-mails by which reviews wait: hardly ever one. */
async function unclaimedOf(
  client: pg.PoolClient,
  shopId: string,
  emails: readonly string[],
): Promise<readonly string[]> {
  if (emails.length === 0) return [];
  const { rows } = await client.query<{ email: string }>({
    name: 'unclaimed-reviews',
    text: `SELECT DISTINCT lower(facts ->> 'email') AS email FROM reviews
      WHERE shop_id = $1 AND member_id IS NULL AND lower(facts ->> 'email') = ANY($2::text[])`,
    values: [shopId, emails.map((email) => email.toLowerCase())],
  });
  return rows.map(({ email }) => email);
}

/** Members by the e-mail a review was written with; one that two members share leads to nobody. */
export async function membersByEmail(
  client: pg.PoolClient,
  shopId: string,
  emails: readonly string[],
): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map();
  const { rows } = await client.query<{ email: string; id: string }>({
    name: 'members-by-email',
    text: `SELECT lower(email) AS email, (array_agg(id))[1] AS id FROM members
      WHERE shop_id = $1 AND lower(email) = ANY($2::text[]) AND state = 'active'
      GROUP BY lower(email) HAVING count(*) = 1`,
    values: [shopId, emails.map((email) => email.toLowerCase())],
  });
  return new Map(rows.map((row) => [row.email, row.id]));
}
