/** A discount code of the shop, as far as a checkout needs it. */
export type Discount = {
  code: string;
  title: string;
  value: { percent: string } | { amountMinor: number };
  /** Whole order, or only lines of these products. */
  productIds: string[] | null;
};
