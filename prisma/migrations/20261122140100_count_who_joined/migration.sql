-- Places of challenges that only so many can join are counted by it.
CREATE INDEX CONCURRENTLY "activities_joined_idx" ON "activities" ("shop_id", "activity_id")
  WHERE "kind" = 'challenge-joined';
