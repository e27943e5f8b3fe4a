-- How often somebody called within the present window; a row whose window is over says nothing.
CREATE TABLE "request_counts" (
  "shop_id" BIGINT NOT NULL,
  "caller" TEXT NOT NULL,
  "window_ends" TIMESTAMPTZ(3) NOT NULL,
  "count" INTEGER NOT NULL,
  CONSTRAINT "request_counts_pkey" PRIMARY KEY ("shop_id", "caller"),
  CONSTRAINT "request_counts_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "request_counts_shop_id_window_ends_idx" ON "request_counts" ("shop_id", "window_ends");
