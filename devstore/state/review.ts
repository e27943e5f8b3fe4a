export type Review = {
  id: string;
  customerId: string | null;
  email: string;
  name: string;
  productId: string;
  rating: number;
  title: string;
  body: string;
  published: boolean;
  verified: boolean;
  createdAt: string;
  updatedAt: string;
};
