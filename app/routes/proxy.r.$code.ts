import type { LoaderFunctionArgs } from '@remix-run/node';
import { addressOf, refused } from './proxy/posted.ts';
import { allowRequest } from '../operations/allow-request.ts';
import { openReferral } from '../operations/open-referral.ts';
import { shopByDomain } from '../queries/shop-by-domain.ts';

/** Who: anybody who opens a member's link. Leads on to the shop's own pages, and nowhere else. */
export async function loader({ request, params, context: { world, shopify } }: LoaderFunctionArgs) {
  await shopify.authenticate.public.appProxy(request);
  const { searchParams } = new URL(request.url);
  const shop = await shopByDomain(world, searchParams.get('shop') ?? '');
  if (!shop?.installed) return leadTo('/');
  // Of an address only a keyed hash is counted by.
  const [visitor = ''] = world.sealer.hashes(addressOf(request) ?? '', `visitor ${shop.id}`);
  const allowed = await allowRequest(world, shop.id, 'visitor', visitor);
  if (!allowed.ok)
    return refused('too-often', 429, { 'Retry-After': String(allowed.retryAfterSeconds) });
  const code = params['code'] ?? '';
  return leadTo(await openReferral(world, shop.id, { code, to: searchParams.get('to') }));
}

/** Shopify's proxy follows redirects by itself, to us; so the page leads the browser on, without script. */
function leadTo(path: string): Response {
  const url = path.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  return new Response(
    `<!doctype html><meta charset="utf-8"><meta name="robots" content="noindex"><title>→</title>` +
      `<meta http-equiv="refresh" content="0;url=${url}"><a href="${url}">→</a>\n`,
    {
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'private, no-store' },
    },
  );
}
