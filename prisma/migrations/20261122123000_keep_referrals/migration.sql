-- Codes by which friends come: an unguessable one for each member, and those they chose. Old ones keep working.
CREATE TABLE "referral_codes" (
  "shop_id" BIGINT NOT NULL,
  "code_key" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "member_id" UUID NOT NULL,
  "chosen" BOOLEAN NOT NULL DEFAULT false,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "referral_codes_pkey" PRIMARY KEY ("shop_id", "code_key"),
  CONSTRAINT "referral_codes_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "referral_codes_key_check" CHECK ("code_key" = upper("code") AND length("code") BETWEEN 3 AND 24)
);
CREATE INDEX "referral_codes_member_idx" ON "referral_codes" ("shop_id", "member_id", "made_at");

-- A friend who came by a member's code. The first columns are facts, the last ones what the engine said of them.
CREATE TABLE "referrals" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "advocate_member_id" UUID NOT NULL,
  "friend_member_id" UUID NOT NULL,
  "code" TEXT NOT NULL,
  "visited_at" TIMESTAMPTZ(3),
  "ordered_at" TIMESTAMPTZ(3),
  "claimed_at" TIMESTAMPTZ(3),
  "seen_at" TIMESTAMPTZ(3),
  "superseded" BOOLEAN NOT NULL DEFAULT false,
  "nearby" INTEGER NOT NULL DEFAULT 1,
  "course" JSONB NOT NULL,
  "findings" JSONB NOT NULL DEFAULT '{}',
  "ruling" TEXT,
  "ruled_at" TIMESTAMPTZ(3),
  "ruled_by" TEXT,
  "ruling_reason" TEXT NOT NULL DEFAULT '',
  "state" TEXT NOT NULL DEFAULT 'claimed',
  "because" TEXT,
  "score" INTEGER NOT NULL DEFAULT 0,
  "signals" JSONB NOT NULL DEFAULT '[]',
  "due_at" TIMESTAMPTZ(3),
  "order_id" BIGINT,
  CONSTRAINT "referrals_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "referrals_advocate_fkey" FOREIGN KEY ("shop_id", "advocate_member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "referrals_friend_fkey" FOREIGN KEY ("shop_id", "friend_member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "referrals_claimed_check" CHECK ("claimed_at" IS NOT DISTINCT FROM least("visited_at", "ordered_at")),
  CONSTRAINT "referrals_state_check" CHECK ("state" IN ('claimed', 'joined', 'ordered', 'rewarded', 'limited', 'returned', 'flagged', 'refused')),
  CONSTRAINT "referrals_ruling_check" CHECK (("ruling" IS NULL AND "ruled_at" IS NULL) OR ("ruling" IN ('approved', 'refused') AND "ruled_at" IS NOT NULL))
);
CREATE INDEX "referrals_friend_idx" ON "referrals" ("shop_id", "friend_member_id");
CREATE INDEX "referrals_advocate_idx" ON "referrals" ("shop_id", "advocate_member_id", "claimed_at");
CREATE INDEX "referrals_state_idx" ON "referrals" ("shop_id", "state", "claimed_at", "id");

-- What customers can have in common, as keyed hashes only; forgotten ninety days after it was last seen.
CREATE TABLE "referral_traces" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "hash" TEXT NOT NULL,
  "first_at" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "referral_traces_pkey" PRIMARY KEY ("shop_id", "member_id", "kind", "hash"),
  CONSTRAINT "referral_traces_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "referral_traces_kind_check" CHECK ("kind" IN ('email', 'phone', 'address', 'ip', 'device', 'disposable'))
);
CREATE INDEX "referral_traces_hash_idx" ON "referral_traces" ("shop_id", "kind", "hash");
CREATE INDEX "referral_traces_last_at_idx" ON "referral_traces" ("shop_id", "last_at");

-- How often a member's link was opened, by the shop's day.
CREATE TABLE "referral_opens" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "opens" INTEGER NOT NULL,
  CONSTRAINT "referral_opens_pkey" PRIMARY KEY ("shop_id", "member_id", "day"),
  CONSTRAINT "referral_opens_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- The code by which the buyer came, as codes are compared: few orders have one.
ALTER TABLE "orders" ADD COLUMN "referral_code" TEXT;
CREATE INDEX "orders_referral_idx" ON "orders" ("shop_id", "member_id") WHERE "referral_code" IS NOT NULL;
