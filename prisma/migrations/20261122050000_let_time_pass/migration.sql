-- One date per member says when time alone will change something: a lot matures or expires, a reminder is due, a
-- term of a tier ends. "tier_due_at" stays as what a term is shown to end by.
ALTER TABLE "members" ADD COLUMN "due_at" TIMESTAMPTZ(3);
UPDATE "members" m SET "due_at" = least(m.tier_due_at, (
  SELECT min(l.available_at) FROM "lots" l
  WHERE l.shop_id = m.shop_id AND l.member_id = m.id AND l.state = 'pending' AND l.remaining > 0
)) WHERE m.state = 'active';
CREATE INDEX "members_due_idx" ON "members" ("shop_id", "due_at", "id") WHERE "due_at" IS NOT NULL;
DROP INDEX "members_tier_due_idx";
DROP INDEX "lots_maturing_idx";

-- Points that came back after their date can be spent until then.
ALTER TABLE "lots" ADD COLUMN "kept_until" TIMESTAMPTZ(3);

-- When an award's points can be spent, and how many of them expired: those are taken already when it is taken back.
ALTER TABLE "awards"
  ADD COLUMN "available_at" TIMESTAMPTZ(3),
  ADD COLUMN "expired" BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT "awards_expired_check" CHECK ("expired" >= 0);
UPDATE "awards" a SET "available_at" = coalesce((
  SELECT min(l.available_at) FROM "lots" l
  WHERE l.shop_id = a.shop_id AND l.member_id = a.member_id AND l.source_kind = a.source_kind
    AND l.source_id = a.source_id AND l.rule_key = a.rule_key
), CASE WHEN a.source_kind <> 'order' THEN a.occurred_at END);
