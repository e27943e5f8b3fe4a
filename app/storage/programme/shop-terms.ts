/** The shop's published programme as the engine uses it. Versions never change, so they are read once. */
import type pg from 'pg';
import type { ProgrammeDocument } from '../../domain/programme/document.ts';
import type { Fault } from '../../domain/programme/validate-programme.ts';
import { termsOf } from '../../domain/programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from '../../domain/programme/terms.ts';

const MOST_REMEMBERED = 2_000;

export interface TermsMemory {
  readonly known: Map<string, ProgrammeTerms>;
  /** Hears of parts of a published version that do nothing, once when the version is read. */
  readonly report: (shopId: string, version: number, faults: readonly Fault[]) => void;
}

export function makeTermsMemory(report: TermsMemory['report'] = () => undefined): TermsMemory {
  return { known: new Map(), report };
}

const memories = new WeakMap<pg.Pool, TermsMemory>();

/** One memory for whoever reads by these connections. */
export function termsMemoryOf(pool: pg.Pool): TermsMemory {
  const known = memories.get(pool) ?? makeTermsMemory();
  memories.set(pool, known);
  return known;
}

export async function readShopTerms(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  memory: TermsMemory,
): Promise<ShopTerms> {
  const { rows } = await client.query<{
    currency: string;
    time_zone: string;
    zone_since: Date | null;
    scopes: string;
    version: number | null;
    effective_at: Date | null;
  }>({
    name: 'read-shop-terms',
    text: `SELECT s.currency, s.time_zone, s.zone_since, s.scopes, v.version, v.effective_at FROM shops s
      LEFT JOIN programme_versions v ON v.shop_id = s.id AND v.shop_id = $1 AND NOT EXISTS (
        SELECT FROM programme_withdrawals w WHERE w.shop_id = $1 AND w.version = v.version)
      WHERE s.id = $1 ORDER BY v.effective_at, v.version`,
    values: [shopId],
  });
  const shop = rows[0];
  if (!shop) throw new Error(`No shop ${shopId}`);
  const published = rows.flatMap(({ version, effective_at: at }) =>
    version === null || at === null ? [] : [{ version, effectiveAt: at.getTime() }],
  );
  const keyOf = (version: number): string => `${shopId} ${version} ${shop.currency}`;
  const missing = published.filter(({ version }) => !memory.known.has(keyOf(version)));
  if (missing.length > 0) {
    const documents = await readDocuments(
      client,
      shopId,
      missing.map(({ version }) => version),
    );
    for (const { version, effectiveAt } of missing) {
      const document = documents.get(version);
      if (!document) continue;
      const terms = termsOf({ version, effectiveAt, document }, shop.currency);
      memory.known.set(keyOf(version), terms);
      if (terms.faults.length > 0) memory.report(shopId, version, terms.faults);
    }
    forgetOldest(memory.known);
  }
  return {
    currency: shop.currency,
    timeZone: shop.time_zone,
    zoneSince: shop.zone_since?.getTime() ?? null,
    scopes: new Set(shop.scopes.split(',')),
    versions: published.flatMap(({ version }) => memory.known.get(keyOf(version)) ?? []),
  };
}

async function readDocuments(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  versions: readonly number[],
): Promise<Map<number, ProgrammeDocument>> {
  const { rows } = await client.query<{ version: number; document: ProgrammeDocument }>({
    name: 'read-programme-documents',
    text: `SELECT version, document FROM programme_versions WHERE shop_id = $1 AND version = ANY($2::int[])`,
    values: [shopId, versions],
  });
  return new Map(rows.map((row) => [row.version, row.document]));
}

function forgetOldest(memory: Map<string, ProgrammeTerms>): void {
  for (const key of memory.keys()) {
    if (memory.size <= MOST_REMEMBERED) return;
    memory.delete(key);
  }
}
