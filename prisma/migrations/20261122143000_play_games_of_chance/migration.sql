-- Games of chance. The seed of an epoch is sealed until the epoch is over; the commitment to it never changes.
CREATE TABLE "game_epochs" (
  "shop_id" BIGINT NOT NULL,
  "game_key" TEXT NOT NULL,
  "epoch" TEXT NOT NULL,
  "commit" TEXT NOT NULL,
  "seed_sealed" TEXT NOT NULL,
  "seed" TEXT,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL,
  "revealed_at" TIMESTAMPTZ(3),
  -- Draws so far: they are counted without a gap.
  "draws" INTEGER NOT NULL DEFAULT 0,
  "state" TEXT NOT NULL DEFAULT 'open',
  -- Of a giveaway: the version by which it is drawn, whom of its members was looked at, and its list.
  "version" INTEGER,
  "cursor" TEXT,
  "tickets" BIGINT,
  "list_hash" TEXT,
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  "run_after" TIMESTAMPTZ(3) NOT NULL,
  "detail" TEXT,
  CONSTRAINT "game_epochs_pkey" PRIMARY KEY ("shop_id", "game_key", "epoch"),
  CONSTRAINT "game_epochs_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "game_epochs_commit_check" CHECK ("commit" ~ '^[0-9a-f]{64}$' AND ("seed" IS NULL OR "seed" ~ '^[0-9a-f]{64}$')),
  CONSTRAINT "game_epochs_state_check" CHECK ("state" IN ('open', 'listing', 'drawing', 'revealed')),
  CONSTRAINT "game_epochs_revealed_check" CHECK (("state" = 'revealed') = ("seed" IS NOT NULL) AND ("seed" IS NULL) = ("revealed_at" IS NULL)),
  CONSTRAINT "game_epochs_draws_check" CHECK ("draws" >= 0)
);
CREATE INDEX "game_epochs_due_idx" ON "game_epochs" ("run_after") WHERE "state" <> 'revealed';

CREATE FUNCTION "keep_commitment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.commit <> OLD.commit OR NEW.seed_sealed <> OLD.seed_sealed
    OR (OLD.seed IS NOT NULL AND NEW.seed IS DISTINCT FROM OLD.seed)
    OR (OLD.list_hash IS NOT NULL AND NEW.list_hash IS DISTINCT FROM OLD.list_hash)
    OR NEW.draws < OLD.draws THEN
    RAISE EXCEPTION 'what was committed to stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "game_epochs_keep_commitment" BEFORE UPDATE ON "game_epochs"
  FOR EACH ROW EXECUTE FUNCTION "keep_commitment"();

