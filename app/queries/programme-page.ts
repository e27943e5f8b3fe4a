/** The draft, the versions, and what the version in force says. */
import type { World } from '../world.ts';

export interface VersionLine {
  readonly version: number;
  readonly effectiveAt: number;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly note: string;
  readonly state: 'in-force' | 'scheduled' | 'past' | 'withdrawn';
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

export async function programmePage(world: World, shopId: string): Promise<ProgrammePage> {
  const { prisma } = world;
  const shop = { shopId: BigInt(shopId) };
  const [draft, versions, published] = await Promise.all([
    prisma.programmeDraft.findUnique({ where: shop }),
    prisma.programmeVersion.findMany({
      where: shop,
      orderBy: { version: 'desc' },
      take: SHOWN_VERSIONS,
      select: {
        ...{ version: true, effectiveAt: true, publishedAt: true, publishedBy: true, note: true },
        withdrawal: { select: { version: true } },
      },
    }),
    versionInForce(world, shopId),
  ]);
  return {
    draft: draft && {
      document: draft.document,
      revision: draft.revision,
      editedAt: draft.editedAt.getTime(),
      editedBy: draft.editedBy,
    },
    published,
    versions: versions.map(({ withdrawal, ...version }) => ({
      ...version,
      effectiveAt: version.effectiveAt.getTime(),
      publishedAt: version.publishedAt.getTime(),
      state: stateOf(version, withdrawal !== null, published?.version ?? null, world.now()),
    })),
  };
}

function stateOf(
  { version, effectiveAt }: { readonly version: number; readonly effectiveAt: Date },
  withdrawn: boolean,
  inForce: number | null,
  now: number,
): VersionLine['state'] {
  if (withdrawn) return 'withdrawn';
  if (effectiveAt.getTime() > now) return 'scheduled';
  return version === inForce ? 'in-force' : 'past';
}

async function versionInForce(
  { prisma, now }: World,
  shopId: string,
): Promise<{ readonly version: number; readonly document: unknown } | null> {
  return prisma.programmeVersion.findFirst({
    where: { shopId: BigInt(shopId), effectiveAt: { lte: new Date(now()) }, withdrawal: null },
    orderBy: [{ effectiveAt: 'desc' }, { version: 'desc' }],
    select: { version: true, document: true },
  });
}

/** What one version says; null when the shop has none of this number. */
export async function versionDocument(
  { prisma }: World,
  shopId: string,
  version: number,
): Promise<unknown> {
  const found = await prisma.programmeVersion.findUnique({
    where: { shopId_version: { shopId: BigInt(shopId), version } },
    select: { document: true },
  });
  return found?.document ?? null;
}

/** The document in force, for names of tiers, badges and challenges on other pages. */
export async function publishedDocument(world: World, shopId: string): Promise<unknown> {
  return (await versionInForce(world, shopId))?.document ?? null;
}

export interface LookingAgain {
  readonly left: number;
  readonly members: number;
}

/** Members whom the calendar is to look at now, as after a publication; null when there are none. */
export async function lookingAgain(world: World, shopId: string): Promise<LookingAgain | null> {
  // Most of the time nobody is due, and then nobody is counted.
  const { rows } = await world.db(shopId).query<LookingAgain>(
    `SELECT d.left, (SELECT count(*)::int FROM members WHERE shop_id = $1 AND state = 'active') AS members
      FROM (SELECT count(*)::int AS left FROM members WHERE shop_id = $1 AND due_at <= $2) AS d WHERE d.left > 0`,
    [shopId, new Date(world.now())],
  );
  return rows[0] ?? null;
}
