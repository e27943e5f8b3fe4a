import type { ConsentState, Customer } from './customer.ts';
import type { Discount, RedeemCode } from './discount.ts';
import type { Dispute, Order, OrderEdit, Refund } from './order.ts';
import type { Product } from './product.ts';

export type MergeOutcome = {
  keptId: string;
  deletedId: string;
  status: 'completed' | 'failed' | 'in_progress' | 'requested';
  errors: { customerIds: string[]; field: string; message: string }[];
};

export type BulkFinish = {
  id: string;
  createdAt: string;
  completedAt: string;
  status: 'completed' | 'failed' | 'canceled';
  errorCode: string | null;
};

/** What Shopify would tell an app, named by topic. Listeners hear it after the state has changed. */
export type StoreEvent =
  | {
      topic:
        | 'orders/create'
        | 'orders/paid'
        | 'orders/updated'
        | 'orders/cancelled'
        | 'orders/fulfilled';
      order: Order;
    }
  | { topic: 'orders/delete'; orderId: string }
  | { topic: 'orders/edited'; order: Order; edit: OrderEdit }
  | { topic: 'refunds/create'; order: Order; refund: Refund }
  | { topic: 'disputes/create' | 'disputes/update'; order: Order; dispute: Dispute }
  | { topic: 'customers/create' | 'customers/update'; customer: Customer }
  | { topic: 'customers/delete'; customerId: string }
  | { topic: 'customers/merge'; merge: MergeOutcome }
  | { topic: 'customer.tags_added' | 'customer.tags_removed'; customerId: string; tags: string[] }
  | { topic: 'customers_email_marketing_consent/update'; customer: Customer; state: ConsentState }
  | { topic: 'customers_marketing_consent/update'; customer: Customer; state: ConsentState }
  | { topic: 'discounts/create' | 'discounts/update'; discount: Discount }
  | { topic: 'discounts/delete'; discountId: string }
  | {
      topic: 'discounts/redeemcode_added' | 'discounts/redeemcode_removed';
      discount: Discount;
      redeemCode: RedeemCode;
    }
  | { topic: 'products/create' | 'products/update'; product: Product }
  | { topic: 'products/delete'; productId: string }
  | { topic: 'shop/update' | 'app/uninstalled' | 'shop/redact' }
  | { topic: 'app/scopes_update'; previous: string[]; current: string[] }
  | { topic: 'bulk_operations/finish'; bulk: BulkFinish }
  | {
      topic: 'customers/data_request' | 'customers/redact';
      customer: { id: string; email: string | null; phone: string | null };
      orderIds: string[];
      requestId: string;
    };

export type Topic = StoreEvent['topic'];
