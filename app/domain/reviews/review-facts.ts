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
  /** It was published once, whatever became of it; left out while nobody told so. */
  readonly shown?: true;
}

/** The newest state, and whether any of them was published: in whatever order they are told. */
export function takeInReview(known: ReviewFacts | undefined, told: ReviewFacts): ReviewFacts {
  const newest = known && !isNewer(told, known) ? known : told;
  const shown = wasShown(told) || (known !== undefined && wasShown(known));
  return shown ? { ...newest, shown } : newest;
}

export function wasShown({ published, shown }: ReviewFacts): boolean {
  return published || shown === true;
}

/** Review apps stamp seconds: of two states of one, that which is further along, whichever comes first. */
export function isNewer(review: ReviewFacts, known: ReviewFacts | undefined): boolean {
  if (!known) return true;
  if (review.updatedAt !== known.updatedAt) return review.updatedAt > known.updatedAt;
  return furtherAlong(review) > furtherAlong(known);
}

/** Taken down, then shown with a video, with a photo, by whom; the rest only so that one of them counts. */
function furtherAlong(review: ReviewFacts): string {
  const { published, withVideo, withPhoto, customerId, productId, createdAt } = review;
  const steps = [!published, withVideo, withPhoto, customerId !== null].map(Number);
  return [...steps, customerId, productId, createdAt].join(' ');
}
