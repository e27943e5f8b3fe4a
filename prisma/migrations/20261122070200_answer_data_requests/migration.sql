-- customers/data_request: all that was held of the customer when they asked, for the merchant to pass on. Erased
-- after "keep_until", or with the customer.
CREATE TABLE "data_requests" (
  "shop_id" BIGINT NOT NULL,
  "request_id" TEXT NOT NULL,
  "member_id" UUID,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "keep_until" TIMESTAMPTZ(3) NOT NULL,
  "content" TEXT,
  "downloaded_at" TIMESTAMPTZ(3),
  CONSTRAINT "data_requests_pkey" PRIMARY KEY ("shop_id", "request_id"),
  CONSTRAINT "data_requests_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "data_requests_shop_id_member_id_idx" ON "data_requests" ("shop_id", "member_id");
CREATE INDEX "data_requests_kept_idx" ON "data_requests" ("keep_until") WHERE "content" IS NOT NULL;
