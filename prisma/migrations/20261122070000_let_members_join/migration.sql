-- Who is a member, since when and by what; what is known of a customer's tags; orders of guests, which wait
-- under a keyed hash of their e-mail until somebody logs in with it.
ALTER TABLE "members"
  ADD COLUMN "membership" TEXT NOT NULL DEFAULT 'joined',
  ADD COLUMN "joined_at" TIMESTAMPTZ(3),
  ADD COLUMN "joined_by" TEXT,
  ADD COLUMN "opted_in_at" TIMESTAMPTZ(3),
  ADD COLUMN "tag_tidings" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "email_verified" BOOLEAN NOT NULL DEFAULT true,
  ADD CONSTRAINT "members_membership_check" CHECK ("membership" IN ('joined', 'not-joined', 'lapsed')),
  ADD CONSTRAINT "members_joined_by_check" CHECK ("joined_by" IN ('account', 'opt-in', 'tag', 'policy'));
UPDATE "members" SET "joined_at" = "customer_created_at", "joined_by" = 'account';
CREATE INDEX "members_not_joined_idx" ON "members" ("shop_id", "id") WHERE "membership" <> 'joined';

-- "pinned": an agent said whose order it is, by undoing a merge; what Shopify tells of its customer no longer decides.
ALTER TABLE "orders" ADD COLUMN "guest_key" TEXT, ADD COLUMN "pinned" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "orders_guests_idx" ON "orders" ("shop_id", "guest_key") WHERE "guest_key" IS NOT NULL;

-- One row for each e-mail that a member has logged in with: the first time and the latest.
CREATE TABLE "member_logins" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "email_key" TEXT NOT NULL,
  "first_at" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "member_logins_pkey" PRIMARY KEY ("shop_id", "member_id", "email_key"),
  CONSTRAINT "member_logins_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "member_logins_order_check" CHECK ("first_at" <= "last_at")
);
CREATE INDEX "member_logins_shop_id_email_key_idx" ON "member_logins" ("shop_id", "email_key");
