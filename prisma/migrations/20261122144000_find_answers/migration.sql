CREATE INDEX CONCURRENTLY "activities_answers_idx" ON "activities" ("shop_id", "activity_id") WHERE "kind" = 'answers';
