import { draftDocument } from '../domain/programme/draft.ts';
import type { DraftDocument } from '../domain/programme/draft.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

export interface KnownDocuments {
  readonly shop: ShopTerms;
  /** Null where there is none, or where it cannot be read. */
  readonly draft: DraftDocument | null;
  readonly revision: number | null;
}

/** What was published, and what is being written. */
export async function knownDocuments(world: World, shopId: string): Promise<KnownDocuments> {
  const pool = world.db(shopId);
  const [shop, row] = await Promise.all([
    readShopTerms(pool, shopId, termsMemoryOf(pool)),
    world.prisma.programmeDraft.findUnique({ where: { shopId: BigInt(shopId) } }),
  ]);
  const draft = draftDocument.safeParse(row?.document);
  return { shop, draft: draft.success ? draft.data : null, revision: row?.revision ?? null };
}
