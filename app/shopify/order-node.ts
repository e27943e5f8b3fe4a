/** An order's parts as GraphQL tells them. */
import { z } from 'zod';
import { gid, moment } from './payloads/parts.ts';

export const amount = z.object({ amount: z.string(), currencyCode: z.string() });
export const money = z.object({ shopMoney: amount });
const address = z.object({ countryCodeV2: z.string().nullable() });

export const lineNode = z.object({
  id: gid,
  title: z.string(),
  quantity: z.int(),
  currentQuantity: z.int(),
  isGiftCard: z.boolean(),
  vendor: z.string().nullable(),
  product: z.object({ id: gid }).nullable(),
  variant: z.object({ id: gid }).nullable(),
  originalUnitPriceSet: money,
  sellingPlan: z.object({ name: z.string() }).nullable(),
  discountAllocations: z.array(
    z.object({
      allocatedAmountSet: money,
      discountApplication: z.object({ index: z.int(), code: z.string().optional() }),
    }),
  ),
  taxLines: z.array(z.object({ priceSet: money })),
  duties: z.array(z.object({ price: money })),
});

export const orderNode = z.object({
  id: gid,
  name: z.string(),
  createdAt: z.string(),
  processedAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullable(),
  displayFinancialStatus: z.string().nullable(),
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  dutiesIncluded: z.boolean(),
  sourceName: z.string().nullable(),
  email: z.string().nullish(),
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  discountCodes: z.array(z.string()),
  edited: z.boolean(),
  returnStatus: z.string(),
  displayFulfillmentStatus: z.string(),
  customer: z.object({ id: gid, tags: z.array(z.string()) }).nullable(),
  customAttributes: z.array(z.object({ key: z.string(), value: z.string().nullable() })),
  shippingAddress: address.nullable(),
  billingAddress: address.nullable(),
  fulfillments: z.array(z.object({ createdAt: z.string(), status: z.string() })),
  transactions: z.array(
    z.object({
      kind: z.string(),
      status: z.string(),
      gateway: z.string().nullable(),
      processedAt: z.string().nullable(),
      amountSet: money.extend({ presentmentMoney: amount }),
    }),
  ),
  originalTotalPriceSet: z.object({ presentmentMoney: amount }),
  disputes: z.array(z.object({ id: gid, status: z.string() })),
  totalPriceSet: money.extend({ presentmentMoney: amount }),
  totalShippingPriceSet: money,
  shippingLine: z.object({ taxLines: z.array(z.object({ priceSet: money })) }).nullable(),
  totalOutstandingSet: money.nullish(),
  totalTipReceivedSet: money.nullable(),
  originalTotalDutiesSet: money.nullable(),
});

export const nodes = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node) });

export const refundLine = z.object({
  quantity: z.int(),
  lineItem: z.object({ id: gid }),
  subtotalSet: money,
  totalTaxSet: money,
});

export const refundNode = z.object({
  id: gid,
  createdAt: z.string(),
  refundLineItems: nodes(refundLine),
  refundShippingLines: nodes(z.object({ subtotalAmountSet: money, taxAmountSet: money })),
  orderAdjustments: nodes(z.object({ amountSet: money, taxAmountSet: money })),
  duties: z.array(z.object({ amountSet: money })).nullable(),
  totalRefundedSet: money.extend({ presentmentMoney: amount }),
});

export const agreementNode = z.object({
  id: gid,
  happenedAt: moment,
  reason: z.string(),
  sales: z.object({
    nodes: z.array(
      z.object({
        actionType: z.string(),
        quantity: z.int().nullable(),
        lineItem: z.object({ id: gid }).optional(),
      }),
    ),
  }),
});

export type OrderNode = z.infer<typeof orderNode>;
export type AgreementNode = z.infer<typeof agreementNode>;
export type LineNode = z.infer<typeof lineNode>;
export type RefundNode = z.infer<typeof refundNode>;
