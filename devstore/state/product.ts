export type Category = { id: string; name: string; fullName: string };

export type Variant = {
  id: string;
  title: string;
  option: string | null;
  sku: string;
  /** In the shop's currency. */
  priceMinor: number;
  compareAtMinor: number | null;
  grams: number;
  inventory: number;
  createdAt: string;
  updatedAt: string;
};

export type Product = {
  id: string;
  handle: string;
  title: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  category: Category | null;
  tags: string[];
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED';
  giftCard: boolean;
  taxable: boolean;
  optionName: string;
  variants: Variant[];
  collectionIds: string[];
  /** The whole picture, SVG markup; also served at `<admin>/cdn/<shop>/products/<id>.svg`. */
  artwork: string;
  createdAt: string;
  updatedAt: string;
  publishedAt: string | null;
};

export type Collection = {
  id: string;
  handle: string;
  title: string;
  descriptionHtml: string;
  updatedAt: string;
};
