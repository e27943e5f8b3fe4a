import { z } from 'zod';
import { sendReview } from '../../reviews/send-review.ts';
import { changeReview, writeReview } from '../../reviews/write-review.ts';
import { customerNamed, productNamed } from '../named.ts';
import { reading, route, type Route } from '../route.ts';

const rating = z.int().min(1).max(5);

export const reviewRoutes: Route[] = [
  route(
    'PUT',
    '/judgeme-secret',
    'The secret that signs this shop’s Judge.me webhooks; null sends none.',
    z.strictObject({ secret: z.union([z.string().min(1), z.null()]) }),
    { secret: 'judgeme-secret' },
    ({ store }, { secret }) => {
      store.act(() => (store.shop.judgemeSecret = secret));
      return { secret };
    },
  ),
  reading('/reviews', 'The reviews that were written here.', ({ store }) => ({
    reviews: store.reviews,
  })),
  route(
    'POST',
    '/reviews',
    'Writes a review; Judge.me tells the app review/created.',
    z.strictObject({
      customer: z.string(),
      product: z.string(),
      rating: rating.default(5),
      title: z.string().default('Lovely'),
      body: z.string().default('Just as described.'),
      published: z.boolean().default(true),
      /** False: Judge.me knows the e-mail address only. */
      linked: z.boolean().default(true),
    }),
    { customer: 'mia@example.com', product: 'misty-ridge-oolong', rating: 5 },
    (call, { customer, product, linked, ...words }) => {
      const { store, devstore } = call;
      const review = writeReview(store, {
        ...words,
        customer: customerNamed(store, customer),
        productId: productNamed(store, product).id,
        linked,
      });
      sendReview(devstore, store, review, 'review/created');
      return { review };
    },
  ),
  route(
    'PATCH',
    '/reviews/:review',
    'Changes a review or unpublishes it; Judge.me tells the app review/updated.',
    z.strictObject({
      published: z.boolean().optional(),
      rating: rating.optional(),
      body: z.string().optional(),
    }),
    { published: false },
    ({ store, devstore, params }, change) => {
      const review = changeReview(store, params['review'] ?? '', change);
      sendReview(devstore, store, review, 'review/updated');
      return { review };
    },
  ),
];
