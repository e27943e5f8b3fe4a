-- Steps, levels and rounds of badges and challenges: null where there is nothing to say.
ALTER TABLE "progress" ADD COLUMN "details" JSONB;
