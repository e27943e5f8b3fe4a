ALTER TABLE "progress" VALIDATE CONSTRAINT "progress_kind_check";
