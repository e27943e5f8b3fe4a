/** The buttons of an order's page. Mounted under `/store/<handle>/orders/<id>`. */
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';
import { cancelOrder, fulfillOrder } from '../state/orders/cancel-order.ts';
import { editOrder } from '../state/orders/edit-order.ts';
import { layout } from './layout.ts';
import { orderPage } from './orders.ts';
import { payOrder } from '../state/orders/pay-order.ts';
import { refundOrder } from '../state/orders/refund-order.ts';
import { Refusal } from '../state/refusal.ts';
import { storeByHandle, storePath } from './shop-address.ts';

const quantity = z.coerce.number().int().min(1);
const lineUnits = z.object({ lineId: z.string(), quantity });
const variantUnits = z.object({ variantId: z.string(), quantity });

export function orderActions(world: World): Router {
  const router = Router({ mergeParams: true });
  const action = (path: string, act: (store: Store, orderId: string, body: unknown) => unknown) =>
    router.post(path, (request: Request, response: Response) => {
      const store = storeByHandle(world, String(request.params['handle']));
      const order = store.requireOrder(String(request.params['id']));
      try {
        act(store, order.id, request.body);
        response.redirect(303, `${storePath(store)}/orders/${order.id}`);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        response.status(422).send(
          layout(world, store, {
            title: order.name,
            section: 'orders',
            body: orderPage(store, order),
            notice: { tone: 'critical', text: error.message },
          }),
        );
      }
    });

  action('/refund', (store, orderId, body) =>
    refundOrder(store, { orderId, lines: [{ ...lineUnits.parse(body), restock: true }] }),
  );
  action('/remove', (store, orderId, body) =>
    editOrder(store, { orderId, remove: [{ ...lineUnits.parse(body), restock: true }] }),
  );
  action('/add', (store, orderId, body) =>
    editOrder(store, { orderId, add: [variantUnits.parse(body)] }),
  );
  action('/pay', (store, orderId) => payOrder(store, { orderId }));
  action('/cancel', (store, orderId) => cancelOrder(store, { orderId }));
  action('/fulfill', (store, orderId) => fulfillOrder(store, orderId));
  return router;
}
