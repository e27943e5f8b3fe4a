/** The one place where something that happened becomes the body of a webhook. */
import type { StoreEvent } from '../../state/events.ts';
import type { Order, OrderEdit } from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { customerBody } from './customer-body.ts';
import { discountBody, redeemCodeBody } from './discount-body.ts';
import { disputeBody } from './dispute-body.ts';
import { orderBody } from './order-body.ts';
import { productBody } from './product-body.ts';
import { refundBody } from './refund-body.ts';
import { shopBody } from './shop-body.ts';
import { idNumber, localTime, localTimeOrNull, type JsonObject } from './body-parts.ts';

export function bodyOf(store: Store, event: StoreEvent, adminUrl: string): JsonObject {
  const zone = store.shop.ianaTimezone;
  switch (event.topic) {
    case 'orders/create':
    case 'orders/paid':
    case 'orders/updated':
    case 'orders/cancelled':
    case 'orders/fulfilled':
      return orderBody(store, event.order);
    case 'orders/delete':
      return { id: idNumber(event.orderId) };
    case 'orders/edited':
      return editBody(store, event.order, event.edit);
    case 'refunds/create':
      return refundBody(store, event.order, event.refund);
    case 'disputes/create':
    case 'disputes/update':
      return disputeBody(store, event.order, event.dispute);
    case 'customers/create':
    case 'customers/update':
      return customerBody(store, event.customer);
    case 'customers/delete':
      return {
        id: idNumber(event.customerId),
        tax_exemptions: [],
        admin_graphql_api_id: gid('Customer', event.customerId),
      };
    case 'customers/merge':
      return {
        admin_graphql_api_customer_kept_id: gid('Customer', event.merge.keptId),
        admin_graphql_api_customer_deleted_id: gid('Customer', event.merge.deletedId),
        admin_graphql_api_job_id: null,
        status: event.merge.status,
        errors: event.merge.errors.map((error) => ({
          customer_ids: error.customerIds.map(idNumber),
          field: error.field,
          message: error.message,
        })),
      };
    case 'customer.tags_added':
    case 'customer.tags_removed':
      return {
        customerId: gid('Customer', event.customerId),
        tags: event.tags,
        occurredAt: store.now().toISOString(),
      };
    case 'customers_email_marketing_consent/update':
      return {
        customer_id: idNumber(event.customer.id),
        email_address: event.customer.email,
        email_marketing_consent: {
          state: event.state,
          opt_in_level: event.customer.emailConsent.optInLevel,
          consent_updated_at: localTimeOrNull(event.customer.emailConsent.updatedAt, zone),
        },
      };
    case 'customers_marketing_consent/update':
      return {
        id: idNumber(event.customer.id),
        phone: event.customer.phone,
        sms_marketing_consent: {
          state: event.state,
          opt_in_level: event.customer.smsConsent.optInLevel,
          consent_updated_at: localTimeOrNull(event.customer.smsConsent.updatedAt, zone),
          consent_collected_from: 'other',
        },
      };
    case 'discounts/create':
    case 'discounts/update':
      return discountBody(store, event.discount);
    case 'discounts/delete':
      return {
        admin_graphql_api_id: gid('DiscountCodeNode', event.discountId),
        deleted_at: localTime(store.timestamp(), zone),
      };
    case 'discounts/redeemcode_added':
    case 'discounts/redeemcode_removed':
      return redeemCodeBody(event.discount, event.redeemCode);
    case 'products/create':
    case 'products/update':
      return productBody(store, event.product, adminUrl);
    case 'products/delete':
      return { id: idNumber(event.productId) };
    case 'shop/update':
    case 'app/uninstalled':
      return shopBody(store);
    case 'shop/redact':
      return { shop_id: idNumber(store.shop.id), shop_domain: store.domain };
    case 'app/scopes_update':
      return {
        id: 1,
        shop_id: gid('Shop', store.shop.id),
        previous: event.previous,
        current: event.current,
        updated_at: store.now().toISOString(),
      };
    case 'bulk_operations/finish':
      return {
        admin_graphql_api_id: gid('BulkOperation', event.bulk.id),
        completed_at: localTime(event.bulk.completedAt, zone),
        created_at: localTime(event.bulk.createdAt, zone),
        error_code: event.bulk.errorCode,
        status: event.bulk.status,
        type: 'query',
      };
    case 'customers/data_request':
    case 'customers/redact':
      return privacyBody(store, event);
  }
}

function privacyBody(store: Store, event: Extract<StoreEvent, { requestId: string }>): JsonObject {
  const { id, email, phone } = event.customer;
  const orders = event.orderIds.map(idNumber);
  const common = {
    shop_id: idNumber(store.shop.id),
    shop_domain: store.domain,
    customer: { id: idNumber(id), email, phone },
  };
  return event.topic === 'customers/redact'
    ? { ...common, orders_to_redact: orders }
    : { ...common, orders_requested: orders, data_request: { id: idNumber(event.requestId) } };
}

function editBody(store: Store, order: Order, edit: OrderEdit): JsonObject {
  const zone = store.shop.ianaTimezone;
  const deltas = (of: typeof edit.additions): JsonObject[] =>
    of.map(({ lineId, delta }) => ({ id: idNumber(lineId), delta }));
  return {
    order_edit: {
      id: idNumber(edit.id),
      app_id: null,
      created_at: localTime(edit.createdAt, zone),
      committed_at: localTime(edit.createdAt, zone),
      notify_customer: false,
      order_id: idNumber(order.id),
      staff_note: edit.note,
      user_id: null,
      line_items: { additions: deltas(edit.additions), removals: deltas(edit.removals) },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  };
}
