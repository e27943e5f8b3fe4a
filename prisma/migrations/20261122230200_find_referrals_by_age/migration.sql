CREATE INDEX CONCURRENTLY "referrals_claimed_idx" ON "referrals" ("shop_id", "claimed_at", "id") WHERE "claimed_at" IS NOT NULL;
