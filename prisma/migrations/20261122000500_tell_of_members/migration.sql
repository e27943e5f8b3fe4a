-- What happened to members, told once each: a key is never told again.
CREATE TABLE "member_events" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "recorded_at" TIMESTAMPTZ(3) NOT NULL,
  "content" JSONB NOT NULL DEFAULT '{}',
  CONSTRAINT "member_events_pkey" PRIMARY KEY ("shop_id", "member_id", "key"),
  CONSTRAINT "member_events_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "member_events_shop_id_occurred_at_idx" ON "member_events" ("shop_id", "occurred_at");
