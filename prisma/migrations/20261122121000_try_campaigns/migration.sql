-- A trial of one campaign of a draft runs as a back-test does; NULL is a trial of the whole draft.
ALTER TABLE "back_tests" ADD COLUMN "campaign_key" TEXT;
-- Never two at once of the same thing.
DROP INDEX "back_tests_running_key";
CREATE UNIQUE INDEX "back_tests_running_key" ON "back_tests" ("shop_id", coalesce("campaign_key", '')) WHERE "state" = 'running';
-- What campaigns added stands with the awards they touched.
CREATE INDEX "awards_of_campaigns_idx" ON "awards" ("shop_id") WHERE "allowance" ? 'adds';
