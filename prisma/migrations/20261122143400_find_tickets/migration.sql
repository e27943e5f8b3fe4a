-- Tickets that orders give, by their game.
CREATE INDEX CONCURRENTLY "progress_tickets_idx" ON "progress" ("shop_id", "key", "member_id") WHERE "kind" = 'game';
