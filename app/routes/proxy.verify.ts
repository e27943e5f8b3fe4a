import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { addressOf } from './proxy/posted.ts';
import { languageOf } from './proxy/reward-words.ts';
import { factsOf, htmlHeaders, verifyPage, VERIFY_WORDS } from './proxy/verify-page.ts';
import { localesOf, makeI18n } from '../components/i18n.ts';
import { allowRequest } from '../operations/allow-request.ts';
import { drawProof, listOf } from '../queries/draws.ts';
import { rewardSpeech } from '../queries/storefront-rewards.ts';
import { installedShopId } from '../queries/shop-by-domain.ts';

/**
 * Who: anybody who knows the id of a draw; it says nothing of who drew it. A page that does the draw again in
 * the browser, from the commitment, the seed and the odds; before the seed is shown it says when that will be.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { world, shopify } = context;
  await shopify.appProxy(request);
  const { searchParams } = new URL(request.url);
  const shopId = await installedShopId(world, searchParams.get('shop') ?? '');
  const { locale, language } = localesOf(languageOf(request).split(/[,;]/)[0] ?? 'en');
  const { t } = makeI18n(language);
  if (shopId === null) return new Response(null, { status: 404 });
  const [visitor = ''] = world.sealer.hashes(addressOf(request) ?? '', `visitor ${shopId}`);
  const allowed = await allowRequest(world, shopId, 'visitor', visitor);
  if (!allowed.ok) {
    const headers = { 'Retry-After': String(allowed.retryAfterSeconds) };
    return json({ ok: false, refusal: { kind: 'too-often' } }, { status: 429, headers });
  }
  const { timeZone } = await rewardSpeech(world, shopId);
  const moment = (at: number): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long', timeZone }).format(at);
  const proof = await drawProof(world, shopId, searchParams.get('draw') ?? '');
  const label = (name: string): string => t(`verify.${name}`);
  const about = {
    ...{ language, title: label('title') },
    columns: [label('step'), label('told'), label('found'), label('verdict')] as const,
    words: Object.fromEntries(VERIFY_WORDS.map((name) => [name, label(name)])),
  };
  if (!proof) {
    const page = verifyPage({ ...about, intro: label('unknown'), proof: null, facts: [] });
    return new Response(page, { status: 404, headers: htmlHeaders() });
  }
  const list = proof.list === null ? null : await listOf(world, proof);
  const told = list === 'too-long' ? null : proof.seed === null ? null : { ...proof, list };
  const intro =
    proof.seed === null
      ? t('verify.later', { date: moment(proof.revealsAt) })
      : label(list === 'too-long' ? 'longList' : 'intro');
  const facts = factsOf(proof, label, moment);
  return new Response(verifyPage({ ...about, intro, proof: told, facts }), {
    headers: htmlHeaders(),
  });
}
