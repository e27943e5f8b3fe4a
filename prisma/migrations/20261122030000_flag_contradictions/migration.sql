-- Orders whose facts contradict each other: shown to a person until the facts agree or the person
-- puts the flag away. Facts that change after that raise it again.
CREATE TABLE "order_flags" (
  "shop_id" BIGINT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "figures" JSONB NOT NULL,
  "raised_at" TIMESTAMPTZ(3) NOT NULL,
  "dismissed_at" TIMESTAMPTZ(3),
  "dismissed_by" TEXT,
  CONSTRAINT "order_flags_pkey" PRIMARY KEY ("shop_id", "order_id", "kind"),
  CONSTRAINT "order_flags_order_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders" ("shop_id", "order_id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "order_flags_dismissed_check" CHECK (("dismissed_at" IS NULL) = ("dismissed_by" IS NULL))
);
CREATE INDEX "order_flags_open_idx" ON "order_flags" ("shop_id", "raised_at") WHERE "dismissed_at" IS NULL;
