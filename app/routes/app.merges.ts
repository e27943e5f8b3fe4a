import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { mergeByHand, previewMerge } from '../operations/merge-by-hand.ts';
import { undoMerge } from '../operations/undo-merge.ts';
import { memberList } from '../queries/member-list.ts';
import { requireStaff } from './app/tenant.ts';

const wish = z.discriminatedUnion('wish', [
  z.object({ wish: z.literal('look'), keptId: z.uuid(), other: z.string().trim().min(1).max(320) }),
  z.object({
    wish: z.literal('merge'),
    keptId: z.uuid(),
    goneId: z.uuid(),
    reason: z.string().max(500),
  }),
  z.object({ wish: z.literal('undo'), mergeId: z.uuid() }),
]);

const refused = (kind: string) => json({ wish: 'refused', ok: false, refusal: { kind } } as const);

/** Who: signed-in staff of the shop, looking at a merge, making it, or undoing it. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor, session } = await requireStaff(args);
  const { world, shopify } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return refused('unknown-member');
  const { data } = asked;
  switch (data.wish) {
    case 'look': {
      const search = { text: data.other, tier: null, sort: 'newest', after: null } as const;
      const { members } = await memberList(world, shop.id, search);
      const found = members.filter(({ id }) => id !== data.keptId);
      const [other] = found;
      if (!other) return refused(members.length > 0 ? 'same-member' : 'nobody-found');
      if (found.length > 1) return refused('several-found');
      const shown = await previewMerge(world, {
        ...{ shopId: shop.id, keptId: data.keptId, goneId: other.id },
      });
      if (!shown.ok) return refused(shown.refusal.kind);
      const { preview } = shown;
      const [kept, gone] = [preview.kept.customerId, preview.gone.customerId];
      const inShopify =
        kept === null || gone === null ? null : await shopify.mergeBlocks(session, [kept, gone]);
      const blocks = (inShopify ?? []).filter(({ fields }) => fields.length > 0);
      return json({ wish: 'look', ok: true, goneId: other.id, preview, blocks } as const);
    }
    case 'merge': {
      const { keptId, goneId, reason } = data;
      const merged = await mergeByHand(world, { shopId: shop.id, keptId, goneId, reason, actor });
      return merged.ok ? json({ wish: 'merge', ok: true } as const) : refused(merged.refusal.kind);
    }
    case 'undo': {
      const undone = await undoMerge(world, { shopId: shop.id, mergeId: data.mergeId, actor });
      if (!undone.ok) return refused(undone.refusal.kind);
      return json({ wish: 'undo', ok: true, spent: undone.spent } as const);
    }
  }
}
