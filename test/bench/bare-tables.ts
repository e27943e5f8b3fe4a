/** The tables of what Laurel is measured beside: an inbox of one unique key, and books of two tables. */
export const BARE_ACCOUNTS = 10_000;

export const BARE_TABLES = `
  CREATE TABLE bare_deliveries (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    webhook_id TEXT NOT NULL UNIQUE,
    shop_domain TEXT NOT NULL,
    topic TEXT NOT NULL,
    body BYTEA NOT NULL,
    received_at TIMESTAMPTZ NOT NULL DEFAULT now()
  );
  CREATE TABLE bare_accounts (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL DEFAULT 0);
  INSERT INTO bare_accounts (id) SELECT generate_series(0, ${BARE_ACCOUNTS} - 1);
  CREATE TABLE bare_entries (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES bare_accounts,
    points BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL DEFAULT now()
  );
  CREATE FUNCTION bare_transfer(giver BIGINT, taker BIGINT, amount BIGINT) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM bare_accounts WHERE id IN (giver, taker) ORDER BY id FOR UPDATE;
    UPDATE bare_accounts SET balance = balance - amount WHERE id = giver;
    UPDATE bare_accounts SET balance = balance + amount WHERE id = taker;
    INSERT INTO bare_entries (account, points) VALUES (giver, -amount), (taker, amount);
  END $$;
`;
