-- Plays of a game, for whoever lists the tickets of a giveaway.
CREATE INDEX CONCURRENTLY "activities_draws_idx" ON "activities" ("shop_id", ("content" ->> 'game'), ("content" ->> 'epoch'), "member_id") WHERE "kind" = 'draw';
