-- Every award writes the member's row, the progress and the delivery anew. An index that no question needs costs as much
-- as the row, and one on what changes each time keeps PostgreSQL from writing the new row beside the old one (HOT).
DROP INDEX "members_shop_id_earned_total_idx";
DROP INDEX "progress_shop_id_key_completed_at_idx";
-- The newest delivery is the one with the highest id.
DROP INDEX "deliveries_shop_id_received_at_idx";
-- Room on each page for that.
ALTER TABLE "members" SET (fillfactor = 75);
ALTER TABLE "progress" SET (fillfactor = 80);

-- Explanations of awards are written with each, and read whole.
ALTER TABLE "awards" ALTER COLUMN "explanation" TYPE JSON USING "explanation"::json;
