/** Shapes of the inputs, as GraphQL has checked them. */
export type ItemsInput = {
  all?: boolean | null;
  collections?: { add?: string[] | null; remove?: string[] | null } | null;
  products?: {
    productsToAdd?: string[] | null;
    productsToRemove?: string[] | null;
    productVariantsToAdd?: string[] | null;
    productVariantsToRemove?: string[] | null;
  } | null;
};

export type ValueInput = {
  percentage?: number | null;
  discountAmount?: { amount?: string | null; appliesOnEachItem?: boolean | null } | null;
  discountOnQuantity?: {
    quantity?: string | null;
    effect?: { percentage?: number | null; amount?: string | null } | null;
  } | null;
};

export type CommonInput = {
  title?: string | null;
  code?: string | null;
  startsAt?: string | null;
  endsAt?: string | null;
  usageLimit?: number | null;
  appliesOncePerCustomer?: boolean | null;
  tags?: string[] | null;
  combinesWith?: {
    orderDiscounts?: boolean | null;
    productDiscounts?: boolean | null;
    shippingDiscounts?: boolean | null;
    productDiscountsWithTagsOnSameCartLine?: unknown;
  } | null;
  context?: {
    all?: string | null;
    customers?: { add?: string[] | null; remove?: string[] | null } | null;
    customerSegments?: unknown;
    markets?: unknown;
  } | null;
  customerSelection?: unknown;
};

export type MinimumInput = {
  subtotal?: { greaterThanOrEqualToSubtotal?: string | null } | null;
  quantity?: { greaterThanOrEqualToQuantity?: string | null } | null;
} | null;

export type BasicInput = CommonInput & {
  minimumRequirement?: MinimumInput;
  customerGets?: {
    items?: ItemsInput | null;
    value?: ValueInput | null;
    appliesOnOneTimePurchase?: boolean | null;
    appliesOnSubscription?: boolean | null;
  } | null;
  recurringCycleLimit?: number | null;
};

export type FreeShippingInput = CommonInput & {
  minimumRequirement?: MinimumInput;
  destination?: {
    all?: boolean | null;
    countries?: {
      add?: string[] | null;
      remove?: string[] | null;
      includeRestOfWorld?: boolean | null;
    } | null;
  } | null;
  maximumShippingPrice?: string | null;
  appliesOnOneTimePurchase?: boolean | null;
  appliesOnSubscription?: boolean | null;
  recurringCycleLimit?: number | null;
};

export type BxgyInput = CommonInput & {
  customerBuys?: {
    items?: ItemsInput | null;
    value?: { quantity?: string | null; amount?: string | null } | null;
  } | null;
  customerGets?: { items?: ItemsInput | null; value?: ValueInput | null } | null;
  usesPerOrderLimit?: number | null;
};
