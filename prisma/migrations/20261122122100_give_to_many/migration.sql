-- Gifts to many members at once. Whoever works on one has it until "run_after"; only the newest turn writes.
CREATE TABLE "gifts" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  "audience" JSONB NOT NULL,
  "state" TEXT NOT NULL,
  "made_by" TEXT NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  "looked_at" INTEGER NOT NULL DEFAULT 0,
  "to_look_at" INTEGER NOT NULL DEFAULT 0,
  "cursor" TEXT,
  "turn" INTEGER NOT NULL DEFAULT 0,
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  "run_after" TIMESTAMPTZ(3) NOT NULL,
  "detail" TEXT,
  CONSTRAINT "gifts_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "gifts_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "gifts_state_check" CHECK ("state" IN ('preparing', 'ready', 'running', 'paused', 'given', 'undoing', 'undone', 'cancelled', 'failed'))
);
CREATE INDEX "gifts_shop_id_made_at_idx" ON "gifts" ("shop_id", "made_at");
CREATE INDEX "gifts_due_idx" ON "gifts" ("run_after") WHERE "state" IN ('preparing', 'running', 'undoing');

-- A line of its file, or a member of its segment. Who is meant is a member once they were found; what was written
-- of them is kept only while they were not.
CREATE TABLE "gift_lines" (
  "shop_id" BIGINT NOT NULL,
  "gift_id" UUID NOT NULL,
  "line" INTEGER NOT NULL,
  "written" TEXT,
  "member_id" UUID,
  "points" BIGINT,
  "taken" BIGINT,
  "state" TEXT NOT NULL,
  "refusal" TEXT,
  CONSTRAINT "gift_lines_pkey" PRIMARY KEY ("shop_id", "gift_id", "line"),
  CONSTRAINT "gift_lines_gift_fkey" FOREIGN KEY ("shop_id", "gift_id") REFERENCES "gifts" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "gift_lines_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "gift_lines_state_check" CHECK ("state" IN ('read', 'planned', 'refused', 'given', 'kept', 'undone')),
  CONSTRAINT "gift_lines_refusal_check" CHECK (("state" = 'refused') = ("refusal" IS NOT NULL)),
  CONSTRAINT "gift_lines_member_check" CHECK ("state" IN ('read', 'refused') OR "member_id" IS NOT NULL)
);
-- One member is given one gift once, however often the file names them.
CREATE UNIQUE INDEX "gift_lines_once_key" ON "gift_lines" ("shop_id", "gift_id", "member_id") WHERE "state" <> 'refused';
CREATE INDEX "gift_lines_shop_id_gift_id_state_line_idx" ON "gift_lines" ("shop_id", "gift_id", "state", "line");
CREATE INDEX "gift_lines_shop_id_member_id_idx" ON "gift_lines" ("shop_id", "member_id");

-- A badge can be given by hand.
ALTER TABLE "activities"
  DROP CONSTRAINT "activities_kind_check",
  ADD CONSTRAINT "activities_kind_check" CHECK (
    "kind" IN ('birthday', 'newsletter', 'sms', 'social-follow', 'social-share', 'visit', 'profile', 'survey', 'custom', 'receipt', 'badge')
  );
