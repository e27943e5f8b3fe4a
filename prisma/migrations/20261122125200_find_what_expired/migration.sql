CREATE INDEX CONCURRENTLY "entries_lapses_idx" ON "entries" ("shop_id", "member_id") WHERE "kind" IN ('expire', 'revive');
