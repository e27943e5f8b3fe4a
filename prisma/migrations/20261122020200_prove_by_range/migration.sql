-- The proof of the books, by ranges of members, so that a shop of a million of them can be proved bit by bit.
-- "law" is the number of the invariant, as docs/architecture.md lists them.
CREATE FUNCTION "prove_members"("p_shop" BIGINT, "p_after" UUID, "p_upto" UUID)
RETURNS TABLE ("member_id" UUID, "law" TEXT, "figure" TEXT, "kept" BIGINT, "proved" BIGINT)
LANGUAGE sql STABLE AS $$
  WITH mine AS (
    SELECT * FROM entries e WHERE e.shop_id = p_shop AND e.member_id > p_after AND e.member_id <= p_upto
  ), moved AS (
    SELECT e.member_id,
      sum(CASE WHEN e.to_account = 'available' THEN e.points WHEN e.from_account = 'available' THEN -e.points ELSE 0 END)::bigint AS available,
      sum(CASE WHEN e.to_account = 'pending' THEN e.points WHEN e.from_account = 'pending' THEN -e.points ELSE 0 END)::bigint AS pending,
      sum(CASE WHEN e.from_account = 'debt' THEN e.points WHEN e.to_account = 'debt' THEN -e.points ELSE 0 END)::bigint AS debt,
      sum(CASE WHEN e.from_account NOT IN ('available', 'pending', 'debt') THEN e.points
               WHEN e.to_account NOT IN ('available', 'pending', 'debt') THEN -e.points ELSE 0 END)::bigint AS from_programme,
      sum(CASE WHEN e.from_account = 'issued' THEN e.points WHEN e.to_account = 'issued' THEN -e.points ELSE 0 END)::bigint AS earned,
      max(e.seq)::bigint AS last_seq, count(*) AS entries, count(DISTINCT e.key) AS keys
    FROM mine e GROUP BY e.member_id
  ), held AS (
    SELECT l.member_id,
      (sum(l.remaining) FILTER (WHERE l.state = 'available'))::bigint AS available,
      (sum(l.remaining) FILTER (WHERE l.state = 'pending'))::bigint AS pending
    FROM lots l WHERE l.shop_id = p_shop AND l.member_id > p_after AND l.member_id <= p_upto GROUP BY l.member_id
  ), lot_moves AS (
    SELECT e.member_id, e.lot,
      sum(CASE WHEN e.kind = 'mature' AND e.to_account = 'available' THEN 0
               WHEN e.to_account IN ('available', 'pending') THEN e.points ELSE -e.points END)::bigint AS remaining,
      (sum(e.points) FILTER (WHERE e.seq = e.lot))::bigint AS original
    FROM mine e WHERE e.lot IS NOT NULL GROUP BY e.member_id, e.lot
  ), found_lots AS (
    SELECT * FROM lots l WHERE l.shop_id = p_shop AND l.member_id > p_after AND l.member_id <= p_upto
  ), compared AS (
    SELECT m.id AS member_id, f.law, f.figure, f.kept, f.proved
    FROM members m
    LEFT JOIN moved ON moved.member_id = m.id
    LEFT JOIN held ON held.member_id = m.id
    CROSS JOIN LATERAL (VALUES
      ('I1', 'points in the programme''s accounts', m.available + m.pending - m.debt, coalesce(moved.from_programme, 0)),
      ('I2', 'available by entries', m.available, coalesce(moved.available, 0)),
      ('I2', 'pending by entries', m.pending, coalesce(moved.pending, 0)),
      ('I2', 'debt by entries', m.debt, coalesce(moved.debt, 0)),
      ('I3', 'debt beside available points', least(m.debt, m.available), 0::bigint),
      ('I4', 'available by lots', m.available, coalesce(held.available, 0)),
      ('I4', 'pending by lots', m.pending, coalesce(held.pending, 0)),
      ('I6', 'entries without a gap', m.last_seq::bigint, coalesce(moved.entries, 0)),
      ('I6', 'last entry', m.last_seq::bigint, coalesce(moved.last_seq, 0)),
      ('I7', 'keys used once', coalesce(moved.keys, 0), coalesce(moved.entries, 0))
    ) AS f (law, figure, kept, proved)
    WHERE m.shop_id = p_shop AND m.id > p_after AND m.id <= p_upto
    UNION ALL
    -- What a merge moved was earned by the entries of the member that is gone.
    SELECT m.id, 'I2', 'points ever earned', m.earned_total, coalesce(moved.earned, 0)
    FROM members m LEFT JOIN moved ON moved.member_id = m.id
    WHERE m.shop_id = p_shop AND m.id > p_after AND m.id <= p_upto AND m.state NOT IN ('merged', 'redacted')
      AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.shop_id = p_shop AND e.member_id = m.id
        AND (e.from_account = 'merged' OR e.to_account = 'merged'))
      AND NOT EXISTS (SELECT 1 FROM member_aliases a WHERE a.shop_id = p_shop AND a.member_id = m.id)
    UNION ALL
    SELECT coalesce(l.member_id, lm.member_id), 'I5', 'lot ' || coalesce(l.lot, lm.lot), coalesce(l.remaining, 0),
      coalesce(lm.remaining, 0)
    FROM found_lots l FULL JOIN lot_moves lm ON lm.member_id = l.member_id AND lm.lot = l.lot
    UNION ALL
    SELECT l.member_id, 'I5', 'lot ' || l.lot || ' as it was opened', l.original, coalesce(lm.original, 0)
    FROM found_lots l LEFT JOIN lot_moves lm ON lm.member_id = l.member_id AND lm.lot = l.lot
  )
  SELECT c.member_id, c.law, c.figure, c.kept, c.proved FROM compared c WHERE c.kept <> c.proved
