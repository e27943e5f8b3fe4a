ALTER TABLE "entries" VALIDATE CONSTRAINT "entries_kind_check";
