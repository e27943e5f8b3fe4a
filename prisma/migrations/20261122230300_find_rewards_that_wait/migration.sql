CREATE INDEX CONCURRENTLY "issued_rewards_by_hand_idx" ON "issued_rewards" ("shop_id", "asked_at", "id") WHERE "making" = 'made' AND "terms" ->> 'kind' = 'by-hand';
