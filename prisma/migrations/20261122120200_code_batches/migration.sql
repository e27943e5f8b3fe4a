-- Codes for everybody: many codes of one discount, made for a campaign and given out by the merchant.
CREATE TABLE "code_batches" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "request_key" TEXT NOT NULL,
  "reward_key" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "terms" JSONB NOT NULL,
  "codes" TEXT[] NOT NULL,
  "made" INTEGER NOT NULL DEFAULT 0,
  "state" TEXT NOT NULL DEFAULT 'asked',
  "detail" TEXT,
  "shopify_id" TEXT,
  "valid_until" TIMESTAMPTZ(3),
  "asked_by" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "code_batches_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "code_batches_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "code_batches_state_check" CHECK ("state" IN ('asked', 'made', 'refused')),
  CONSTRAINT "code_batches_made_check" CHECK ("made" BETWEEN 0 AND cardinality("codes"))
);
CREATE UNIQUE INDEX "code_batches_shop_id_request_key_key" ON "code_batches" ("shop_id", "request_key");
