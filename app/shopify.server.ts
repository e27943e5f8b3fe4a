/** Shopify's library, made once with our storage of sessions and our way of installing. */
import '@shopify/shopify-app-remix/server/adapters/node';
import { LogSeverity } from '@shopify/shopify-api';
import { shopifyApi } from '@shopify/shopify-api';
import type { Session } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { ApiVersion, AppDistribution, shopifyApp } from '@shopify/shopify-app-remix/server';
import { installShop } from './operations/install-shop.ts';
import type { AskedReward } from './operations/redeem-reward.ts';
import type { OrderTidings } from './domain/orders/order-facts.ts';
import { makeAdminClient } from './shopify/admin-client.ts';
import { readMergeBlocks } from './shopify/merge-blocks.ts';
import type { MergeBlock } from './shopify/merge-blocks.ts';
import { readDelivery, UnreadableBody } from './shopify/payloads/read-delivery.ts';
import { readShop } from './shopify/shop.ts';
import { readTitles } from './shopify/titles.ts';
import { shopifyFetch } from './shopify/transport.ts';
import { sealedSessionStorage } from './storage/sessions/sealed-session-storage.ts';
import type { World } from './world.ts';

export type Shopify = ReturnType<typeof makeShopify>;

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    readonly world: World;
    readonly shopify: Shopify;
    /** Makes a reward that was just redeemed, or leaves it to the outbox after a while. */
    readonly makeReward: (shopId: string, asked: AskedReward) => Promise<void>;
  }
}

export function makeShopify(world: World) {
  const { config, log, prisma, sealer } = world;
  const fetch = shopifyFetch(config);
  setAbstractFetchFunc(fetch);

  /** Never throws: a visit is not refused because we could not write, and the next one tries again. */
  const install = async ({ shop: domain, accessToken }: Session): Promise<void> => {
    try {
      const client = makeAdminClient({ domain, accessToken: accessToken ?? '', fetch });
      await installShop(world, await readShop(client));
    } catch (fault) {
      log.error({ domain, reason: String(fault) }, 'an installation did not finish');
    }
  };

  /**
   * What products, variants and collections are called, by their numbers; empty for what the shop does not
   * have. Null where Shopify does not say: a page is not refused because of it.
   */
  const titlesOf = async (
    { shop: domain, accessToken }: Session,
    gids: readonly string[],
  ): Promise<Readonly<Record<string, string>> | null> => {
    try {
      const client = makeAdminClient({ domain, accessToken: accessToken ?? '', fetch });
      return await readTitles(client, gids);
    } catch (fault) {
      log.warn(
        { domain, reason: String(fault) },
        'the titles of what was chosen could not be read',
      );
      return null;
    }
  };

  // Anything below a warning would print tokens and query strings.
  const logger = {
    level: LogSeverity.Warning,
    log: async (severity: LogSeverity, message: string): Promise<void> => {
      if (severity === LogSeverity.Error) log.error(message);
      else log.warn(message);
    },
  };
  const app = shopifyApp({
    apiKey: config.apiKey,
    apiSecretKey: config.apiSecret,
    apiVersion: ApiVersion.October26,
    appUrl: config.appUrl,
    authPathPrefix: '/auth',
    distribution: AppDistribution.AppStore,
    sessionStorage: sealedSessionStorage(prisma, sealer, ({ shop, because }) =>
      log.warn({ shop, because }, 'a session could not be read and counts as none'),
    ),
    logger,
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    hooks: { afterAuth: ({ session }) => install(session) },
  });
  /** The body of an order as Shopify sends it, which somebody pasted; null where it is none. */
  const readOrder = (text: string): OrderTidings | null => {
    try {
      const tidings = readDelivery('orders/create', Buffer.from(text), { toldAt: world.now() });
      return tidings.kind === 'order' ? tidings.order : null;
    } catch (fault) {
      if (fault instanceof UnreadableBody) return null;
      throw fault;
    }
  };
  const { utils } = shopifyApi({
    ...{ apiKey: config.apiKey, apiSecretKey: config.apiSecret, apiVersion: ApiVersion.October26 },
    ...{ hostName: new URL(config.appUrl).host, isEmbeddedApp: true, logger },
  });
  /**
   * Who asks through the app proxy needs no token of the shop: where the signature is good, reading the
   * session, which is most of what the library does, is left out. Otherwise the library says no.
   */
  const appProxy = async (request: Request): Promise<void> => {
    const query = new URL(request.url).searchParams;
    const isSigned = utils.validateHmac(query, { signator: 'appProxy' }).catch(() => false);
    if (!(await isSigned)) await app.authenticate.public.appProxy(request);
  };
  /** Why Shopify would not merge two customers; null where it did not answer. */
  const mergeBlocks = async (
    { shop: domain, accessToken }: Session,
    customers: readonly [string, string],
  ): Promise<readonly MergeBlock[] | null> => {
    try {
      const client = makeAdminClient({ domain, accessToken: accessToken ?? '', fetch });
      return await readMergeBlocks(client, customers);
    } catch (fault) {
      log.warn({ domain, reason: String(fault) }, 'whether customers can be merged is not known');
      return null;
    }
  };
  return { ...app, install, readOrder, titlesOf, appProxy, mergeBlocks };
}
