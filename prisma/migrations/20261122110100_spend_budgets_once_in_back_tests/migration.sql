-- What the members so far drew on the budgets of campaigns, in each of the worlds that a back-test compares.
ALTER TABLE "back_tests" ADD COLUMN "drawn" JSONB NOT NULL DEFAULT '{}';
