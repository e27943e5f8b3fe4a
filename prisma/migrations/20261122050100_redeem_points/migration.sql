-- A redemption takes points out of lots and remembers which ("held": what it has not given back), so that they can go
-- back into the same lots: all when it is released, pro rata when the order that used it is refunded ("returns", by
-- step of the order's course).
CREATE TABLE "redemptions" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "request_key" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "points" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "held" JSONB NOT NULL,
  "held_points" BIGINT NOT NULL,
  "code" TEXT,
  "order_id" BIGINT,
  "discount_lines" JSONB,
  "returns" JSONB NOT NULL DEFAULT '[]',
  "reserved_at" TIMESTAMPTZ(3) NOT NULL,
  "captured_at" TIMESTAMPTZ(3),
  "released_at" TIMESTAMPTZ(3),
  CONSTRAINT "redemptions_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "redemptions_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "redemptions_points_check" CHECK ("points" > 0),
  CONSTRAINT "redemptions_held_points_check" CHECK ("held_points" BETWEEN 0 AND "points"),
  CONSTRAINT "redemptions_state_check" CHECK (
    ("state" = 'reserved' AND "held_points" = "points")
    OR ("state" = 'captured' AND "held_points" > 0 AND "captured_at" IS NOT NULL)
    OR ("state" = 'returned' AND "held_points" = 0 AND "captured_at" IS NOT NULL)
    OR ("state" = 'released' AND "held_points" = 0 AND "released_at" IS NOT NULL)
  )
);
-- The same request of a member is the same redemption.
CREATE UNIQUE INDEX "redemptions_shop_id_member_id_request_key_key" ON "redemptions" ("shop_id", "member_id", "request_key");
-- Shopify compares codes without regard to case.
CREATE UNIQUE INDEX "redemptions_code_key" ON "redemptions" ("shop_id", lower("code")) WHERE "code" IS NOT NULL;
CREATE INDEX "redemptions_shop_id_order_id_idx" ON "redemptions" ("shop_id", "order_id");

-- What redemptions hold, and what of awards expired, by the entries. The key of an entry names its redemption; an
-- entry of an award names its source. Both are looked for in the whole shop: a merge moves them, and leaves the
-- entries where they were written.
CREATE FUNCTION "prove_redemptions"("p_shop" BIGINT)
RETURNS TABLE ("law" TEXT, "figure" TEXT, "kept" BIGINT, "proved" BIGINT)
LANGUAGE sql STABLE AS $$
  WITH spent AS (
    SELECT split_part(e.key, ':', 2) AS id,
      sum(CASE WHEN e.to_account = 'redeemed' THEN e.points WHEN e.from_account = 'redeemed' THEN -e.points ELSE 0 END) AS points
    FROM entries e WHERE e.shop_id = p_shop AND e.kind IN ('redeem', 'return') AND e.key LIKE 'redemption:%'
    GROUP BY 1
  ), lapsed AS (
    SELECT e.source_kind, e.source_id, e.rule_key, sum(e.points) AS points
    FROM entries e WHERE e.shop_id = p_shop AND e.kind = 'expire'
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

CREATE OR REPLACE FUNCTION "prove_books"("p_shop" BIGINT)
RETURNS TABLE ("member_id" UUID, "figure" TEXT, "kept" BIGINT, "proved" BIGINT)
LANGUAGE sql STABLE AS $$
  SELECT p.member_id, p.figure, p.kept, p.proved
  FROM prove_members(p_shop, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff') p
  UNION ALL
  SELECT NULL, a.figure, a.kept, a.proved FROM prove_awards(p_shop) a
  UNION ALL
  SELECT NULL, r.figure, r.kept, r.proved FROM prove_redemptions(p_shop) r
  UNION ALL
  SELECT c.member_id, 'chain: ' || c.figure, 0, 1
  FROM prove_chains(p_shop, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff') c
$$;
