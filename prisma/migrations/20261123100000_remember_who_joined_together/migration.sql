-- What made members of those who were merged into a member: whoever of them joined first, both have.
ALTER TABLE "members" ADD COLUMN "joined_with" JSONB NOT NULL DEFAULT '[]';
