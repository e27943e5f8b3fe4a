-- A back-test runs a draft over everything that is known of the members, in batches, and changes nothing.
-- "cursor" is the last member that was looked at, "tally" what was found so far.
CREATE TABLE "back_tests" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "asked_by" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "document" JSONB NOT NULL,
  "revision" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "cursor" UUID,
  "turn" INTEGER NOT NULL DEFAULT 0,
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  "run_after" TIMESTAMPTZ(3) NOT NULL,
  "members" INTEGER NOT NULL,
  "members_done" INTEGER NOT NULL DEFAULT 0,
  "tally" JSONB NOT NULL,
  "finished_at" TIMESTAMPTZ(3),
  "detail" TEXT,
  CONSTRAINT "back_tests_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "back_tests_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "back_tests_state_check" CHECK ("state" IN ('running', 'finished', 'cancelled', 'failed'))
);
-- Never two at once for a shop.
CREATE UNIQUE INDEX "back_tests_running_key" ON "back_tests" ("shop_id") WHERE "state" = 'running';
CREATE INDEX "back_tests_due_idx" ON "back_tests" ("run_after") WHERE "state" = 'running';
CREATE INDEX "back_tests_shop_id_asked_at_idx" ON "back_tests" ("shop_id", "asked_at");
