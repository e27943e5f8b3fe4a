/** A shop of the local Shopify that has installed Laurel, with rewards and members who have points. */
import { Session } from '@shopify/shopify-api';
import type { BenchPlace } from './bench-place.ts';
import { withClient } from './bench-place.ts';
import type { ShopifyAnswer } from './local-shopify.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { installShop } from '../../app/operations/install-shop.ts';
import { publishProgramme } from '../../app/operations/publish-programme.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { makeAdminClient } from '../../app/shopify/admin-client.ts';
import type { AdminClient } from '../../app/shopify/admin-client.ts';
import { readShop } from '../../app/shopify/shop.ts';
import { shopifyFetch } from '../../app/shopify/transport.ts';
import { sealedSessionStorage } from '../../app/storage/sessions/sealed-session-storage.ts';
import { newMember } from '../support/shop-rows.ts';
import { writtenRewards } from '../support/written-rewards.ts';

export interface RedeemShop {
  readonly shopId: string;
  readonly domain: string;
  readonly customerIds: readonly string[];
  readonly admin: AdminClient;
}

export const REWARD = { key: 'five-off', points: 100 };
const POINTS_EACH = 1_000_000;

/** @param origin by which Shopify is asked from now on */
export async function makeRedeemShop(
  { world }: BenchPlace,
  shopify: ShopifyAnswer,
  origin: string,
  databaseUrl: string,
): Promise<RedeemShop> {
  const { domain, customerIds } = shopify;
  const accessToken = await install(world, shopify);
  const fetch = shopifyFetch({ localShopifyUrl: origin });
  const admin = makeAdminClient({ domain, accessToken, fetch });
  const shop = await readShop(admin);
  await installShop(world, shop);
  const about = { shopId: shop.id, actor: 'bench' };
  const rewards = writtenRewards({ ...REWARD, kind: 'amount-off', name: '€5 off' });
  const document = { ...firstDraft('Bench'), rewards };
  const saved = await saveDraft(world, { ...about, revision: 1, document });
  if (!saved.ok) throw new Error(saved.refusal.kind);
  const published = await publishProgramme(world, { ...about, revision: saved.revision, note: '' });
  if (!published.ok) throw new Error(published.refusal.kind);
  for (const customerId of customerIds) {
    const memberId = await newMember(world, shop.id, { customerId: BigInt(customerId) });
    const given = await adjustPoints(world, {
      ...{ shopId: shop.id, memberId, points: POINTS_EACH, reason: 'goodwill', note: '' },
      ...{
        actor: 'bench',
        requestKey: `start ${memberId}`,
        allowDebt: false,
        countsForTier: false,
      },
    });
    if (!given.ok) throw new Error(given.refusal.kind);
  }
  await withClient(databaseUrl, async (client) => void (await client.query('ANALYZE')));
  return { shopId: shop.id, domain, customerIds, admin };
}

/** By a real token exchange; the session is stored as the app's own storage does. */
async function install(world: BenchPlace['world'], shopify: ShopifyAnswer): Promise<string> {
  const { apiKey, apiSecret } = world.config;
  const answer = await fetch(`${shopify.origin}/shops/${shopify.domain}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ client_id: apiKey, client_secret: apiSecret, expiring: '1' },
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: shopify.sessionToken,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
    }),
  });
  const told = (await answer.json()) as Record<string, string | number>;
  const at = (seconds: unknown): Date => new Date(Date.now() + Number(seconds) * 1000);
  const session = new Session({
    ...{ id: `offline_${shopify.domain}`, shop: shopify.domain, state: '', isOnline: false },
    ...{ accessToken: String(told['access_token']), scope: String(told['scope']) },
    expires: at(told['expires_in']),
    refreshToken: String(told['refresh_token']),
    refreshTokenExpires: at(told['refresh_token_expires_in']),
  });
  await sealedSessionStorage(world.prisma, world.sealer, () => undefined).storeSession(session);
  return String(told['access_token']);
}
