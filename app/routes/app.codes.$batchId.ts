import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { codesOfBatch } from '../queries/code-batches.ts';
import { requireStaff } from './app/tenant.ts';

/** Who: signed-in staff of the shop, fetching the codes of a batch that Shopify has. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const batchId = z.uuid().safeParse(args.params['batchId']);
  const codes = batchId.success
    ? await codesOfBatch(args.context.world, shop.id, batchId.data)
    : null;
  if (codes === null) throw new Response('There is no such batch.', { status: 404 });
  return new Response(['code', ...codes].join('\r\n'), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="codes.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
}