-- Odds as they were published, by the hash of their text.
CREATE TABLE "game_odds" (
  "shop_id" BIGINT NOT NULL,
  "hash" TEXT NOT NULL,
  "odds" TEXT NOT NULL,
  CONSTRAINT "game_odds_pkey" PRIMARY KEY ("shop_id", "hash"),
  CONSTRAINT "game_odds_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "game_odds_hash_check" CHECK ("hash" = encode(sha256(convert_to("odds", 'UTF8')), 'hex'))
);
CREATE TRIGGER "game_odds_append_only" BEFORE UPDATE OR DELETE ON "game_odds"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- What was drawn. Who drew it stands in their activities alone, under the draw's id: nothing here is of a person.
CREATE TABLE "draws" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "game_key" TEXT NOT NULL,
  "epoch" TEXT NOT NULL,
  "serial" INTEGER NOT NULL,
  "drawn_at" TIMESTAMPTZ(3) NOT NULL,
  "version" INTEGER NOT NULL,
  "odds_hash" TEXT NOT NULL,
  "chosen" TEXT NOT NULL,
  -- Of so many the number that was drawn: of a million, or of the tickets that were left of a giveaway's.
  "number_of" BIGINT NOT NULL,
  "number" BIGINT NOT NULL,
  -- Of a giveaway: the place in the list whose ticket it was.
  "place" INTEGER,
  "route" TEXT NOT NULL,
  "drawn" TEXT,
  "given" TEXT,
  "because" TEXT,
  "points" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "draws_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "draws_epoch_fkey" FOREIGN KEY ("shop_id", "game_key", "epoch") REFERENCES "game_epochs" ("shop_id", "game_key", "epoch") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "draws_odds_fkey" FOREIGN KEY ("shop_id", "odds_hash") REFERENCES "game_odds" ("shop_id", "hash") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "draws_route_check" CHECK ("route" IN ('free', 'tier', 'order', 'points')),
  CONSTRAINT "draws_because_check" CHECK ("because" IN ('stock', 'budget', 'gone')),
  CONSTRAINT "draws_number_check" CHECK ("number" >= 0 AND "number" < "number_of" AND "serial" > 0)
);
CREATE UNIQUE INDEX "draws_shop_id_game_key_epoch_serial_key" ON "draws" ("shop_id", "game_key", "epoch", "serial");
CREATE INDEX "draws_shop_id_game_key_drawn_at_idx" ON "draws" ("shop_id", "game_key", "drawn_at");
CREATE TRIGGER "draws_append_only" BEFORE UPDATE OR DELETE ON "draws"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- What a game has given of what it has only so much of. The row is the lock of its draws.
CREATE TABLE "game_pots" (
  "shop_id" BIGINT NOT NULL,
  "game_key" TEXT NOT NULL,
  "points" BIGINT NOT NULL DEFAULT 0,
  "prizes" JSONB NOT NULL DEFAULT '{}',
  CONSTRAINT "game_pots_pkey" PRIMARY KEY ("shop_id", "game_key"),
  CONSTRAINT "game_pots_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "game_pots_points_check" CHECK ("points" >= 0)
);

-- The list of a giveaway, as it was when it ended. Shoppers know themselves by "holder".
CREATE TABLE "giveaway_holders" (
  "shop_id" BIGINT NOT NULL,
  "game_key" TEXT NOT NULL,
  "epoch" TEXT NOT NULL,
  "place" INTEGER NOT NULL,
  "holder" TEXT NOT NULL,
  "member_id" UUID,
  "tickets" INTEGER NOT NULL,
  -- Where the tickets came from, in their order: [route, order or play, how many].
  "sources" JSONB NOT NULL,
  -- Which of them were drawn, and how many are still in the draw.
  "drawn" JSONB NOT NULL DEFAULT '[]',
  "remaining" INTEGER NOT NULL,
  CONSTRAINT "giveaway_holders_pkey" PRIMARY KEY ("shop_id", "game_key", "epoch", "place"),
  CONSTRAINT "giveaway_holders_epoch_fkey" FOREIGN KEY ("shop_id", "game_key", "epoch") REFERENCES "game_epochs" ("shop_id", "game_key", "epoch") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "giveaway_holders_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "giveaway_holders_tickets_check" CHECK ("tickets" > 0 AND "remaining" >= 0 AND "remaining" <= "tickets")
);
CREATE INDEX "giveaway_holders_shop_id_member_id_idx" ON "giveaway_holders" ("shop_id", "member_id");

ALTER TABLE "progress"
  DROP CONSTRAINT "progress_kind_check",
  ADD CONSTRAINT "progress_kind_check" CHECK ("kind" IN ('tier', 'badge', 'challenge', 'membership', 'game', 'streak')) NOT VALID;
ALTER TABLE "activities"
  DROP CONSTRAINT "activities_kind_check",
  ADD CONSTRAINT "activities_kind_check" CHECK (
    "kind" IN ('birthday', 'newsletter', 'sms', 'social-follow', 'social-share', 'visit', 'profile', 'survey', 'custom', 'receipt',
      'badge', 'challenge-joined', 'freeze', 'answers', 'rank', 'draw')
  ) NOT VALID;
