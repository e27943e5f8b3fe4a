import type { Address } from './customer.ts';
import type { MinorPair } from './money.ts';

export type DiscountApplication = {
  kind: 'discount_code' | 'automatic' | 'manual';
  title: string;
  code: string | null;
  valueType: 'percentage' | 'fixed_amount';
  /** Percent with up to two decimals ("12.5") or a decimal amount in the buyer's currency. */
  value: string;
  target: 'line_item' | 'shipping_line';
  allocation: 'across' | 'each' | 'one';
  selection: 'all' | 'entitled' | 'explicit';
};

export type DiscountAllocation = { applicationIndex: number; amount: MinorPair };

export type TaxLine = { title: string; basisPoints: number; amount: MinorPair };

export type OrderLine = {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  giftCard: boolean;
  taxable: boolean;
  grams: number;
  /** Units ever ordered; edits that add units raise it, removals and refunds do not lower it. */
  quantity: number;
  /** Units left after removals and refunds. */
  currentQuantity: number;
  unitPrice: MinorPair;
  allocations: DiscountAllocation[];
  taxLines: TaxLine[];
  addedByEdit: boolean;
  /** Bought as a subscription. Only the Admin API tells it, not the webhooks. */
  sellingPlan: string | null;
};

export type ShippingLine = {
  id: string;
  title: string;
  price: MinorPair;
  allocations: DiscountAllocation[];
  taxLines: TaxLine[];
};

export type Transaction = {
  id: string;
  kind: 'sale' | 'authorization' | 'capture' | 'refund' | 'void';
  status: 'success' | 'pending' | 'failure';
  gateway: string;
  amount: MinorPair;
  parentId: string | null;
  /** Of a payment by gift card. */
  giftCardId?: string | null;
  createdAt: string;
};

export type RefundLine = {
  id: string;
  lineId: string;
  quantity: number;
  restock: 'no_restock' | 'return' | 'cancel';
  subtotal: MinorPair;
  tax: MinorPair;
};

export type RefundShipping = {
  id: string;
  shippingLineId: string;
  subtotal: MinorPair;
  tax: MinorPair;
};

/** Money that went back without a line for it, or lines whose money did not go back. Negative towards the buyer. */
export type OrderAdjustment = { id: string; reason: string; amount: MinorPair; tax: MinorPair };

/** An edit that removes units leaves a refund without transactions, as Shopify's does. */
export type Refund = {
  id: string;
  createdAt: string;
  note: string | null;
  lines: RefundLine[];
  shipping: RefundShipping[];
  adjustments: OrderAdjustment[];
  transactions: Transaction[];
  byEdit: boolean;
};

export type OrderEdit = {
  id: string;
  createdAt: string;
  note: string;
  additions: { lineId: string; delta: number }[];
  removals: { lineId: string; delta: number }[];
};

export type DisputeStatus =
  'accepted' | 'charge_refunded' | 'lost' | 'needs_response' | 'prevented' | 'under_review' | 'won';

/** A shopper's bank takes a payment back, or asks. */
export type Dispute = {
  id: string;
  kind: 'chargeback' | 'inquiry';
  status: DisputeStatus;
  amount: MinorPair;
  createdAt: string;
  finalizedAt: string | null;
};

export type CancelReason = 'customer' | 'declined' | 'fraud' | 'inventory' | 'other' | 'staff';

export type Order = {
  id: string;
  number: number;
  /** "#1001" */
  name: string;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  currency: string;
  presentmentCurrency: string;
  taxesIncluded: boolean;
  test: boolean;
  sourceName: string;
  locale: string;
  note: string | null;
  /** Left out of orders from before carts had attributes. */
  noteAttributes?: Record<string, string>;
  tags: string[];
  token: string;
  confirmationNumber: string;
  lines: OrderLine[];
  discounts: DiscountApplication[];
  /** The total when it was placed, before any edit. */
  originalTotal: MinorPair;
  shipping: ShippingLine[];
  transactions: Transaction[];
  refunds: Refund[];
  edits: OrderEdit[];
  billingAddress: Address | null;
  shippingAddress: Address | null;
  fulfilled: boolean;
  fulfilledAt: string | null;
  disputes: Dispute[];
  cancelReason: CancelReason | null;
  cancelledAt: string | null;
  closedAt: string | null;
  createdAt: string;
  processedAt: string;
  updatedAt: string;
};
