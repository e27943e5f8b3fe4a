/**
 * The two ledgers that Laurel's engine is measured beside. "least" is the least that moves points
 * honestly: two accounts with balances, an entry between them, a key that keeps the same cause from
 * being booked twice. "versioned" is a general ledger in the manner of pgledger: accounts with
 * versions and constraints, a transfer, two entries with the balance before and after, accounts
 * locked one by one in sorted order, ids as ULIDs with a prefix, made by the database.
 */
export const ACCOUNTS = 2_000;
export const LEDGER_SHOPS = 4;

export const LEDGER_TABLES = `
  CREATE TABLE least_accounts (
    shop BIGINT NOT NULL,
    id BIGINT NOT NULL,
    balance BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (shop, id)
  );
  INSERT INTO least_accounts (shop, id)
    SELECT s, a FROM generate_series(0, ${LEDGER_SHOPS} - 1) s, generate_series(0, ${ACCOUNTS} - 1) a;
  CREATE TABLE least_entries (
    shop BIGINT NOT NULL,
    key TEXT NOT NULL,
    giver BIGINT NOT NULL,
    taker BIGINT NOT NULL,
    points BIGINT NOT NULL CHECK (points > 0),
    at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, key)
  );
  CREATE FUNCTION least_transfer(p_shop BIGINT, p_giver BIGINT, p_taker BIGINT, p_points BIGINT, p_key TEXT)
  RETURNS BOOLEAN LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO least_entries (shop, key, giver, taker, points)
      VALUES (p_shop, p_key, p_giver, p_taker, p_points) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM 1 FROM least_accounts WHERE shop = p_shop AND id IN (p_giver, p_taker) ORDER BY id FOR UPDATE;
    UPDATE least_accounts SET balance = balance + CASE id WHEN p_taker THEN p_points ELSE -p_points END
      WHERE shop = p_shop AND id IN (p_giver, p_taker);
    RETURN true;
  END $$;

  CREATE FUNCTION versioned_id(prefix TEXT) RETURNS TEXT LANGUAGE plpgsql VOLATILE AS $$
  DECLARE
    bits BIT(130) := B'00' || ('x' || encode(uuid_send(uuidv7()), 'hex'))::bit(128);
    written TEXT := '';
  BEGIN
    FOR at IN 0..25 LOOP
      written := written || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substring(bits FROM at * 5 + 1 FOR 5)::int + 1, 1);
    END LOOP;
    RETURN prefix || '_' || written;
  END $$;
  CREATE TABLE versioned_accounts (
    id TEXT PRIMARY KEY DEFAULT versioned_id('account'),
    currency TEXT NOT NULL,
    balance NUMERIC NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 0,
    may_be_negative BOOLEAN NOT NULL,
    may_be_positive BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
  );
  INSERT INTO versioned_accounts (id, currency, may_be_negative, may_be_positive)
    SELECT 'account_' || s || '_' || a, 'points', true, true
    FROM generate_series(0, ${LEDGER_SHOPS} - 1) s, generate_series(0, ${ACCOUNTS} - 1) a;
  CREATE TABLE versioned_transfers (
    id TEXT PRIMARY KEY DEFAULT versioned_id('transfer'),
    giver TEXT NOT NULL REFERENCES versioned_accounts (id),
    taker TEXT NOT NULL REFERENCES versioned_accounts (id),
    amount NUMERIC NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    event_at TIMESTAMPTZ NOT NULL,
    metadata JSONB,
    CHECK (amount > 0 AND giver <> taker)
  );
  CREATE INDEX ON versioned_transfers (giver);
  CREATE INDEX ON versioned_transfers (taker);
  CREATE INDEX ON versioned_transfers (event_at);
  CREATE TABLE versioned_entries (
    id TEXT PRIMARY KEY DEFAULT versioned_id('entry'),
    account TEXT NOT NULL REFERENCES versioned_accounts (id),
    transfer TEXT NOT NULL REFERENCES versioned_transfers (id),
    amount NUMERIC NOT NULL,
    balance_before NUMERIC NOT NULL,
    balance_after NUMERIC NOT NULL,
    account_version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
  );
  CREATE INDEX ON versioned_entries (account);
  CREATE INDEX ON versioned_entries (transfer);
  CREATE FUNCTION versioned_move(p_account TEXT, p_amount NUMERIC)
  RETURNS versioned_accounts LANGUAGE plpgsql AS $$
  DECLARE moved versioned_accounts;
  BEGIN
    UPDATE versioned_accounts SET balance = balance + p_amount, version = version + 1, updated_at = now()
      WHERE id = p_account RETURNING * INTO moved;
    IF moved.balance < 0 AND NOT moved.may_be_negative OR moved.balance > 0 AND NOT moved.may_be_positive THEN
      RAISE EXCEPTION 'account % may not have %', moved.id, moved.balance;
    END IF;
    RETURN moved;
  END $$;
  CREATE FUNCTION versioned_transfer(p_giver TEXT, p_taker TEXT, p_amount NUMERIC, p_metadata JSONB)
  RETURNS SETOF versioned_transfers LANGUAGE plpgsql AS $$
  DECLARE
    account TEXT;
    giver versioned_accounts;
    taker versioned_accounts;
    made TEXT;
  BEGIN
    FOR account IN SELECT a FROM unnest(ARRAY[p_giver, p_taker]) a ORDER BY a LOOP
      PERFORM 1 FROM versioned_accounts WHERE id = account FOR UPDATE;
    END LOOP;
    giver := versioned_move(p_giver, -p_amount);
    taker := versioned_move(p_taker, p_amount);
    IF giver.currency <> taker.currency THEN RAISE EXCEPTION 'not the same currency'; END IF;
    INSERT INTO versioned_transfers (giver, taker, amount, created_at, event_at, metadata)
      VALUES (p_giver, p_taker, p_amount, now(), now(), p_metadata) RETURNING id INTO made;
    INSERT INTO versioned_entries (account, transfer, amount, balance_before, balance_after, account_version, created_at)
      VALUES (p_giver, made, -p_amount, giver.balance + p_amount, giver.balance, giver.version, now());
    INSERT INTO versioned_entries (account, transfer, amount, balance_before, balance_after, account_version, created_at)
      VALUES (p_taker, made, p_amount, taker.balance - p_amount, taker.balance, taker.version, now());
    RETURN QUERY SELECT * FROM versioned_transfers WHERE id = made;
  END $$;
`;
