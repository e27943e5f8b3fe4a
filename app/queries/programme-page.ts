/** The draft, the versions, and what the newest version says. */
import type { World } from '../world.ts';

export interface VersionLine {
  readonly version: number;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly note: string;
}

export interface ProgrammePage {
  /** Null before the first save, which cannot happen to an installed shop. */
  readonly draft: {
    readonly document: unknown;
    readonly revision: number;
    readonly editedAt: number;
    readonly editedBy: string;
  } | null;
  readonly published: { readonly version: number; readonly document: unknown } | null;
  readonly versions: readonly VersionLine[];
}

const SHOWN_VERSIONS = 50;

export async function programmePage({ prisma }: World, shopId: string): Promise<ProgrammePage> {
  const shop = { shopId: BigInt(shopId) };
  const [draft, versions, published] = await Promise.all([
    prisma.programmeDraft.findUnique({ where: shop }),
    prisma.programmeVersion.findMany({
      where: shop,
      orderBy: { version: 'desc' },
      take: SHOWN_VERSIONS,
      select: { version: true, publishedAt: true, publishedBy: true, note: true },
    }),
    prisma.programmeVersion.findFirst({
      where: shop,
      orderBy: { version: 'desc' },
      select: { version: true, document: true },
    }),
  ]);
  return {
    draft: draft && {
      document: draft.document,
      revision: draft.revision,
      editedAt: draft.editedAt.getTime(),
      editedBy: draft.editedBy,
    },
    published,
    versions: versions.map((version) => ({
      ...version,
      publishedAt: version.publishedAt.getTime(),
    })),
  };
}

/** The document in force, for names of tiers, badges and challenges on other pages. */
export async function publishedDocument({ prisma }: World, shopId: string): Promise<unknown> {
  const version = await prisma.programmeVersion.findFirst({
    where: { shopId: BigInt(shopId) },
    orderBy: { version: 'desc' },
    select: { document: true },
  });
  return version?.document ?? null;
}
