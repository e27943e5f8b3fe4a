/** A discount as Shopify answers it. */
import { z } from 'zod';
import { gid, moment } from '../payloads/parts.ts';

export const money = z.object({ amount: z.string(), currencyCode: z.string() });

const ids = z.object({ nodes: z.array(z.object({ id: gid })) });

const items = z.union([
  z.object({ __typename: z.literal('AllDiscountItems') }),
  z.object({
    __typename: z.literal('DiscountProducts'),
    products: ids,
    productVariants: ids,
  }),
  z.object({ __typename: z.literal('DiscountCollections'), collections: ids }),
]);

export type ItemsNode = z.infer<typeof items>;

/** UnsignedInt64 is a string in JSON. */
const count = z.union([z.string(), z.number()]).transform(Number);

const minimum = z
  .union([
    z.object({ greaterThanOrEqualToSubtotal: money }),
    z.object({ greaterThanOrEqualToQuantity: count }),
  ])
  .nullable();

const gets = z.object({
  appliesOnOneTimePurchase: z.boolean(),
  appliesOnSubscription: z.boolean(),
  items,
  value: z.union([
    z.object({ percentage: z.number() }),
    z.object({ amount: money }),
    z.object({
      quantity: z.object({ quantity: count }),
      effect: z.object({ percentage: z.number().optional() }),
    }),
  ]),
});

const common = z.object({
  title: z.string(),
  status: z.enum(['ACTIVE', 'EXPIRED', 'SCHEDULED']),
  startsAt: moment,
  endsAt: moment.nullable(),
  usageLimit: z.number().nullable(),
  appliesOncePerCustomer: z.boolean(),
  asyncUsageCount: z.number(),
  codes: z.object({ nodes: z.array(z.object({ code: z.string() })) }),
  combinesWith: z.object({
    orderDiscounts: z.boolean(),
    productDiscounts: z.boolean(),
    shippingDiscounts: z.boolean(),
  }),
  context: z.object({
    __typename: z.string(),
    customers: z.array(z.object({ id: gid })).optional(),
  }),
});

const ours = z.discriminatedUnion('__typename', [
  common.extend({
    __typename: z.literal('DiscountCodeBasic'),
    minimumRequirement: minimum,
    customerGets: gets,
    recurringCycleLimit: z.number().nullable(),
  }),
  common.extend({
    __typename: z.literal('DiscountCodeFreeShipping'),
    minimumRequirement: minimum,
    maximumShippingPrice: money.nullable(),
    destinationSelection: z.object({
      countries: z.array(z.string()).optional(),
      includeRestOfWorld: z.boolean().optional(),
    }),
  }),
  common.extend({
    __typename: z.literal('DiscountCodeBxgy'),
    customerGets: gets,
    customerBuys: z.object({ items, value: z.object({ quantity: count.optional() }) }),
  }),
]);

export type OurDiscount = z.infer<typeof ours>;

/** A kind that Laurel makes none of is somebody else's, made by an app's function. */
export const discountNode = z.object({
  id: z.string(),
  codeDiscount: z.union([
    ours,
    z.object({ __typename: z.literal('DiscountCodeApp') }).transform(() => null),
  ]),
});

export type DiscountNode = z.infer<typeof discountNode>;
