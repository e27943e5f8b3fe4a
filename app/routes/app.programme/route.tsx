import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { draftDocument } from '../../domain/programme/draft.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import { resourcesIn } from '../../domain/programme/resources-in.ts';
import { publishProgramme } from '../../operations/publish-programme.ts';
import { saveDraft } from '../../operations/save-draft.ts';
import { productTitles } from '../../queries/product-titles.ts';
import { lookingAgain, programmePage } from '../../queries/programme-page.ts';
import { requireStaff } from '../app/tenant.ts';
import type { Caller } from '../app/tenant.ts';
import { ProgrammeEditor } from './editor.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const caller = await requireStaff(args);
  const { shop } = caller;
  const { world } = args.context;
  const [{ draft, published, versions }, again] = await Promise.all([
    programmePage(world, shop.id),
    lookingAgain(world, shop.id),
  ]);
  if (!draft) throw new Response('There is no draft.', { status: 404 });
  const document = draftDocument.parse(draft.document);
  return json({
    draft: { ...draft, document },
    published: published && draftDocument.parse(published.document),
    versions,
    again,
    titles: await titlesIn(args.context, caller, document),
  });
}

const wish = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('save'), revision: z.int(), document: draftDocument }),
  z.object({
    intent: z.literal('publish'),
    revision: z.int(),
    note: z.string().max(500),
    effectiveAt: z.int().nullable().default(null),
  }),
]);

/** Who: signed-in staff of the shop, saving the draft or publishing it. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success)
    return json({ intent: 'none', ok: false, refusal: { kind: 'bad-form' } } as const, 400);
  const who = { shopId: shop.id, actor };
  if (asked.data.intent === 'save') {
    const { revision, document } = asked.data;
    const saved = await saveDraft(world, { ...who, revision, document });
    return json({ intent: 'save', ...saved } as const);
  }
  const { revision, note, effectiveAt } = asked.data;
  const published = await publishProgramme(world, { ...who, revision, note, effectiveAt });
  return json({ intent: 'publish', planned: effectiveAt !== null, ...published } as const);
}

export default function Programme() {
  return <ProgrammeEditor {...useLoaderData<typeof loader>()} />;
}

/** As Shopify says; else as far as we have heard of them. */
async function titlesIn(
  { world, shopify }: LoaderFunctionArgs['context'],
  { shop, session }: Caller,
  document: DraftDocument,
): Promise<Readonly<Record<string, string>>> {
  const chosen = resourcesIn(document);
  if (chosen.length === 0) return {};
  const titles = await shopify.titlesOf(session, chosen);
  const products = chosen.flatMap((gid) => /\/Product\/(\d+)$/.exec(gid)?.[1] ?? []);
  return titles ?? productTitles(world, shop.id, products);
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
