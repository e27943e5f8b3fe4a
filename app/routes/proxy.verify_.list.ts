import type { LoaderFunctionArgs } from '@remix-run/node';
import { addressOf } from './proxy/posted.ts';
import { allowRequest } from '../operations/allow-request.ts';
import { ticketList } from '../queries/draws.ts';
import { installedShopId } from '../queries/shop-by-domain.ts';

/** Who: anybody. The list of a giveaway's tickets as it was sealed when it ended: places, codes, how many. */
export async function loader({ request, context: { world, shopify } }: LoaderFunctionArgs) {
  await shopify.appProxy(request);
  const { searchParams } = new URL(request.url);
  const shopId = await installedShopId(world, searchParams.get('shop') ?? '');
  if (shopId === null) return new Response(null, { status: 404 });
  const [visitor = ''] = world.sealer.hashes(addressOf(request) ?? '', `visitor ${shopId}`);
  const allowed = await allowRequest(world, shopId, 'visitor', visitor);
  if (!allowed.ok) {
    const headers = { 'Retry-After': String(allowed.retryAfterSeconds) };
    return new Response(null, { status: 429, headers });
  }
  const [game, epoch] = [searchParams.get('game') ?? '', searchParams.get('epoch') ?? ''];
  const list = await ticketList(world, { shopId, game, epoch });
  if (list === null) return new Response(null, { status: 404 });
  return new Response(list, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
