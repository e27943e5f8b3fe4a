-- Tiers that agents granted. A grant is never changed, only revoked: what it gave until then stays true.
CREATE TABLE "tier_grants" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "tier_key" TEXT NOT NULL,
  "granted_at" TIMESTAMPTZ(3) NOT NULL,
  "until" TIMESTAMPTZ(3),
  "reason" TEXT NOT NULL,
  "note" TEXT NOT NULL DEFAULT '',
  "granted_by" TEXT NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  "revoked_by" TEXT,
  CONSTRAINT "tier_grants_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "tier_grants_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "tier_grants_until_check" CHECK ("until" > "granted_at"),
  CONSTRAINT "tier_grants_revoked_check" CHECK ("revoked_at" >= "granted_at" AND ("revoked_at" IS NULL) = ("revoked_by" IS NULL))
);
CREATE INDEX "tier_grants_shop_id_member_id_idx" ON "tier_grants" ("shop_id", "member_id");
