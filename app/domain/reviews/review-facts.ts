import type { Moment } from '../time/shop-time.ts';

/** What is known of a review, by whichever app collected it. */
export interface ReviewFacts {
  readonly provider: string;
  readonly id: string;
  readonly productId: string | null;
  readonly customerId: string | null;
  readonly email: string | null;
  readonly published: boolean;
  readonly withPhoto: boolean;
  readonly withVideo: boolean;
  readonly createdAt: Moment;
  readonly updatedAt: Moment;
}
