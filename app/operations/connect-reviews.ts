/** Connects a review app by the token with which it signs; the token is kept sealed and never shown. */
import { writeAudit } from '../storage/audit/write-audit.ts';
import { reviewSecretPlace } from '../storage/sealing.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const SHORTEST_SECRET = 12;

export interface ReviewConnection {
  readonly shopId: string;
  readonly actor: string;
  readonly provider: 'judgeme';
}

export type Connected =
  { readonly ok: true } | { readonly ok: false; readonly refusal: { readonly kind: 'too-short' } };

export async function connectReviews(
  world: World,
  { shopId, actor, provider, secret }: ReviewConnection & { readonly secret: string },
): Promise<Connected> {
  const token = secret.trim();
  if (token.length < SHORTEST_SECRET) return { ok: false, refusal: { kind: 'too-short' } };
  const at = new Date(world.now());
  await inTransaction(world.db(shopId), async (client) => {
    await client.query(
      `INSERT INTO integrations (shop_id, provider, secret, connected_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (shop_id, provider) DO UPDATE SET secret = EXCLUDED.secret, connected_at = EXCLUDED.connected_at`,
      [shopId, provider, world.sealer.seal(token, reviewSecretPlace(shopId, provider)), at],
    );
    await writeAudit(client, shopId, {
      id: world.newId(),
      at,
      actor,
      action: 'reviews-connected',
      subject: `integration:${provider}`,
      requestKey: null,
      content: {},
    });
  });
  return { ok: true };
}

export async function disconnectReviews(
  world: World,
  { shopId, actor, provider }: ReviewConnection,
): Promise<void> {
  const at = new Date(world.now());
  await inTransaction(world.db(shopId), async (client) => {
    await client.query(`DELETE FROM integrations WHERE shop_id = $1 AND provider = $2`, [
      shopId,
      provider,
    ]);
    await writeAudit(client, shopId, {
      id: world.newId(),
      at,
      actor,
      action: 'reviews-disconnected',
      subject: `integration:${provider}`,
      requestKey: null,
      content: {},
    });
  });
}
