import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { earningDefinitions } from '../../domain/earning/registry.ts';
import { rewardDefinitions } from '../../domain/rewards/registry.ts';
import { draftDocument } from '../../domain/programme/draft.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import { publishProgramme } from '../../operations/publish-programme.ts';
import { saveDraft } from '../../operations/save-draft.ts';
import { productTitles } from '../../queries/product-titles.ts';
import { lookingAgain, programmePage } from '../../queries/programme-page.ts';
import { requireStaff } from '../app/tenant.ts';
import { ProgrammeEditor } from './editor.tsx';

/** Who: signed-in staff of the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const { shop } = await requireStaff(args);
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
    titles: await productTitles(world, shop.id, chosenProducts(document)),
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

/** Products that stand anywhere in the draft. */
function chosenProducts({
  earning,
  campaigns,
  memberships,
  rewards,
}: DraftDocument): readonly string[] {
  const inSettings = [
    ...earning.map((one) => ({ ...one, fields: earningDefinitions.find(one.kind)?.fields })),
    ...rewards.map((one) => ({ ...one, fields: rewardDefinitions.find(one.kind)?.fields })),
  ].flatMap(({ fields = [], settings }) =>
    fields.flatMap(({ name, input }) => {
      const chosen = input === 'products' ? settings[name] : null;
      return Array.isArray(chosen) ? chosen.map(String) : [];
    }),
  );
  const sold = memberships.flatMap(({ plans }) => plans.flatMap(({ products }) => products));
  const inCampaigns = campaigns.flatMap(({ when }) => when.products);
  const inSegments = rewards.flatMap(({ audience }) =>
    audience.segment.conditions.flatMap(({ settings: { products } }) =>
      Array.isArray(products) ? products.map(String) : [],
    ),
  );
  return [...inSettings, ...sold, ...inCampaigns, ...inSegments];
}

/** Drawn in the page's place, so that the menu stays. */
export { PageError as ErrorBoundary } from '../../components/page-error.tsx';
