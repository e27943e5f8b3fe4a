/**
 * A shop's Admin API, for jobs. Tokens expire after an hour and are refreshed by Shopify's library;
 * an advisory lock lets one process at a time refresh a shop's token, because the second refresh
 * would void the first.
 */
import { inTransaction } from '../storage/transaction.ts';
import { makeAdminClient, ShopLeft } from '../shopify/admin-client.ts';
import type { AdminClient } from '../shopify/admin-client.ts';
import { shopifyFetch } from '../shopify/transport.ts';
import type { World } from '../world.ts';

/** What the jobs need of Shopify's library: a valid offline token of the shop, refreshed if need be. */
export interface OfflineTokens {
  readonly of: (
    domain: string,
  ) => Promise<{ readonly accessToken: string; readonly expiresAt: number | null }>;
}

export interface AdminAccess {
  /** @throws ShopLeft when the shop is not installed or there is no usable token */
  readonly of: (shopId: string) => Promise<AdminClient>;
  readonly forget: (shopId: string) => void;
}

const RENEW_BEFORE_MS = 5 * 60_000;

export function makeAdminAccess(world: World, tokens: OfflineTokens): AdminAccess {
  type Known = { readonly client: AdminClient; readonly until: number };
  const known = new Map<string, Promise<Known>>();
  const fetch = shopifyFetch(world.config);

  const open = (shopId: string): Promise<Known> =>
    inTransaction(world.db(shopId), async (client) => {
      const { rows } = await client.query<{ domain: string }>(
        `SELECT domain FROM shops WHERE id = $1 AND state = 'installed'`,
        [shopId],
      );
      const domain = rows[0]?.domain;
      if (!domain) throw new ShopLeft('The shop is not installed');
      await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('token ' || $1, 0))`, [
        domain,
      ]);
      const { accessToken, expiresAt } = await tokens.of(domain);
      return {
        client: makeAdminClient({ domain, accessToken, fetch }),
        until: (expiresAt ?? Infinity) - RENEW_BEFORE_MS,
      };
    });

  return {
    of: async (shopId) => {
      const remembered = await known.get(shopId)?.catch(() => null);
      if (remembered && remembered.until > world.now()) return remembered.client;
      const opening = open(shopId);
      known.set(shopId, opening);
      return opening.then(
        ({ client }) => client,
        (error: unknown) => {
          known.delete(shopId);
          throw error;
        },
      );
    },
    forget: (shopId) => void known.delete(shopId),
  };
}
