-- The first books: tenancy, sessions, members, programme, inbox, facts, ledger, outbox, audit.
-- Global tables: "sessions" (Shopify's library looks them up by id) and "shops" (the directory).
-- Every other table is a tenant's: "shop_id" is first in its primary key, unique keys and foreign keys.

CREATE TABLE "sessions" (
  "id" TEXT NOT NULL,
  "shop" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "isOnline" BOOLEAN NOT NULL DEFAULT false,
  "scope" TEXT,
  "expires" TIMESTAMP(3),
  "accessToken" TEXT NOT NULL,
  "userId" BIGINT,
  "firstName" TEXT,
  "lastName" TEXT,
  "email" TEXT,
  "accountOwner" BOOLEAN NOT NULL DEFAULT false,
  "locale" TEXT,
  "collaborator" BOOLEAN DEFAULT false,
  "emailVerified" BOOLEAN DEFAULT false,
  "refreshToken" TEXT,
  "refreshTokenExpires" TIMESTAMP(3),
  CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sessions_shop_idx" ON "sessions" ("shop");

-- "id" is Shopify's own shop id, so a shop that leaves and comes back is the same tenant.
-- Shop 0 holds the deliveries of shops that we do not know.
CREATE TABLE "shops" (
  "id" BIGINT NOT NULL,
  "domain" TEXT NOT NULL,
  "name" TEXT NOT NULL DEFAULT '',
  "state" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "time_zone" TEXT NOT NULL,
  "taxes_included" BOOLEAN NOT NULL DEFAULT false,
  "scopes" TEXT NOT NULL DEFAULT '',
  "installation_gid" TEXT,
  "installed_at" TIMESTAMPTZ(3) NOT NULL,
  "uninstalled_at" TIMESTAMPTZ(3),
  "facts_at" TIMESTAMPTZ(3),
  CONSTRAINT "shops_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "shops_state_check" CHECK ("state" IN ('installed', 'uninstalled', 'nobody'))
);
CREATE UNIQUE INDEX "shops_domain_key" ON "shops" ("domain");
INSERT INTO "shops" ("id", "domain", "state", "currency", "time_zone", "installed_at")
VALUES (0, '', 'nobody', 'XXX', 'UTC', '2026-01-01T00:00:00Z');

CREATE TABLE "integrations" (
  "shop_id" BIGINT NOT NULL,
  "provider" TEXT NOT NULL,
  "secret" TEXT NOT NULL,
  "connected_at" TIMESTAMPTZ(3) NOT NULL,
  "last_heard_at" TIMESTAMPTZ(3),
  CONSTRAINT "integrations_pkey" PRIMARY KEY ("shop_id", "provider"),
  CONSTRAINT "integrations_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE TABLE "programme_drafts" (
  "shop_id" BIGINT NOT NULL,
  "document" JSONB NOT NULL,
  "revision" INTEGER NOT NULL,
  "edited_at" TIMESTAMPTZ(3) NOT NULL,
  "edited_by" TEXT NOT NULL,
  CONSTRAINT "programme_drafts_pkey" PRIMARY KEY ("shop_id"),
  CONSTRAINT "programme_drafts_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE TABLE "programme_versions" (
  "shop_id" BIGINT NOT NULL,
  "version" INTEGER NOT NULL,
  "document" JSONB NOT NULL,
  "effective_at" TIMESTAMPTZ(3) NOT NULL,
  "published_at" TIMESTAMPTZ(3) NOT NULL,
  "published_by" TEXT NOT NULL,
  "note" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "programme_versions_pkey" PRIMARY KEY ("shop_id", "version"),
  CONSTRAINT "programme_versions_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "programme_versions_version_check" CHECK ("version" > 0)
);

CREATE TABLE "members" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "customer_id" BIGINT,
  "state" TEXT NOT NULL DEFAULT 'active',
  "email" TEXT,
  "name" TEXT,
  "customer_created_at" TIMESTAMPTZ(3),
  "facts_at" TIMESTAMPTZ(3),
  "available" BIGINT NOT NULL DEFAULT 0,
  "pending" BIGINT NOT NULL DEFAULT 0,
  "debt" BIGINT NOT NULL DEFAULT 0,
  "last_seq" INTEGER NOT NULL DEFAULT 0,
  "earned_total" BIGINT NOT NULL DEFAULT 0,
  "tier_key" TEXT,
  "tier_since" TIMESTAMPTZ(3),
  "tier_due_at" TIMESTAMPTZ(3),
  "enrolled_at" TIMESTAMPTZ(3) NOT NULL,
  "last_active_at" TIMESTAMPTZ(3),
  CONSTRAINT "members_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "members_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "members_state_check" CHECK ("state" IN ('active', 'merged', 'deleted', 'redacted')),
  CONSTRAINT "members_available_check" CHECK ("available" >= 0),
  CONSTRAINT "members_pending_check" CHECK ("pending" >= 0),
  CONSTRAINT "members_debt_check" CHECK ("debt" >= 0),
  -- What is owed is paid before anything can be spent.
  CONSTRAINT "members_debt_or_available_check" CHECK ("debt" = 0 OR "available" = 0),
  CONSTRAINT "members_redacted_check" CHECK (
    "state" <> 'redacted' OR ("customer_id" IS NULL AND "email" IS NULL AND "name" IS NULL)
  )
);
CREATE UNIQUE INDEX "members_shop_id_customer_id_key" ON "members" ("shop_id", "customer_id");
CREATE INDEX "members_shop_id_email_idx" ON "members" ("shop_id", lower("email"));
CREATE INDEX "members_shop_id_earned_total_idx" ON "members" ("shop_id", "earned_total" DESC, "id");
CREATE INDEX "members_shop_id_tier_key_idx" ON "members" ("shop_id", "tier_key");
CREATE INDEX "members_tier_due_idx" ON "members" ("tier_due_at") WHERE "tier_due_at" IS NOT NULL;

-- A customer that was merged away keeps leading to the member who holds its points now.
CREATE TABLE "member_aliases" (
  "shop_id" BIGINT NOT NULL,
  "customer_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "merged_member_id" UUID,
  "merged_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "member_aliases_pkey" PRIMARY KEY ("shop_id", "customer_id"),
  CONSTRAINT "member_aliases_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- The inbox. Kept as the bytes that were signed; "subject" keeps one member's deliveries in order,
-- "lane" is a hash of it that workers divide among themselves.
CREATE TABLE "deliveries" (
  "shop_id" BIGINT NOT NULL,
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "webhook_id" TEXT NOT NULL,
  "shop_domain" TEXT NOT NULL,
  "topic" TEXT NOT NULL,
  "api_version" TEXT NOT NULL DEFAULT '',
  "event_id" TEXT,
  "triggered_at" TIMESTAMPTZ(3),
  "received_at" TIMESTAMPTZ(3) NOT NULL,
  "subject" TEXT NOT NULL,
  "lane" SMALLINT NOT NULL,
  "body" BYTEA NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'ready',
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  "run_after" TIMESTAMPTZ(3),
  "done_at" TIMESTAMPTZ(3),
  "outcome" TEXT,
  "detail" TEXT,
  "redacted_at" TIMESTAMPTZ(3),
  CONSTRAINT "deliveries_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "deliveries_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "deliveries_state_check" CHECK ("state" IN ('ready', 'waiting', 'done', 'dead')),
  CONSTRAINT "deliveries_outcome_check" CHECK ("state" IN ('ready', 'waiting') OR "outcome" IS NOT NULL),
  CONSTRAINT "deliveries_waiting_check" CHECK ("state" <> 'waiting' OR "run_after" IS NOT NULL)
);
CREATE UNIQUE INDEX "deliveries_shop_id_webhook_id_key" ON "deliveries" ("shop_id", "webhook_id");
CREATE INDEX "deliveries_ready_idx" ON "deliveries" ("shop_id", "lane", "id") WHERE "state" = 'ready';
CREATE INDEX "deliveries_waiting_idx" ON "deliveries" ("shop_id", "subject", "id") WHERE "state" = 'waiting';
CREATE INDEX "deliveries_due_idx" ON "deliveries" ("run_after") WHERE "state" = 'waiting';
CREATE INDEX "deliveries_dead_idx" ON "deliveries" ("shop_id", "id") WHERE "state" = 'dead';
CREATE INDEX "deliveries_shop_id_subject_idx" ON "deliveries" ("shop_id", "subject");
CREATE INDEX "deliveries_shop_id_received_at_idx" ON "deliveries" ("shop_id", "received_at");

-- Facts: what Shopify and the review apps said last. Points follow from them.
CREATE TABLE "orders" (
  "shop_id" BIGINT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "member_id" UUID,
  "customer_id" BIGINT,
  "name" TEXT,
  "placed_at" TIMESTAMPTZ(3),
  "facts_at" TIMESTAMPTZ(3),
  "facts" JSONB NOT NULL DEFAULT '{}',
  "standing" JSONB NOT NULL DEFAULT '{}',
  "total_minor" BIGINT,
  "currency" TEXT,
  "state" TEXT NOT NULL DEFAULT 'unknown',
  CONSTRAINT "orders_pkey" PRIMARY KEY ("shop_id", "order_id"),
  CONSTRAINT "orders_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "orders_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "orders_shop_id_member_id_placed_at_idx" ON "orders" ("shop_id", "member_id", "placed_at");
CREATE INDEX "orders_shop_id_placed_at_idx" ON "orders" ("shop_id", "placed_at");

CREATE TABLE "products" (
  "shop_id" BIGINT NOT NULL,
  "product_id" BIGINT NOT NULL,
  "facts" JSONB NOT NULL,
  "facts_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "products_pkey" PRIMARY KEY ("shop_id", "product_id"),
  CONSTRAINT "products_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE TABLE "reviews" (
  "shop_id" BIGINT NOT NULL,
  "provider" TEXT NOT NULL,
  "review_id" TEXT NOT NULL,
  "member_id" UUID,
  "facts" JSONB NOT NULL,
  "facts_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "reviews_pkey" PRIMARY KEY ("shop_id", "provider", "review_id"),
  CONSTRAINT "reviews_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "reviews_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "reviews_shop_id_member_id_idx" ON "reviews" ("shop_id", "member_id");
-- Reviews whose writer is no member yet.
CREATE INDEX "reviews_unclaimed_idx" ON "reviews" ("shop_id", lower("facts" ->> 'email')) WHERE "member_id" IS NULL;

-- An award is what one rule gave a member for one source: what was posted, step by step, and why.
CREATE TABLE "awards" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "source_kind" TEXT NOT NULL,
  "source_id" TEXT NOT NULL,
  "rule_key" TEXT NOT NULL,
  "programme_version" INTEGER NOT NULL,
  "tier_key" TEXT,
  "posted" BIGINT NOT NULL,
  "steps" JSONB NOT NULL,
  "corrections" INTEGER NOT NULL DEFAULT 0,
  "qualifies" BOOLEAN NOT NULL,
  "explanation" JSONB NOT NULL,
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "awards_pkey" PRIMARY KEY ("shop_id", "member_id", "source_kind", "source_id", "rule_key"),
  CONSTRAINT "awards_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "awards_shop_id_source_idx" ON "awards" ("shop_id", "source_kind", "source_id");

-- A lot is a batch of points that came together: "lot" is the seq of the entry that opened it.
CREATE TABLE "lots" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "lot" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "original" BIGINT NOT NULL,
  "remaining" BIGINT NOT NULL,
  "source_kind" TEXT NOT NULL,
  "source_id" TEXT NOT NULL,
  "rule_key" TEXT NOT NULL,
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "available_at" TIMESTAMPTZ(3),
  "expires_at" TIMESTAMPTZ(3),
  CONSTRAINT "lots_pkey" PRIMARY KEY ("shop_id", "member_id", "lot"),
  CONSTRAINT "lots_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "lots_state_check" CHECK ("state" IN ('pending', 'available')),
  CONSTRAINT "lots_original_check" CHECK ("original" > 0),
  CONSTRAINT "lots_remaining_check" CHECK ("remaining" >= 0 AND "remaining" <= "original")
);
CREATE INDEX "lots_open_idx" ON "lots" ("shop_id", "member_id") WHERE "remaining" > 0;
CREATE INDEX "lots_maturing_idx" ON "lots" ("available_at") WHERE "state" = 'pending' AND "remaining" > 0;

-- The ledger. One entry moves points between two accounts and touches at most one lot.
CREATE TABLE "entries" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "seq" INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "from_account" TEXT NOT NULL,
  "to_account" TEXT NOT NULL,
  "points" BIGINT NOT NULL,
  "lot" INTEGER,
  "source_kind" TEXT NOT NULL,
  "source_id" TEXT NOT NULL,
  "rule_key" TEXT NOT NULL,
  "programme_version" INTEGER,
  "explanation" JSONB NOT NULL,
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "recorded_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "entries_pkey" PRIMARY KEY ("shop_id", "member_id", "seq"),
  CONSTRAINT "entries_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "entries_points_check" CHECK ("points" > 0),
  CONSTRAINT "entries_seq_check" CHECK ("seq" > 0),
  CONSTRAINT "entries_kind_check" CHECK (
    "kind" IN ('earn', 'mature', 'reverse', 'adjust', 'expire', 'redeem', 'return', 'forfeit', 'merge')
  ),
  CONSTRAINT "entries_from_account_check" CHECK (
    "from_account" IN ('pending', 'available', 'debt', 'issued', 'redeemed', 'expired', 'adjusted', 'forfeited', 'merged')
  ),
  CONSTRAINT "entries_to_account_check" CHECK (
    "to_account" IN ('pending', 'available', 'debt', 'issued', 'redeemed', 'expired', 'adjusted', 'forfeited', 'merged')
  ),
  CONSTRAINT "entries_accounts_check" CHECK (
    "from_account" <> "to_account"
    AND ("from_account" IN ('pending', 'available', 'debt') OR "to_account" IN ('pending', 'available', 'debt'))
  ),
  -- Points that stand in an account of the member stand in a lot; debt has none.
  CONSTRAINT "entries_lot_check" CHECK (
    ("lot" IS NOT NULL) = ("from_account" IN ('pending', 'available') OR "to_account" IN ('pending', 'available'))
  )
);
CREATE UNIQUE INDEX "entries_shop_id_member_id_key_key" ON "entries" ("shop_id", "member_id", "key");
CREATE INDEX "entries_shop_id_occurred_at_idx" ON "entries" ("shop_id", "occurred_at");

-- How far a member is on the way to a badge or through a challenge.
CREATE TABLE "progress" (
  "shop_id" BIGINT NOT NULL,
  "member_id" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "have" BIGINT NOT NULL,
  "need" BIGINT NOT NULL,
  "counted" JSONB NOT NULL DEFAULT '[]',
  "completed_at" TIMESTAMPTZ(3),
  CONSTRAINT "progress_pkey" PRIMARY KEY ("shop_id", "member_id", "key"),
  CONSTRAINT "progress_member_fkey" FOREIGN KEY ("shop_id", "member_id") REFERENCES "members" ("shop_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "progress_kind_check" CHECK ("kind" IN ('tier', 'badge', 'challenge'))
);
CREATE INDEX "progress_shop_id_key_completed_at_idx" ON "progress" ("shop_id", "key", "completed_at");

-- The outbox. "wanted" counts the requests for a state; a performer that saw fewer performs again.
CREATE TABLE "effects" (
  "shop_id" BIGINT NOT NULL,
  "key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "member_id" UUID,
  "payload" JSONB NOT NULL DEFAULT '{}',
  "state" TEXT NOT NULL DEFAULT 'ready',
  "wanted" INTEGER NOT NULL DEFAULT 1,
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  "run_after" TIMESTAMPTZ(3) NOT NULL,
  "requested_at" TIMESTAMPTZ(3) NOT NULL,
  "done_at" TIMESTAMPTZ(3),
  "detail" TEXT,
  CONSTRAINT "effects_pkey" PRIMARY KEY ("shop_id", "key"),
  CONSTRAINT "effects_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "effects_state_check" CHECK ("state" IN ('ready', 'done', 'dead'))
);
CREATE INDEX "effects_ready_idx" ON "effects" ("run_after") WHERE "state" = 'ready';
CREATE INDEX "effects_dead_idx" ON "effects" ("shop_id") WHERE "state" = 'dead';

CREATE TABLE "imports" (
  "shop_id" BIGINT NOT NULL,
  "subject" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "bulk_operation_gid" TEXT,
  "found" INTEGER NOT NULL DEFAULT 0,
  "taken_in" INTEGER NOT NULL DEFAULT 0,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "finished_at" TIMESTAMPTZ(3),
  "detail" TEXT,
  CONSTRAINT "imports_pkey" PRIMARY KEY ("shop_id", "subject"),
  CONSTRAINT "imports_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "imports_state_check" CHECK ("state" IN ('wanted', 'asked', 'reading', 'finished', 'failed')),
  CONSTRAINT "imports_subject_check" CHECK ("subject" IN ('products', 'customers', 'orders'))
);

CREATE TABLE "audit" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "actor" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "request_key" TEXT,
  "content" JSONB NOT NULL,
  CONSTRAINT "audit_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "audit_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX "audit_shop_id_request_key_key" ON "audit" ("shop_id", "request_key");
CREATE INDEX "audit_shop_id_subject_idx" ON "audit" ("shop_id", "subject", "at");

-- Append only. A shop that asks to be forgotten is the one exception: shop/redact sets
-- "laurel.forget_shop" to its id inside the transaction that deletes it.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('laurel.forget_shop', true) = OLD.shop_id::text THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "entries_append_only" BEFORE UPDATE OR DELETE ON "entries"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE FUNCTION "refuse_truncate"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "entries_never_truncated" BEFORE TRUNCATE ON "entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();
CREATE TRIGGER "programme_versions_append_only" BEFORE UPDATE OR DELETE ON "programme_versions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE ON "audit"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- The books, proved: one row for every member whose kept figures differ from the entries and lots.
CREATE FUNCTION "prove_books"("p_shop" BIGINT)
RETURNS TABLE ("member_id" UUID, "figure" TEXT, "kept" BIGINT, "proved" BIGINT)
LANGUAGE sql STABLE AS $$
  WITH moved AS (
    SELECT e.member_id,
      sum(CASE WHEN e.to_account = 'available' THEN e.points WHEN e.from_account = 'available' THEN -e.points ELSE 0 END) AS available,
      sum(CASE WHEN e.to_account = 'pending' THEN e.points WHEN e.from_account = 'pending' THEN -e.points ELSE 0 END) AS pending,
      sum(CASE WHEN e.from_account = 'debt' THEN e.points WHEN e.to_account = 'debt' THEN -e.points ELSE 0 END) AS debt,
      max(e.seq)::bigint AS last_seq, count(*) AS entries
    FROM entries e WHERE e.shop_id = p_shop GROUP BY e.member_id
  ), held AS (
    SELECT l.member_id,
      sum(l.remaining) FILTER (WHERE l.state = 'available') AS available,
      sum(l.remaining) FILTER (WHERE l.state = 'pending') AS pending
    FROM lots l WHERE l.shop_id = p_shop GROUP BY l.member_id
  ), lot_moves AS (
    SELECT e.member_id, e.lot,
      sum(CASE WHEN e.kind = 'mature' AND e.to_account = 'available' THEN 0
               WHEN e.to_account IN ('available', 'pending') THEN e.points ELSE -e.points END) AS remaining
    FROM entries e WHERE e.shop_id = p_shop AND e.lot IS NOT NULL GROUP BY e.member_id, e.lot
  -- By source, whoever holds it now: a merge moves awards, and entries stay where they were written.
  ), given AS (
    SELECT e.source_kind, e.source_id, e.rule_key,
      sum(CASE WHEN e.from_account = 'issued' THEN e.points WHEN e.to_account = 'issued' THEN -e.points ELSE 0 END) AS posted
    FROM entries e WHERE e.shop_id = p_shop AND e.kind IN ('earn', 'reverse')
    GROUP BY e.source_kind, e.source_id, e.rule_key
  ), awarded AS (
    SELECT a.source_kind, a.source_id, a.rule_key, sum(a.posted) AS posted
    FROM awards a WHERE a.shop_id = p_shop AND a.source_kind <> 'adjustment'
    GROUP BY a.source_kind, a.source_id, a.rule_key
  ), compared AS (
    SELECT m.id, f.figure, f.kept, f.proved
    FROM members m
    LEFT JOIN moved ON moved.member_id = m.id
    LEFT JOIN held ON held.member_id = m.id
    CROSS JOIN LATERAL (VALUES
      ('available by entries', m.available, coalesce(moved.available, 0)::bigint),
      ('pending by entries', m.pending, coalesce(moved.pending, 0)::bigint),
      ('debt by entries', m.debt, coalesce(moved.debt, 0)::bigint),
      ('available by lots', m.available, coalesce(held.available, 0)::bigint),
      ('pending by lots', m.pending, coalesce(held.pending, 0)::bigint),
      ('entries without a gap', m.last_seq::bigint, coalesce(moved.entries, 0)::bigint),
      ('last entry', m.last_seq::bigint, coalesce(moved.last_seq, 0)::bigint)
    ) AS f (figure, kept, proved)
    WHERE m.shop_id = p_shop
    UNION ALL
    SELECT l.member_id, 'lot ' || l.lot, l.remaining, coalesce(lm.remaining, 0)::bigint
    FROM lots l LEFT JOIN lot_moves lm ON lm.member_id = l.member_id AND lm.lot = l.lot
    WHERE l.shop_id = p_shop
    UNION ALL
    SELECT NULL, 'award ' || coalesce(a.source_kind, g.source_kind) || ' ' || coalesce(a.source_id, g.source_id) || ' '
        || coalesce(a.rule_key, g.rule_key), coalesce(a.posted, 0)::bigint, coalesce(g.posted, 0)::bigint
    FROM awarded a FULL JOIN given g ON g.source_kind = a.source_kind AND g.source_id = a.source_id AND g.rule_key = a.rule_key
  )
  SELECT c.id, c.figure, c.kept, c.proved FROM compared c WHERE c.kept <> c.proved
$$;
