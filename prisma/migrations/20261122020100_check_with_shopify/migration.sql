-- What a shop's night brings: "due_at" is the next moment at which the job is due for the shop.
CREATE TABLE "night_jobs" (
  "shop_id" BIGINT NOT NULL,
  "job" TEXT NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "night_jobs_pkey" PRIMARY KEY ("shop_id", "job"),
  CONSTRAINT "night_jobs_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "night_jobs_job_check" CHECK ("job" IN ('sweep', 'prove'))
);
CREATE INDEX "night_jobs_due_at_idx" ON "night_jobs" ("due_at");
INSERT INTO "night_jobs" ("shop_id", "job", "due_at")
SELECT s."id", j."job", now() + interval '1 hour' FROM "shops" s, (VALUES ('sweep'), ('prove')) AS j ("job")
WHERE s."state" = 'installed';

-- A sweep compares what Shopify says of customers and orders with what we know, page by page. "page_from" and
-- "cursor" are where it goes on; "turn" counts its steps, so that whoever lost its lease writes nothing.
CREATE TABLE "sweeps" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "asked_by" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "since_at" TIMESTAMPTZ(3) NOT NULL,
  "until_at" TIMESTAMPTZ(3) NOT NULL,
  "page_from" TIMESTAMPTZ(3),
  "cursor" TEXT,
  "on_pages" INTEGER NOT NULL DEFAULT 0,
  "turn" INTEGER NOT NULL DEFAULT 0,
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  "run_after" TIMESTAMPTZ(3) NOT NULL,
  "looked_at" INTEGER NOT NULL DEFAULT 0,
  "already_right" INTEGER NOT NULL DEFAULT 0,
  "repaired" INTEGER NOT NULL DEFAULT 0,
  "missed" INTEGER NOT NULL DEFAULT 0,
  "failures" INTEGER NOT NULL DEFAULT 0,
  "points_given" BIGINT NOT NULL DEFAULT 0,
  "points_taken" BIGINT NOT NULL DEFAULT 0,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "finished_at" TIMESTAMPTZ(3),
  "detail" TEXT,
  CONSTRAINT "sweeps_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "sweeps_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "sweeps_state_check" CHECK ("state" IN ('running', 'finished', 'failed')),
  CONSTRAINT "sweeps_subject_check" CHECK ("subject" IN ('customers', 'orders')),
  CONSTRAINT "sweeps_counted_check" CHECK ("looked_at" = "already_right" + "repaired" + "missed" + "failures")
);
-- Never two at once for a shop.
CREATE UNIQUE INDEX "sweeps_running_key" ON "sweeps" ("shop_id") WHERE "state" = 'running';
CREATE INDEX "sweeps_due_idx" ON "sweeps" ("run_after") WHERE "state" = 'running';
CREATE INDEX "sweeps_shop_id_started_at_idx" ON "sweeps" ("shop_id", "started_at");

-- What the nightly proof of the books found.
CREATE TABLE "proofs" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "finished_at" TIMESTAMPTZ(3) NOT NULL,
  "members" INTEGER NOT NULL,
  "entries" BIGINT NOT NULL,
  "differences" INTEGER NOT NULL,
  "found" JSONB NOT NULL DEFAULT '[]',
  CONSTRAINT "proofs_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "proofs_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "proofs_shop_id_started_at_idx" ON "proofs" ("shop_id", "started_at");
