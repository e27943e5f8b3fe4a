-- A redemption may be of a reward that costs nothing: a prize, a gift. It ends at a date, or because somebody or
-- something ended it: "ending" says why while Shopify is asked to end it, and afterwards.
ALTER TABLE "redemptions"
  ADD COLUMN "valid_until" TIMESTAMPTZ(3),
  ADD COLUMN "ending" TEXT,
  DROP CONSTRAINT "redemptions_points_check",
  ADD CONSTRAINT "redemptions_points_check" CHECK ("points" >= 0),
  DROP CONSTRAINT "redemptions_state_check",
  ADD CONSTRAINT "redemptions_state_check" CHECK (
    ("state" = 'reserved' AND "held_points" = "points")
    OR ("state" = 'captured' AND ("held_points" > 0 OR "points" = 0) AND "captured_at" IS NOT NULL)
    OR ("state" = 'returned' AND "held_points" = 0 AND "captured_at" IS NOT NULL)
    OR ("state" = 'released' AND "held_points" = 0 AND "released_at" IS NOT NULL)
  ),
  ADD CONSTRAINT "redemptions_ending_check" CHECK (
    "ending" IN ('expired', 'cancelled', 'withdrawn', 'removed', 'refused', 'left')
  );

-- The outward side of a redemption: what was given, pinned, and how far it is made. Whether it was used, and whose
-- it is, its redemption says.
CREATE TABLE "issued_rewards" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "reward_key" TEXT NOT NULL,
  "programme_version" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "terms" JSONB NOT NULL,
  "origin" TEXT NOT NULL,
  "note" TEXT,
  "counts" BOOLEAN NOT NULL,
  "making" TEXT NOT NULL DEFAULT 'asked',
  "refusal" JSONB,
  "shopify_id" TEXT,
  "secret" TEXT,
  "marker" TEXT,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "tried_at" TIMESTAMPTZ(3),
  "made_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "issued_rewards_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "issued_rewards_redemption_fkey" FOREIGN KEY ("shop_id", "id") REFERENCES "redemptions" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "issued_rewards_origin_check" CHECK ("origin" IN ('points', 'prize', 'agent', 'referral', 'gift', 'membership')),
  CONSTRAINT "issued_rewards_making_check" CHECK (
    "making" IN ('asked', 'refused', 'ended')
    OR ("making" = 'made' AND "made_at" IS NOT NULL)
  )
);
CREATE INDEX "issued_rewards_shop_id_reward_key_asked_at_idx" ON "issued_rewards" ("shop_id", "reward_key", "asked_at");
CREATE INDEX "issued_rewards_shop_id_shopify_id_idx" ON "issued_rewards" ("shop_id", "shopify_id");

-- How many of a reward with a stock are given: the row is locked last, and never by who gives another reward.
CREATE TABLE "reward_stocks" (
  "shop_id" BIGINT NOT NULL,
  "reward_key" TEXT NOT NULL,
  "given" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "reward_stocks_pkey" PRIMARY KEY ("shop_id", "reward_key"),
  CONSTRAINT "reward_stocks_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "reward_stocks_given_check" CHECK ("given" >= 0)
);

-- Codes of partners, sealed, each given once.
CREATE TABLE "partner_codes" (
  "shop_id" BIGINT NOT NULL,
  "reward_key" TEXT NOT NULL,
  "code_hash" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "redemption_id" UUID,
  "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "partner_codes_pkey" PRIMARY KEY ("shop_id", "reward_key", "code_hash"),
  CONSTRAINT "partner_codes_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX "partner_codes_shop_id_redemption_id_key" ON "partner_codes" ("shop_id", "redemption_id");
CREATE INDEX "partner_codes_free_idx" ON "partner_codes" ("shop_id", "reward_key", "uploaded_at") WHERE "redemption_id" IS NULL;
