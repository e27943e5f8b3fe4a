import type { LoaderFunctionArgs } from '@remix-run/node';
import { csvCell } from '../domain/gifts/read-ref.ts';
import { gameLog } from '../queries/games.ts';
import { requireStaff } from './app/tenant.ts';

const COLUMNS = [
  ...['epoch', 'serial', 'id', 'at', 'route', 'chosen', 'number', 'numberOf', 'drawn'],
  ...['given', 'because', 'points', 'version', 'oddsHash', 'commit', 'seed'],
] as const;

/** Who: signed-in staff of the shop, fetching every draw of a game. It says nothing of who drew. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
  const game = new URL(args.request.url).searchParams.get('game') ?? '';
  const log = await gameLog(args.context.world, shop.id, game);
  if (!log) throw new Response('There is no such game.', { status: 404 });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${COLUMNS.join(',')}\r\n`)),
    pull: async (stream) => {
      const page = await log.next();
      if (page.done === true) {
        stream.close();
        return;
      }
      const lines = page.value.map((line) => {
        const told = { ...line, at: line.at.toISOString() };
        return COLUMNS.map((column) => csvCell(String(told[column] ?? ''))).join(',');
      });
      stream.enqueue(encoder.encode(`${lines.join('\r\n')}\r\n`));
    },
    cancel: () => void log.return(undefined),
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="draws.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
}
