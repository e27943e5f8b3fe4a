/** Things that a webhook tells too little of are read from Shopify, and come back as facts. */
import { z } from 'zod';
import type { Performer } from './performer.ts';
import { lookUpOrder, lookUpProducts } from '../../shopify/look-up.ts';
import { writeProducts } from '../../storage/products/products.ts';
import { inTransaction } from '../../storage/transaction.ts';
import { storeFacts } from '../store-facts.ts';

const orderPayload = z.object({ orderId: z.string() });
/** Without an order, the product changed and is only read anew. */
const productsPayload = z.object({
  orderId: z.string().nullable(),
  productIds: z.array(z.string()),
});

export const lookUpOrderEffect: Performer = {
  kind: 'look-up-order',
  together: 1,
  perform: async ({ world, shopId, admin }, effects) => {
    const notes = new Map<string, string>();
    for (const { key, payload, wanted } of effects) {
      const { orderId } = orderPayload.parse(payload);
      const facts = await lookUpOrder(await admin(), orderId);
      if (facts?.kind !== 'order') {
        notes.set(key, 'Shopify no longer knows the order.');
        continue;
      }
      const customerId = facts.order.snapshot?.customerId;
      const name = `order:${orderId}:${facts.order.snapshot?.updatedAt ?? 0}:${wanted}:${world.now()}`;
      const subject = customerId ? `customer:${customerId}` : `order:${orderId}`;
      await storeFacts(world, shopId, [{ name, subject, facts }]);
    }
    return notes;
  },
};

export const lookUpProductsEffect: Performer = {
  kind: 'look-up-products',
  together: 20,
  perform: async ({ world, shopId, admin }, effects) => {
    const wishes = effects.map(({ payload }) => productsPayload.parse(payload));
    const productIds = [...new Set(wishes.flatMap((wish) => wish.productIds))].slice(0, 250);
    const client = await admin();
    const products = await lookUpProducts(client, productIds, world.now());
    const moment = world.now();
    await inTransaction(world.db(shopId), (pg) => writeProducts(pg, shopId, products));
    await storeFacts(
      world,
      shopId,
      wishes.flatMap(({ orderId }) =>
        orderId === null
          ? []
          : [
              {
                name: `order-again:${orderId}:${moment}`,
                subject: `order:${orderId}`,
                facts: { kind: 'order-again', orderId } as const,
              },
            ],
      ),
    );
    return new Map();
  },
};
