/** Keys for a shop's own programs: made, shown once, used, revoked. */
import { API_SCOPES } from '../domain/api-scopes.ts';
import type { ApiScope } from '../domain/api-scopes.ts';
import {
  hashOf,
  isSecretOf,
  newSecret,
  readApiKey,
  writeApiKey,
} from '../storage/api-keys/api-key-secret.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const MOST_KEYS = 20;
const TOUCH_MS = 60_000;

export type MadeApiKey =
  /** `key` is not kept: whoever loses it makes another. */
  | { readonly ok: true; readonly key: string }
  | {
      readonly ok: false;
      readonly refusal: { readonly kind: 'no-name' | 'no-scope' | 'too-many-keys' };
    };

export async function makeApiKey(
  world: World,
  wish: {
    readonly shopId: string;
    readonly actor: string;
    readonly name: string;
    readonly scopes: readonly ApiScope[];
  },
): Promise<MadeApiKey> {
  const name = wish.name.trim().slice(0, 60);
  const scopes = API_SCOPES.filter((scope) => wish.scopes.includes(scope));
  if (name === '') return { ok: false, refusal: { kind: 'no-name' } };
  if (scopes.length === 0) return { ok: false, refusal: { kind: 'no-scope' } };
  const { shopId, actor } = wish;
  const at = new Date(world.now());
  const [id, secret] = [world.newId(), newSecret()];
  return inTransaction(world.db(shopId), async (client) => {
    // Two who make the last allowed key at once wait for each other here.
    await client.query(`SELECT 1 FROM shops WHERE id = $1 FOR UPDATE`, [shopId]);
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM api_keys WHERE shop_id = $1 AND revoked_at IS NULL`,
      [shopId],
    );
    if ((rows[0]?.count ?? 0) >= MOST_KEYS)
      return { ok: false, refusal: { kind: 'too-many-keys' } };
    await client.query(
      `INSERT INTO api_keys (shop_id, id, name, secret_hash, hint, scopes, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [shopId, id, name, hashOf(secret), secret.slice(-4), scopes, at, actor],
    );
    await writeAudit(client, shopId, {
      ...{ id: world.newId(), at, actor, subject: `api-key:${id}`, requestKey: null },
      action: 'api-key-made',
      content: { name, scopes },
    });
    return { ok: true, key: writeApiKey({ shopId, id, secret }) };
  });
}

/** @returns whether there was such a key in use */
export async function revokeApiKey(
  world: World,
  { shopId, actor, id }: { readonly shopId: string; readonly actor: string; readonly id: string },
): Promise<boolean> {
  const at = new Date(world.now());
  return inTransaction(world.db(shopId), async (client) => {
    const { rowCount } = await client.query(
      `UPDATE api_keys SET revoked_at = $3 WHERE shop_id = $1 AND id = $2 AND revoked_at IS NULL`,
      [shopId, id, at],
    );
    if (!rowCount) return false;
    await writeAudit(client, shopId, {
      ...{ id: world.newId(), at, actor, subject: `api-key:${id}`, requestKey: null },
      action: 'api-key-revoked',
      content: {},
    });
    return true;
  });
}

export interface ApiCaller {
  readonly shopId: string;
  readonly keyId: string;
  readonly scopes: readonly string[];
}

/** Who calls by this key; null for one that is none, is revoked, or whose shop left. */
export async function apiCaller(world: World, authorization: string): Promise<ApiCaller | null> {
  const parts = readApiKey(/^Bearer (\S+)$/.exec(authorization)?.[1] ?? '');
  // Beyond PostgreSQL's bigint there is no shop.
  if (!parts || BigInt(parts.shopId) > 2n ** 63n - 1n) return null;
  const { shopId, id, secret } = parts;
  const pool = world.db(shopId);
  const { rows } = await pool.query<{
    secret_hash: Buffer;
    scopes: string[];
    last_used_at: Date | null;
  }>({
    name: 'api-caller',
    text: `SELECT k.secret_hash, k.scopes, k.last_used_at FROM api_keys k JOIN shops s ON s.id = k.shop_id
      WHERE k.shop_id = $1 AND k.id = $2 AND k.revoked_at IS NULL AND s.state = 'installed'`,
    values: [shopId, id],
  });
  const [row] = rows;
  if (!row || !isSecretOf(secret, row.secret_hash)) return null;
  const now = world.now();
  if ((row.last_used_at?.getTime() ?? 0) <= now - TOUCH_MS) {
    await pool.query(`UPDATE api_keys SET last_used_at = $3 WHERE shop_id = $1 AND id = $2`, [
      shopId,
      id,
      new Date(now),
    ]);
  }
  return { shopId, keyId: id, scopes: row.scopes };
}
