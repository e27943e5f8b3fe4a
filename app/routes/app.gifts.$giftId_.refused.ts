import type { LoaderFunctionArgs } from '@remix-run/node';
import { MOST_GIFT_LINES } from '../domain/gifts/gift.ts';
import { csvCell } from '../domain/gifts/read-ref.ts';
import { refusedLines } from '../queries/gifts.ts';
import { requireStaff } from './app/tenant.ts';

/** Who: signed-in staff of the shop, fetching the lines that a gift leaves out. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const giftId = args.params['giftId'] ?? '';
  const lines = await refusedLines(args.context.world, shop.id, giftId, MOST_GIFT_LINES);
  if (lines.length === 0) throw new Response('There are no such lines.', { status: 404 });
  const rows = lines.map(({ line, written, memberId, refusal }) =>
    [String(line), csvCell(written ?? ''), memberId ?? '', refusal].join(','),
  );
  return new Response(`\uFEFF${['line,customer,member,reason', ...rows].join('\r\n')}\r\n`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="refused.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
}
