-- Under which nickname a member takes part in leaderboards. Without one nobody is shown, ranked or given prizes.
CREATE TABLE "leaderboard_names" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "nickname" TEXT NOT NULL,
  "skeleton" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'listed',
  "joined_at" TIMESTAMPTZ(3) NOT NULL,
  "reported_at" TIMESTAMPTZ(3),
  "approved_at" TIMESTAMPTZ(3),
  CONSTRAINT "leaderboard_names_pkey" PRIMARY KEY ("shop_id", "member_id"),
  CONSTRAINT "leaderboard_names_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "leaderboard_names_state_check" CHECK ("state" IN ('listed', 'reported', 'hidden', 'refused'))
);
CREATE UNIQUE INDEX "leaderboard_names_shop_id_skeleton_key" ON "leaderboard_names" ("shop_id", "skeleton");
CREATE INDEX "leaderboard_names_reported_idx" ON "leaderboard_names" ("shop_id", "state", "reported_at");

-- Who found whose nickname offensive: `member_id` is who said so.
CREATE TABLE "leaderboard_reports" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "about_member_id" UUID NOT NULL,
  "board" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "leaderboard_reports_pkey" PRIMARY KEY ("shop_id", "member_id", "about_member_id"),
  CONSTRAINT "leaderboard_reports_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "leaderboard_reports_about_fkey" FOREIGN KEY ("shop_id", "about_member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "leaderboard_reports_about_idx" ON "leaderboard_reports" ("shop_id", "about_member_id");

-- Seasons of boards, how far each is, and when it is to be looked at again.
CREATE TABLE "leaderboard_seasons" (
  "shop_id" BIGINT NOT NULL,
  "board" TEXT NOT NULL,
  "season" TEXT NOT NULL,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL,
  "settles_at" TIMESTAMPTZ(3) NOT NULL,
  "version" INTEGER NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'open',
  "due_at" TIMESTAMPTZ(3),
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "problem" TEXT,
  "mark" TEXT,
  "total" INTEGER,
  "done" INTEGER NOT NULL DEFAULT 0,
  "last_rank" INTEGER,
  "last_score" BIGINT,
  "last_member" UUID,
  CONSTRAINT "leaderboard_seasons_pkey" PRIMARY KEY ("shop_id", "board", "season"),
  CONSTRAINT "leaderboard_seasons_shop_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "leaderboard_seasons_state_check" CHECK ("state" IN ('open', 'closing', 'ranking', 'giving', 'settled', 'dropped')),
  CONSTRAINT "leaderboard_seasons_order_check" CHECK ("starts_at" < "ends_at" AND "ends_at" <= "settles_at")
);
CREATE INDEX "leaderboard_seasons_due_idx" ON "leaderboard_seasons" ("due_at") WHERE "due_at" IS NOT NULL;

-- What members' facts come to in each season. `listed`: shown, ranked, given prizes. Fixed once, a rank stays.
CREATE TABLE "leaderboard_scores" (
  "shop_id" BIGINT NOT NULL,
  "board" TEXT NOT NULL,
  "season" TEXT NOT NULL,
  "member_id" UUID NOT NULL,
  "score" BIGINT NOT NULL,
  "reached_at" TIMESTAMPTZ(3) NOT NULL,
  "listed" BOOLEAN NOT NULL,
  "final_rank" INTEGER,
  CONSTRAINT "leaderboard_scores_pkey" PRIMARY KEY ("shop_id", "board", "season", "member_id"),
  CONSTRAINT "leaderboard_scores_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "leaderboard_scores_score_check" CHECK ("score" > 0)
) WITH (fillfactor = 85);
CREATE INDEX "leaderboard_scores_standing_idx" ON "leaderboard_scores" ("shop_id", "board", "season", "score", "member_id") WHERE "listed";
CREATE INDEX "leaderboard_scores_member_idx" ON "leaderboard_scores" ("shop_id", "member_id");

-- How many ranked members have scores of the same first ten bits: rows are only added, so nobody waits for anybody;
-- a worker folds them into one a bucket.
CREATE TABLE "leaderboard_counts" (
  "shop_id" BIGINT NOT NULL,
  "id" BIGSERIAL NOT NULL,
  "board" TEXT NOT NULL,
  "season" TEXT NOT NULL,
  "bucket" INTEGER NOT NULL,
  "members" INTEGER NOT NULL,
  "folded" BOOLEAN NOT NULL DEFAULT false,
  CONSTRAINT "leaderboard_counts_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "leaderboard_counts_shop_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "leaderboard_counts_bucket_idx" ON "leaderboard_counts" ("shop_id", "board", "season", "bucket", "members");
CREATE INDEX "leaderboard_counts_open_idx" ON "leaderboard_counts" ("shop_id", "board", "season") WHERE NOT "folded";

CREATE FUNCTION score_bucket(score BIGINT) RETURNS INTEGER LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN score < 1024 THEN score::int
    ELSE (length(ltrim(score::bit(64)::text, '0')) - 10) * 512
      + (score >> (length(ltrim(score::bit(64)::text, '0')) - 10))::int END
$$;

CREATE FUNCTION count_scores() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO leaderboard_counts (shop_id, board, season, bucket, members)
    SELECT shop_id, board, season, score_bucket(score), count(*) FROM come
    WHERE listed AND final_rank IS NULL GROUP BY 1, 2, 3, 4;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO leaderboard_counts (shop_id, board, season, bucket, members)
    SELECT shop_id, board, season, score_bucket(score), -count(*) FROM gone
    WHERE listed AND final_rank IS NULL GROUP BY 1, 2, 3, 4;
  ELSE
    -- A change within a bucket leaves a row of 0, which says that the board is another than it was.
    INSERT INTO leaderboard_counts (shop_id, board, season, bucket, members)
    SELECT shop_id, board, season, score_bucket(score), sum(members) FROM (
      SELECT shop_id, board, season, score, 1 AS members FROM come WHERE listed AND final_rank IS NULL
      UNION ALL
      SELECT shop_id, board, season, score, -1 FROM gone WHERE listed AND final_rank IS NULL
    ) moved GROUP BY 1, 2, 3, 4;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "leaderboard_scores_come" AFTER INSERT ON "leaderboard_scores"
  REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION count_scores();
CREATE TRIGGER "leaderboard_scores_go" AFTER DELETE ON "leaderboard_scores"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_scores();
CREATE TRIGGER "leaderboard_scores_move" AFTER UPDATE ON "leaderboard_scores"
  REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION count_scores();
