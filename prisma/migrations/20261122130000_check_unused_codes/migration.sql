-- A sweep also asks Shopify for the codes that members still hold. "rewards_ended" says how many of what was
-- put right were codes that somebody had deleted or ended there.
ALTER TABLE "sweeps"
  DROP CONSTRAINT "sweeps_subject_check",
  ADD CONSTRAINT "sweeps_subject_check" CHECK ("subject" IN ('customers', 'orders', 'rewards')),
  ADD COLUMN "rewards_ended" INTEGER NOT NULL DEFAULT 0,
  ADD CONSTRAINT "sweeps_rewards_ended_check" CHECK ("rewards_ended" BETWEEN 0 AND "repaired");
