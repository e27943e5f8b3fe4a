-- Where members stand with memberships that they bought is kept as progress.
ALTER TABLE "progress"
  DROP CONSTRAINT "progress_kind_check",
  ADD CONSTRAINT "progress_kind_check" CHECK ("kind" IN ('tier', 'badge', 'challenge', 'membership'));

-- Whether an order got one of the places of a membership that only so many may have: decided once, and kept.
CREATE TABLE "membership_places" (
  "shop_id" BIGINT NOT NULL,
  "membership_key" TEXT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "granted" BOOLEAN NOT NULL,
  "decided_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "membership_places_pkey" PRIMARY KEY ("shop_id", "membership_key", "order_id"),
  CONSTRAINT "membership_places_order_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders" ("shop_id", "order_id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "membership_places_shop_id_order_id_idx" ON "membership_places" ("shop_id", "order_id");
