-- What a merchant changed of a discount of ours, as it was given and as it is.
ALTER TABLE "issued_rewards" ADD COLUMN "changes" JSONB;
