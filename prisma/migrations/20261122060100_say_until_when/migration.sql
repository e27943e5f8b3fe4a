-- What is missing to a tier, and what keeping one takes, holds until a moment: the end of a window or of a term.
ALTER TABLE "progress" ADD COLUMN "until" TIMESTAMPTZ(3);
