/** The local Shopify as a process of a bench: it answers late, as Shopify does, and says who is there. */
import { answerMessages } from './bench-child.ts';
import { sessionToken } from '../../devstore/oauth/session-token.ts';
import { startDevstore } from '../../devstore/start.ts';
import type { Devstore } from '../../devstore/start.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import type { Plan } from '../../devstore/state/shop.ts';

export interface ShopifyWish {
  readonly secret: string;
  readonly plan: Plan;
  /** How long every answer takes. */
  readonly paceMs: number;
  /** How many customers are added. */
  readonly customers: number;
}

export interface ShopifyAnswer {
  readonly origin: string;
  readonly domain: string;
  /** With which the app is installed. */
  readonly sessionToken: string;
  readonly customerIds: readonly string[];
  /** Of discounts that Laurel made. */
  readonly codes: number;
}

let devstore: Devstore | undefined;

answerMessages<ShopifyWish>(async ({ secret, plan, paceMs, customers }): Promise<ShopifyAnswer> => {
  devstore ??= await startDevstore({
    ...{ basePort: 0, appUrl: 'http://localhost:1', apiKey: 'bench', apiSecret: secret },
    ...{ dataDir: null, seed: { kind: 'bare' }, webhooks: { timeScale: 0 } },
  });
  const store = devstore.world.demo();
  store.shop.plan = plan;
  devstore.faults.setPace(store.domain, paceMs);
  const customerIds = Array.from({ length: customers }, (_, index) => {
    const { id } = createCustomer(store, {
      email: `bench-${store.customers.size}-${index}@example.com`,
    });
    return id;
  });
  return {
    ...{ origin: devstore.addresses.admin, domain: store.domain, customerIds },
    sessionToken: sessionToken(devstore.world, store),
    codes: store.discounts
      .all()
      .filter(({ title }) => title.startsWith('Laurel: '))
      .reduce((sum, { codes }) => sum + codes.length, 0),
  };
});
