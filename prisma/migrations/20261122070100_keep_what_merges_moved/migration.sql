-- What a merge moved, so that it can be undone: facts, awards and lots by their keys, never a name or an e-mail.
CREATE TABLE "merges" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "kept_member_id" UUID NOT NULL,
  "gone_member_id" UUID NOT NULL,
  "merged_at" TIMESTAMPTZ(3) NOT NULL,
  "merged_by" TEXT NOT NULL,
  "reason" TEXT NOT NULL DEFAULT '',
  "record" JSONB NOT NULL,
  "undone_at" TIMESTAMPTZ(3),
  "undone_by" TEXT,
  CONSTRAINT "merges_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "merges_kept_fkey" FOREIGN KEY ("shop_id", "kept_member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "merges_gone_fkey" FOREIGN KEY ("shop_id", "gone_member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "merges_shop_id_kept_member_id_idx" ON "merges" ("shop_id", "kept_member_id");
-- A member that is gone is gone once.
CREATE UNIQUE INDEX "merges_standing_key" ON "merges" ("shop_id", "gone_member_id") WHERE "undone_at" IS NULL;
