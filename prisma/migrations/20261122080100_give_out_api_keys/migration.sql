-- Keys of a shop's own programs. Only a hash of the secret is kept.
CREATE TABLE "api_keys" (
  "shop_id" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "secret_hash" BYTEA NOT NULL,
  "hint" TEXT NOT NULL,
  "scopes" TEXT[] NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "created_by" TEXT NOT NULL,
  "last_used_at" TIMESTAMPTZ(3),
  "revoked_at" TIMESTAMPTZ(3),
  CONSTRAINT "api_keys_pkey" PRIMARY KEY ("shop_id", "id"),
  CONSTRAINT "api_keys_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "api_keys_hash_check" CHECK (octet_length("secret_hash") = 32)
);
