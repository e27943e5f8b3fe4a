/** Fills an empty world. The same moment gives the same shops, to the last id. */
import type { AppDeclaration } from '../state/app-declaration.ts';
import type { Plan } from '../state/shop.ts';
import { Store, type StoreContext } from '../state/store.ts';
import { grantScopes, installApp } from '../state/shops/install-app.ts';
import { Chance } from './chance.ts';
import { seedCustomers } from './customers.ts';
import { demoShop } from './demo-shop.ts';
import { seedHistory } from './history.ts';
import { secondShop } from './second-shop.ts';

export type Seed = {
  /** `demo`: eighteen months of history. `bare`: shops and products, no customers, no orders. */
  kind: 'demo' | 'bare';
  /** How long the demo's history is, and with it how many customers there are; eighteen when absent. */
  months?: number | undefined;
  /** Whether the merchants have installed the app. */
  installed: boolean;
  /** Whether they let the app see all orders, not only those of sixty days. */
  wholeHistory: boolean;
  /** Shopify's plan of the demo shop: how many points of the Admin API it has a second. */
  plan?: Plan | undefined;
};

const MONTHS = 18;
const REGULARS = 400;

export function seedStores(context: StoreContext, app: AppDeclaration, seed: Seed): Store[] {
  const months = seed.months ?? MONTHS;
  const until = new Date(context.clock.now().getTime() - 3 * 3_600_000);
  const from = new Date(until);
  from.setUTCMonth(from.getUTCMonth() - months);
  from.setUTCHours(0, 0, 0, 0);
  const since = `${from.toISOString().slice(0, 19)}Z`;

  const demo = new Store(demoShop(context.ids, since), context);
  if (seed.plan) demo.shop.plan = seed.plan;
  const second = new Store(secondShop(context.ids, since), context);
  if (seed.kind === 'demo') {
    const chance = new Chance(20_260_704);
    const regulars = seedCustomers(
      demo,
      chance,
      Math.ceil((REGULARS * months) / MONTHS),
      from,
      until,
    );
    seedHistory(demo, chance, regulars, from, until, { perDay: 6 });
    const few = seedCustomers(second, chance, 12, from, until);
    seedHistory(second, chance, few, from, until, { perDay: 0.12 });
  }
  const stores = [demo, second];
  if (seed.installed) {
    for (const store of stores) {
      store.at(from, () => installApp(store, app));
      if (seed.wholeHistory) grantScopes(store, app, ['read_all_orders']);
    }
  }
  return stores;
}
