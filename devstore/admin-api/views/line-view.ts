import type {
  DiscountAllocation,
  Order,
  OrderLine,
  ShippingLine,
  TaxLine,
} from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { minorOf, minus, nothing, portionOf, times, total } from '../../state/money.ts';
import { lineFigures, shippingLeft } from '../../state/orders/order-figures.ts';
import { afterDiscounts } from '../../state/orders/price-order.ts';
import type { View } from '../context.ts';
import { bagView, moneyView } from './money-view.ts';
import { productView, variantView } from './product-view.ts';

export function lineView(store: Store, order: Order, line: OrderLine): View {
  const { gross, discount, net, tax, currentNet } = lineFigures(order, line);
  const product = line.productId === null ? undefined : store.products.get(line.productId);
  const found = line.variantId === null ? undefined : store.variant(line.variantId);
  const own = line.allocations.filter((one) => {
    const application = order.discounts[one.applicationIndex];
    return application?.allocation !== 'across';
  });
  const ownDiscount = total(own.map((one) => one.amount));
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    title: line.title,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    refundableQuantity: line.currentQuantity,
    unfulfilledQuantity: order.fulfilled ? 0 : line.currentQuantity,
    isGiftCard: line.giftCard,
    taxable: line.taxable,
    requiresShipping: !line.giftCard,
    customAttributes: [],
    sellingPlan: !line.sellingPlan
      ? null
      : { __typename: 'LineItemSellingPlan', name: line.sellingPlan },
    product: product ? () => productView(store, product) : null,
    variant: found ? () => variantView(store, found.product, found.variant) : null,
    originalUnitPriceSet: bagView(order, line.unitPrice),
    originalTotalSet: bagView(order, gross),
    totalDiscountSet: bagView(order, ownDiscount),
    // Without code discounts: after discounts of the line itself. With them: after everything.
    discountedTotalSet: ({ withCodeDiscounts }: { withCodeDiscounts: boolean }) =>
      bagView(order, minus(gross, withCodeDiscounts ? discount : ownDiscount)),
    discountedUnitPriceSet: bagView(order, portionOf(minus(gross, ownDiscount), 1, line.quantity)),
    discountedUnitPriceAfterAllDiscountsSet: bagView(
      order,
      line.currentQuantity > 0
        ? portionOf(currentNet, 1, line.currentQuantity)
        : portionOf(net, 1, line.quantity),
    ),
    priceAfterAllDiscountsBeforeTaxesSet: bagView(
      order,
      order.taxesIncluded ? minus(net, tax) : net,
    ),
    unfulfilledDiscountedTotalSet: bagView(order, order.fulfilled ? nothing : currentNet),
    unfulfilledOriginalTotalSet: bagView(
      order,
      order.fulfilled ? nothing : times(line.unitPrice, line.currentQuantity),
    ),
    discountAllocations: () => line.allocations.map((one) => allocationView(order, one)),
    taxLines: ({ first }: { first?: number | null }) =>
      line.taxLines.slice(0, first ?? undefined).map((one) => taxView(order, one)),
    duties: [],
  };
}

export function shippingView(order: Order, line: ShippingLine): View {
  return {
    __typename: 'ShippingLine',
    id: gid('ShippingLine', line.id),
    title: line.title,
    code: line.title,
    source: 'shopify',
    isRemoved: false,
    custom: false,
    carrierIdentifier: null,
    phone: null,
    originalPriceSet: bagView(order, line.price),
    discountedPriceSet: bagView(order, afterDiscounts(line)),
    currentDiscountedPriceSet: () => bagView(order, shippingLeft(order, line.id).subtotal),
    taxLines: () => line.taxLines.map((one) => taxView(order, one)),
    discountAllocations: () => line.allocations.map((one) => allocationView(order, one)),
  };
}

export function taxView(order: Order, tax: TaxLine): View {
  return {
    __typename: 'TaxLine',
    title: tax.title,
    rate: tax.basisPoints / 10_000,
    ratePercentage: tax.basisPoints / 100,
    channelLiable: false,
    source: null,
    priceSet: bagView(order, tax.amount),
  };
}

function allocationView(order: Order, allocation: DiscountAllocation): View {
  return {
    __typename: 'DiscountAllocation',
    allocatedAmountSet: bagView(order, allocation.amount),
    discountApplication: () => applicationView(order, allocation.applicationIndex),
  };
}

const kinds = {
  automatic: 'AutomaticDiscountApplication',
  discount_code: 'DiscountCodeApplication',
  manual: 'ManualDiscountApplication',
} as const;

export function applicationView(order: Order, index: number): View | null {
  const application = order.discounts[index];
  if (!application) return null;
  const { presentmentCurrency: currency } = order;
  return {
    __typename: kinds[application.kind],
    index,
    code: application.code,
    title: application.title,
    description: application.title,
    allocationMethod: application.allocation.toUpperCase(),
    targetSelection: application.selection.toUpperCase(),
    targetType: application.target.toUpperCase(),
    value:
      application.valueType === 'percentage'
        ? { __typename: 'PricingPercentageValue', percentage: Number(application.value) }
        : moneyView(minorOf(application.value, currency) ?? 0, currency),
  };
}
