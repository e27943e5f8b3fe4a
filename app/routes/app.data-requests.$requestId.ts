import type { LoaderFunctionArgs } from '@remix-run/node';
import { handOutAnswer } from '../operations/answer-data-request.ts';
import { requireStaff } from './app/tenant.ts';

/** Who: signed-in staff of the shop, fetching what is held of a customer who asked for it. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const requestId = (args.params['requestId'] ?? '').slice(0, 100);
  const answer = await handOutAnswer(args.context.world, { shopId: shop.id, requestId, actor });
  if (answer === null) throw new Response('The answer is no longer kept.', { status: 404 });
  return new Response(answer, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="customer-data-${requestId.replaceAll(/\D/g, '')}.json"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
