-- Chains of hashes. An entry carries the SHA-256 of the hash of the member's entry before it and of its own
-- content; the newest one is also kept on the member's row. Audit lines are chained likewise, by shop. Whoever
-- changes a row behind the triggers' back, leaves one out or puts one in, breaks the chain where they did.

-- The content as text: what has no spaces first, then each free text with its length before it, then the explanation, as
-- jsonb writes it: one text for the same content, whatever the order of its keys.
CREATE FUNCTION "entry_content"(
  "p_shop" BIGINT, "p_member" UUID, "p_seq" INTEGER, "p_key" TEXT, "p_kind" TEXT, "p_from" TEXT, "p_to" TEXT,
  "p_points" BIGINT, "p_lot" INTEGER, "p_source_kind" TEXT, "p_source_id" TEXT, "p_rule_key" TEXT,
  "p_version" INTEGER, "p_explanation" JSONB, "p_occurred_at" TIMESTAMPTZ, "p_recorded_at" TIMESTAMPTZ
) RETURNS BYTEA LANGUAGE sql STABLE AS $$
  SELECT convert_to(concat_ws(' ', p_shop, p_member, p_seq, p_kind, p_from, p_to, p_points, coalesce(p_lot, 0),
    coalesce(p_version, 0), (date_part('epoch', p_occurred_at) * 1000)::bigint,
    (date_part('epoch', p_recorded_at) * 1000)::bigint, length(p_key), p_key, length(p_source_kind), p_source_kind,
    length(p_source_id), p_source_id, length(p_rule_key), p_rule_key, p_explanation), 'UTF8')
$$;
CREATE FUNCTION "audit_content"(
  "p_shop" BIGINT, "p_seq" BIGINT, "p_id" UUID, "p_at" TIMESTAMPTZ, "p_actor" TEXT, "p_action" TEXT,
  "p_subject" TEXT, "p_request_key" TEXT, "p_content" JSONB
) RETURNS BYTEA LANGUAGE sql STABLE AS $$
  SELECT convert_to(jsonb_build_array(p_shop, p_seq, p_id, (extract(epoch FROM p_at) * 1000)::bigint, p_actor, p_action,
    p_subject, p_request_key, p_content)::text, 'UTF8')
$$;

-- chain_hash(head, content): used as a window, it goes on from the head, row by row.
CREATE FUNCTION "chain_step"("p_state" BYTEA, "p_head" BYTEA, "p_content" BYTEA)
RETURNS BYTEA LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN sha256(coalesce(p_state, p_head) || p_content);
END
$$;
CREATE AGGREGATE "chain_hash"(BYTEA, BYTEA) (SFUNC = "chain_step", STYPE = BYTEA);

ALTER TABLE "members" ADD COLUMN "chain_head" BYTEA NOT NULL DEFAULT '\x';
-- The moment by which the member was last decided about: tier, progress and awards are what followed then.
ALTER TABLE "members" ADD COLUMN "decided_at" TIMESTAMPTZ(3);

ALTER TABLE "entries" ADD COLUMN "hash" BYTEA;
ALTER TABLE "entries" DISABLE TRIGGER "entries_append_only";
UPDATE "entries" e SET "hash" = c.hash FROM (
  SELECT shop_id, member_id, seq, chain_hash('\x', entry_content(shop_id, member_id, seq, key, kind, from_account,
      to_account, points, lot, source_kind, source_id, rule_key, programme_version, explanation, occurred_at, recorded_at))
    OVER (PARTITION BY shop_id, member_id ORDER BY seq) AS hash
  FROM "entries"
) c WHERE e.shop_id = c.shop_id AND e.member_id = c.member_id AND e.seq = c.seq;
ALTER TABLE "entries" ENABLE TRIGGER "entries_append_only";
ALTER TABLE "entries" ALTER COLUMN "hash" SET NOT NULL;
UPDATE "members" m SET "chain_head" = e.hash FROM "entries" e
WHERE e.shop_id = m.shop_id AND e.member_id = m.id AND e.seq = m.last_seq;

CREATE TABLE "audit_chains" (
  "shop_id" BIGINT NOT NULL,
  "last_seq" BIGINT NOT NULL,
  "head" BYTEA NOT NULL,
  CONSTRAINT "audit_chains_pkey" PRIMARY KEY ("shop_id"),
  CONSTRAINT "audit_chains_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
ALTER TABLE "audit" ADD COLUMN "seq" BIGINT, ADD COLUMN "hash" BYTEA;
ALTER TABLE "audit" DISABLE TRIGGER "audit_append_only";
UPDATE "audit" a SET "seq" = n.seq FROM (
  SELECT shop_id, id, row_number() OVER (PARTITION BY shop_id ORDER BY at, id) AS seq FROM "audit"
) n WHERE a.shop_id = n.shop_id AND a.id = n.id;
UPDATE "audit" a SET "hash" = c.hash FROM (
  SELECT shop_id, id, chain_hash('\x', audit_content(shop_id, seq, id, at, actor, action, subject, request_key, content))
    OVER (PARTITION BY shop_id ORDER BY seq) AS hash
  FROM "audit"
) c WHERE a.shop_id = c.shop_id AND a.id = c.id;
ALTER TABLE "audit" ENABLE TRIGGER "audit_append_only";
ALTER TABLE "audit" ALTER COLUMN "seq" SET NOT NULL, ALTER COLUMN "hash" SET NOT NULL;
CREATE UNIQUE INDEX "audit_shop_id_seq_key" ON "audit" ("shop_id", "seq");
INSERT INTO "audit_chains" ("shop_id", "last_seq", "head")
SELECT DISTINCT ON (shop_id) shop_id, seq, hash FROM "audit" ORDER BY shop_id, seq DESC;

CREATE TRIGGER "audit_never_truncated" BEFORE TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();

-- The triggers refuse changes; the privilege is not there either. DELETE stays, for shop/redact, under the trigger.
REVOKE UPDATE, TRUNCATE ON "entries", "audit" FROM CURRENT_USER;
REVOKE UPDATE, TRUNCATE ON "entries", "audit" FROM PUBLIC;
