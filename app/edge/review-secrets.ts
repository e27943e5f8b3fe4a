/** The shops' review-app tokens, opened and remembered for a moment. */
import { NOBODY } from './shop-ids.ts';
import { reviewSecretPlace } from '../storage/sealing.ts';
import type { World } from '../world.ts';

const REMEMBER_MS = 10_000;
const MOST_REMEMBERED = 1_000;

export interface ReviewSecrets {
  readonly find: (
    shopDomain: string,
    provider: string,
  ) => Promise<{ readonly shopId: string; readonly secret: string } | null>;
  /** Notes that the provider was heard of, without making it wait. */
  readonly heard: (shopId: string, provider: string) => void;
}

export function makeReviewSecrets({ db, sealer, now, log }: World): ReviewSecrets {
  type Found = Awaited<ReturnType<ReviewSecrets['find']>>;
  const known = new Map<string, { readonly found: Promise<Found>; readonly until: number }>();
  const lastNoted = new Map<string, number>();

  const read = async (shopDomain: string, provider: string): Promise<Found> => {
    const { rows } = await db(NOBODY).query<{ shop_id: string; secret: string }>(
      `SELECT i.shop_id, i.secret FROM shops s JOIN integrations i ON i.shop_id = s.id
        WHERE s.domain = $1 AND s.state = 'installed' AND i.provider = $2`,
      [shopDomain, provider],
    );
    const row = rows[0];
    return row
      ? {
          shopId: row.shop_id,
          secret: sealer.open(row.secret, reviewSecretPlace(row.shop_id, provider)),
        }
      : null;
  };

  return {
    find: (shopDomain, provider) => {
      const key = `${provider} ${shopDomain}`;
      const remembered = known.get(key);
      if (remembered && remembered.until > now()) return remembered.found;
      if (known.size >= MOST_REMEMBERED) known.clear();
      const found = read(shopDomain, provider);
      known.set(key, { found, until: now() + REMEMBER_MS });
      found.then(
        (shop) => shop === null && known.delete(key),
        () => known.delete(key),
      );
      return found;
    },
    heard: (shopId, provider) => {
      const key = `${provider} ${shopId}`;
      if ((lastNoted.get(key) ?? 0) > now() - REMEMBER_MS) return;
      lastNoted.set(key, now());
      db(shopId)
        .query(`UPDATE integrations SET last_heard_at = $3 WHERE shop_id = $1 AND provider = $2`, [
          shopId,
          provider,
          new Date(now()),
        ])
        .catch((error: unknown) =>
          log.warn({ shopId, reason: String(error) }, 'last_heard_at was not noted'),
        );
    },
  };
}
