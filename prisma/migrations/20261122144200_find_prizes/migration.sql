CREATE INDEX CONCURRENTLY "redemptions_prizes_idx" ON "redemptions" ("shop_id", "request_key") WHERE "request_key" LIKE 'prize:%';
