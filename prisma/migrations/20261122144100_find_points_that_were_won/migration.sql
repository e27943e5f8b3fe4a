CREATE INDEX CONCURRENTLY "awards_played_idx" ON "awards" ("shop_id", "source_kind", "source_id") WHERE "source_kind" IN ('challenge', 'badge', 'streak', 'leaderboard', 'game', 'quiz');
