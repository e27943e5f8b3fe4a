CREATE INDEX CONCURRENTLY "issued_rewards_refused_idx" ON "issued_rewards" ("shop_id", "asked_at", "id") WHERE "making" = 'refused';
