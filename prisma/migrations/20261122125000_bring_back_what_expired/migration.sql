-- "revive": what expired because a fact was not known comes back. The rows that are there fit: they are looked at by
-- the next migration, without keeping anybody away.
ALTER TABLE "entries" DROP CONSTRAINT "entries_kind_check";
ALTER TABLE "entries" ADD CONSTRAINT "entries_kind_check" CHECK (
  "kind" IN ('earn', 'mature', 'reverse', 'adjust', 'expire', 'revive', 'redeem', 'return', 'forfeit', 'merge')
) NOT VALID;

-- What expired is what the entries took less what they brought back. Points of a redemption that were owed when it was
-- used belong to no award: they are not looked for among the awards.
CREATE OR REPLACE FUNCTION "prove_redemptions"("p_shop" BIGINT)
RETURNS TABLE ("law" TEXT, "figure" TEXT, "kept" BIGINT, "proved" BIGINT)
LANGUAGE sql STABLE AS $$
  WITH spent AS (
    SELECT split_part(e.key, ':', 2) AS id,
      sum(CASE WHEN e.to_account = 'redeemed' THEN e.points WHEN e.from_account = 'redeemed' THEN -e.points ELSE 0 END) AS points
    FROM entries e WHERE e.shop_id = p_shop AND e.kind IN ('redeem', 'return') AND e.key LIKE 'redemption:%'
    GROUP BY 1
  ), lapsed AS (
    SELECT e.source_kind, e.source_id, e.rule_key,
      sum(CASE WHEN e.kind = 'expire' THEN e.points ELSE -e.points END) AS points
    FROM entries e WHERE e.shop_id = p_shop AND e.kind IN ('expire', 'revive') AND e.to_account <> 'debt'
      AND e.source_kind <> 'redemption'
    GROUP BY e.source_kind, e.source_id, e.rule_key
  ), awarded AS (
    SELECT a.source_kind, a.source_id, a.rule_key, sum(a.expired) AS points
    FROM awards a WHERE a.shop_id = p_shop GROUP BY a.source_kind, a.source_id, a.rule_key
  )
  SELECT 'I4', 'redemption ' || coalesce(r.id::text, s.id), coalesce(r.held_points, 0)::bigint, coalesce(s.points, 0)::bigint
  FROM (SELECT * FROM redemptions r WHERE r.shop_id = p_shop) r FULL JOIN spent s ON s.id = r.id::text
  WHERE coalesce(r.held_points, 0) <> coalesce(s.points, 0)
  UNION ALL
  SELECT 'I4', 'parts of redemption ' || r.id, r.held_points,
    coalesce((SELECT sum((part ->> 'points')::bigint) FROM jsonb_array_elements(r.held) part), 0)::bigint
  FROM redemptions r WHERE r.shop_id = p_shop AND r.held_points <>
    coalesce((SELECT sum((part ->> 'points')::bigint) FROM jsonb_array_elements(r.held) part), 0)
  UNION ALL
  SELECT 'I5', 'expired of ' || coalesce(a.source_kind, l.source_kind) || ' ' || coalesce(a.source_id, l.source_id) || ' '
      || coalesce(a.rule_key, l.rule_key), coalesce(a.points, 0)::bigint, coalesce(l.points, 0)::bigint
  FROM awarded a FULL JOIN lapsed l ON l.source_kind = a.source_kind AND l.source_id = a.source_id AND l.rule_key = a.rule_key
  WHERE coalesce(a.points, 0) <> coalesce(l.points, 0)
$$;
