-- What staff write about a member in their own words. The ledger and the audit are chained and never changed, so
-- nothing that may have to be erased can stand in them: an entry or a line of the audit is told apart by its id.
CREATE TABLE "staff_words" (
  "shop_id" BIGINT NOT NULL,
  "audit_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "words" TEXT NOT NULL,
  CONSTRAINT "staff_words_pkey" PRIMARY KEY ("shop_id", "audit_id"),
  CONSTRAINT "staff_words_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "staff_words_check" CHECK (length("words") BETWEEN 1 AND 500)
);
CREATE INDEX "staff_words_shop_id_member_id_idx" ON "staff_words" ("shop_id", "member_id");
