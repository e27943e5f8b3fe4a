-- What members did, other than buying and reviewing: one row for each deed, under a key of its own.
CREATE TABLE "activities" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "activity_id" TEXT NOT NULL,
  "occurred_at" TIMESTAMPTZ(3),
  "withdrawn_at" TIMESTAMPTZ(3),
  "state" TEXT NOT NULL DEFAULT 'approved',
  "decided_at" TIMESTAMPTZ(3),
  "told_at" TIMESTAMPTZ(3) NOT NULL,
  "content" JSONB NOT NULL DEFAULT '{}',
  CONSTRAINT "activities_pkey" PRIMARY KEY ("shop_id", "member_id", "kind", "activity_id"),
  CONSTRAINT "activities_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "activities_kind_check" CHECK (
    "kind" IN ('birthday', 'newsletter', 'sms', 'social-follow', 'social-share', 'visit', 'profile', 'survey', 'custom', 'receipt')
  ),
  CONSTRAINT "activities_state_check" CHECK ("state" IN ('pending', 'approved', 'refused')),
  CONSTRAINT "activities_claim_check" CHECK ("state" = 'approved' OR "kind" IN ('custom', 'receipt')),
  CONSTRAINT "activities_known_check" CHECK ("occurred_at" IS NOT NULL OR "withdrawn_at" IS NOT NULL)
);
-- A receipt is claimed once in the shop, whoever comes first; one that was refused can be claimed again.
CREATE UNIQUE INDEX "activities_receipt_key" ON "activities" ("shop_id", "activity_id")
  WHERE "kind" = 'receipt' AND "state" <> 'refused';
CREATE INDEX "activities_waiting_idx" ON "activities" ("shop_id", "told_at", "member_id", "kind", "activity_id")
  WHERE "state" = 'pending';
