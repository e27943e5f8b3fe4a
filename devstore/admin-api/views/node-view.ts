/** Any object by its gid. */
import type { Store } from '../../state/store.ts';
import { parseGid } from '../../state/ids.ts';
import type { Context, View } from '../context.ts';
import { creditTransactionNode, isCreditTransaction } from '../credit/store-credit.ts';
import { codeNode } from '../discounts/discount-queries.ts';
import { badRequest, notImplemented } from '../errors.ts';
import { bulkOperationView } from './bulk-operation-view.ts';
import { customerView } from './customer-view.ts';
import { orderView } from './order-view.ts';
import { collectionView, productView, variantView } from './product-view.ts';
import { refundView } from './refund-view.ts';
import { installationView, shopView } from './shop-view.ts';
import { isVisible } from '../visible-orders.ts';

export function ownerView(store: Store, ownerId: string): View | null {
  const parsed = parseGid(ownerId);
  switch (parsed?.type) {
    case 'AppInstallation':
      return store.installation?.id === parsed.id
        ? installationView(store, store.installation)
        : null;
    case 'Collection': {
      const collection = store.collections.get(parsed.id);
      return collection ? collectionView(store, collection) : null;
    }
    case 'Customer': {
      const customer = store.customers.get(parsed.id);
      return customer ? customerView(store, customer) : null;
    }
    case 'Order': {
      const order = store.orders.get(parsed.id);
      return order ? orderView(store, order) : null;
    }
    case 'Product': {
      const product = store.products.get(parsed.id);
      return product ? productView(store, product) : null;
    }
    case 'ProductVariant': {
      const found = store.variant(parsed.id);
      return found ? variantView(store, found.product, found.variant) : null;
    }
    case 'Shop':
      return store.shop.id === parsed.id ? shopView(store) : null;
    case undefined:
      throw badRequest(`Invalid global id '${ownerId}'`);
    default:
      throw notImplemented(`the node type ${parsed?.type ?? ''}`);
  }
}

export function nodeView(context: Context, id: string): View | null {
  const { store } = context;
  const parsed = parseGid(id);
  if (parsed?.type === 'BulkOperation') {
    const operation = context.bulkOperations.find(store, parsed.id);
    return operation ? bulkOperationView(context.world, operation) : null;
  }
  if (parsed?.type === 'Order') {
    const order = store.orders.get(parsed.id);
    if (order && !isVisible(context, order)) return null;
  }
  if (parsed?.type === 'Refund') {
    for (const order of store.orders.values()) {
      const refund = order.refunds.find((one) => one.id === parsed.id);
      if (refund) return isVisible(context, order) ? refundView(store, order, refund) : null;
    }
    return null;
  }
  if (parsed?.type === 'DiscountCodeNode') return codeNode(store, id);
  if (parsed && isCreditTransaction(parsed.type)) {
    return creditTransactionNode(store, parsed.type, parsed.id);
  }
  return ownerView(store, id);
}

/** The numeric part of a gid that must be of this type. */
export function idOf(type: string, id: string): string {
  const parsed = parseGid(id);
  if (parsed?.type !== type) throw badRequest(`Invalid global id '${id}'`);
  return parsed.id;
}
