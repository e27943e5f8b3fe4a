import type { World } from '../world.ts';

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** The last letters of the secret, by which its owner knows it again. */
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** Keys in use, the newest first; their secrets nobody can read. */
export async function apiKeys({ prisma }: World, shopId: string): Promise<readonly ApiKeyRow[]> {
  const rows = await prisma.apiKey.findMany({
    where: { shopId: BigInt(shopId), revokedAt: null },
    orderBy: { createdAt: 'desc' },
    select: { id: true, name: true, hint: true, scopes: true, createdAt: true, lastUsedAt: true },
  });
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    lastUsedAt: row.lastUsedAt?.getTime() ?? null,
  }));
}
