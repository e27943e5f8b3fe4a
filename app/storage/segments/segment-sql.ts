/** What the conditions of a segment ask of the database, of a member `m` of the shop `$1`. */
import { readAnswerRef } from '../../domain/quizzes/answer-ref.ts';
import { conditionDefinitions } from '../../domain/segments/registry.ts';
import type { Condition, Segment } from '../../domain/segments/segment.ts';

/** Binds a value. @returns its place in the statement, e.g. "$3" */
export type Bind = (value: unknown) => string;

type Ask = (settings: Readonly<Record<string, unknown>>, bind: Bind, now: Date) => string;

const PAID_ORDER = `o.shop_id = $1 AND o.member_id = m.id AND o.standing ->> 'counts' = 'true'`;
const LAST_ORDER = `(SELECT max(o.placed_at) FROM orders o WHERE ${PAID_ORDER})`;

/** Under the kinds of the conditions; a test says that none is missing. */
export const CONDITION_SQL: Readonly<Record<string, Ask>> = {
  tier: ({ tiers }, bind) => `m.tier_key = ANY(${bind(tiers)}::text[])`,
  // Of each tag the last word counts: that it came, that it went, or what all of them were.
  tag: ({ tags }, bind) => `EXISTS (
    SELECT FROM unnest(${bind(lowerCased(tags))}::text[]) AS wanted (tag)
    CROSS JOIN LATERAL (
      SELECT t.told ->> 1 AS what, t.told -> 2 ? wanted.tag AS named
      FROM jsonb_array_elements(m.tag_tidings) WITH ORDINALITY AS t (told, place)
      WHERE t.told ->> 1 = 'all' OR t.told -> 2 ? wanted.tag ORDER BY t.place DESC LIMIT 1
    ) AS last WHERE last.named AND last.what <> 'removed')`,
  joined: ({ from, until }, bind) =>
    [
      from === null ? 'm.joined_at IS NOT NULL' : `m.joined_at >= ${bind(from)}::timestamptz`,
      ...(until === null ? [] : [`m.joined_at < ${bind(until)}::timestamptz`]),
    ].join(' AND '),
  'last-order': ({ when, days }, bind, now) => {
    if (when === 'never') return `${LAST_ORDER} IS NULL`;
    const since = new Date(now.getTime() - Number(days) * 86_400_000);
    return `${LAST_ORDER} ${when === 'before' ? '<' : '>='} ${bind(since)}::timestamptz`;
  },
  points: ({ least, most }, bind) =>
    [
      ...(least === null ? [] : [`m.available >= ${bind(least)}::bigint`]),
      ...(most === null ? [] : [`m.available <= ${bind(most)}::bigint`]),
    ].join(' AND '),
  'never-redeemed': () => `NOT EXISTS (SELECT FROM redemptions r
    WHERE r.shop_id = $1 AND r.member_id = m.id AND r.points > 0 AND r.state IN ('reserved', 'captured'))`,
  answered: ({ answer }, bind) => {
    const ref = readAnswerRef(String(answer));
    const chosen = ref?.choice
      ? ` AND ${bind(ref.choice.key)} = ANY(string_to_array(a.content ->> ${bind(ref.choice.question)}, ' '))`
      : '';
    return `EXISTS (SELECT FROM activities a WHERE a.shop_id = $1 AND a.member_id = m.id AND a.kind = 'answers'
      AND a.activity_id = ${bind(ref?.quiz ?? '')} AND a.occurred_at IS NOT NULL AND a.withdrawn_at IS NULL${chosen})`;
  },
  bought: ({ products, collections }, bind) => `EXISTS (
    SELECT FROM orders o CROSS JOIN jsonb_array_elements((o.standing -> 'kept')::jsonb) AS k (line) WHERE ${PAID_ORDER}
      AND (k.line ->> 'product' = ANY(${bind(products)}::text[])
        OR k.line -> 'collections' ?| ${bind(collections)}::text[]))`,
};

/** True of whom the segment is about. Its conditions must be without faults. */
export function segmentSql({ match, conditions }: Segment, bind: Bind, now: Date): string {
  if (conditions.length === 0) return 'true';
  const asked = conditions.map((condition) => conditionSql(condition, bind, now));
  return asked.map((sql) => `(${sql})`).join(match === 'all' ? ' AND ' : ' OR ');
}

function conditionSql({ kind, not, settings }: Condition, bind: Bind, now: Date): string {
  const definition = conditionDefinitions.find(kind);
  const ask = CONDITION_SQL[kind];
  if (!definition || !ask) throw new Error(`There is no condition ${kind}`);
  const read = definition.settings.parse(settings) as Readonly<Record<string, unknown>>;
  const sql = ask(read, bind, now);
  // What nobody knows of somebody is not met, and so its opposite is.
  return not ? `(${sql}) IS NOT TRUE` : sql;
}

function lowerCased(tags: unknown): readonly string[] {
  return Array.isArray(tags) ? tags.map((tag) => String(tag).trim().toLowerCase()) : [];
}
