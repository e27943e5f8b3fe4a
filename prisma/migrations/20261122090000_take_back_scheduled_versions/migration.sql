-- A version that was published for a later moment can be taken back before it. Versions themselves never change.
CREATE TABLE "programme_withdrawals" (
  "shop_id" BIGINT NOT NULL,
  "version" INTEGER NOT NULL,
  "withdrawn_at" TIMESTAMPTZ(3) NOT NULL,
  "withdrawn_by" TEXT NOT NULL,
  CONSTRAINT "programme_withdrawals_pkey" PRIMARY KEY ("shop_id", "version"),
  CONSTRAINT "programme_withdrawals_version_fkey" FOREIGN KEY ("shop_id", "version") REFERENCES "programme_versions" ("shop_id", "version") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "programme_versions_shop_id_effective_at_idx" ON "programme_versions" ("shop_id", "effective_at");
