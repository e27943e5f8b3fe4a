CREATE INDEX CONCURRENTLY "members_newest_idx" ON "members" ("shop_id", (coalesce("customer_created_at", "enrolled_at")) DESC, "id") WHERE "state" = 'active';