$$;

-- By source, whoever holds it now: a merge moves awards, and entries stay where they were written.
CREATE FUNCTION "prove_awards"("p_shop" BIGINT)
RETURNS TABLE ("law" TEXT, "figure" TEXT, "kept" BIGINT, "proved" BIGINT)
LANGUAGE sql STABLE AS $$
  WITH given AS (
    SELECT e.source_kind, e.source_id, e.rule_key,
      sum(CASE WHEN e.from_account = 'issued' THEN e.points WHEN e.to_account = 'issued' THEN -e.points ELSE 0 END) AS posted
    FROM entries e WHERE e.shop_id = p_shop AND e.kind IN ('earn', 'reverse')
    GROUP BY e.source_kind, e.source_id, e.rule_key
  ), awarded AS (
    SELECT a.source_kind, a.source_id, a.rule_key, sum(a.posted) AS posted
    FROM awards a WHERE a.shop_id = p_shop AND a.source_kind <> 'adjustment'
    GROUP BY a.source_kind, a.source_id, a.rule_key
  )
  SELECT 'I8', 'award ' || coalesce(a.source_kind, g.source_kind) || ' ' || coalesce(a.source_id, g.source_id) || ' '
      || coalesce(a.rule_key, g.rule_key), coalesce(a.posted, 0)::bigint, coalesce(g.posted, 0)::bigint
  FROM awarded a FULL JOIN given g ON g.source_kind = a.source_kind AND g.source_id = a.source_id AND g.rule_key = a.rule_key
  WHERE coalesce(a.posted, 0) <> coalesce(g.posted, 0)
$$;

-- Entries whose hash does not follow from the entry before them and their own content, and heads that are not the
-- last entry's hash (figure "head").
CREATE FUNCTION "prove_chains"("p_shop" BIGINT, "p_after" UUID, "p_upto" UUID)
RETURNS TABLE ("member_id" UUID, "figure" TEXT, "kept" BYTEA, "proved" BYTEA)
LANGUAGE sql STABLE AS $$
  SELECT c.member_id, 'entry ' || c.seq, c.hash, c.proved FROM (
    SELECT e.member_id, e.seq, e.hash, sha256(coalesce(lag(e.hash) OVER (PARTITION BY e.member_id ORDER BY e.seq), '\x')
      || entry_content(e.shop_id, e.member_id, e.seq, e.key, e.kind, e.from_account, e.to_account, e.points, e.lot,
        e.source_kind, e.source_id, e.rule_key, e.programme_version, e.explanation, e.occurred_at, e.recorded_at)) AS proved
    FROM entries e WHERE e.shop_id = p_shop AND e.member_id > p_after AND e.member_id <= p_upto
  ) c WHERE c.hash <> c.proved
  UNION ALL
  SELECT m.id, 'head', m.chain_head, coalesce(e.hash, '\x')
  FROM members m LEFT JOIN entries e ON e.shop_id = p_shop AND e.member_id = m.id AND e.seq = m.last_seq
  WHERE m.shop_id = p_shop AND m.id > p_after AND m.id <= p_upto AND m.chain_head <> coalesce(e.hash, '\x')
$$;

CREATE FUNCTION "prove_audit"("p_shop" BIGINT)
RETURNS TABLE ("figure" TEXT)
LANGUAGE sql STABLE AS $$
  SELECT 'audit line ' || c.seq FROM (
    SELECT a.seq, a.hash, row_number() OVER (ORDER BY a.seq) AS nth,
      sha256(coalesce(lag(a.hash) OVER (ORDER BY a.seq), '\x') || audit_content(a.shop_id, a.seq, a.id, a.at, a.actor, a.action,
        a.subject, a.request_key, a.content)) AS proved
    FROM audit a WHERE a.shop_id = p_shop
  ) c WHERE c.hash <> c.proved OR c.seq <> c.nth
  UNION ALL
  SELECT 'audit head' FROM audit_chains c
  LEFT JOIN LATERAL (SELECT a.seq, a.hash FROM audit a WHERE a.shop_id = p_shop ORDER BY a.seq DESC LIMIT 1) a ON true
  WHERE c.shop_id = p_shop AND (a.seq IS DISTINCT FROM c.last_seq OR a.hash IS DISTINCT FROM c.head)
$$;

-- All of a shop at once, as rows: for whoever looks at the database itself.
CREATE OR REPLACE FUNCTION "prove_books"("p_shop" BIGINT)
RETURNS TABLE ("member_id" UUID, "figure" TEXT, "kept" BIGINT, "proved" BIGINT)
LANGUAGE sql STABLE AS $$
  SELECT p.member_id, p.figure, p.kept, p.proved
  FROM prove_members(p_shop, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff') p
  UNION ALL
  SELECT NULL, a.figure, a.kept, a.proved FROM prove_awards(p_shop) a
  UNION ALL
  SELECT c.member_id, 'chain: ' || c.figure, 0, 1
  FROM prove_chains(p_shop, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff') c
$$;
