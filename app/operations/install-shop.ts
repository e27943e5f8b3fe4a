/**
 * A shop arrives, for the first time or again: its row, its first draft, its history to be read,
 * its figures to be shown again. Safe to repeat: each visit that exchanged a token comes here.
 */
import { LOOK_AT_EVERYONE, MIRROR_PROGRAMME } from './decide-members.ts';
import { firstDraft } from '../domain/programme/document.ts';
import { nextNight } from '../domain/time/night.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { NIGHT_JOBS, nightJobDueAt } from '../storage/nights/night-jobs.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface ShopFacts {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly taxesIncluded: boolean;
  readonly installationGid: string;
  readonly scopes: readonly string[];
}

export async function installShop(
  world: World,
  shop: ShopFacts,
): Promise<{ readonly fresh: boolean }> {
  const at = new Date(world.now());
  return inTransaction(world.db(shop.id), async (client) => {
    const { rows } = await client.query<{ state: string; scopes: string; time_zone: string }>(
      `SELECT state, scopes, time_zone FROM shops WHERE id = $1 FOR UPDATE`,
      [shop.id],
    );
    const before = rows[0]?.state ?? null;
    const moved = rows[0] !== undefined && rows[0].time_zone !== shop.timeZone;
    await client.query(
      `INSERT INTO shops (id, domain, name, state, currency, time_zone, taxes_included, scopes, installation_gid, installed_at)
        VALUES ($1, $2, $3, 'installed', $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET domain = EXCLUDED.domain, name = EXCLUDED.name, state = 'installed',
          currency = EXCLUDED.currency, time_zone = EXCLUDED.time_zone,
          zone_since = CASE WHEN shops.time_zone = EXCLUDED.time_zone THEN shops.zone_since ELSE $9 END, taxes_included = EXCLUDED.taxes_included,
          scopes = EXCLUDED.scopes, installation_gid = EXCLUDED.installation_gid, uninstalled_at = NULL,
          installed_at = CASE WHEN shops.state = 'installed' THEN shops.installed_at ELSE EXCLUDED.installed_at END`,
      [
        shop.id,
        shop.domain,
        shop.name,
        shop.currency,
        shop.timeZone,
        shop.taxesIncluded,
        shop.scopes.join(','),
        shop.installationGid,
        at,
      ],
    );
    await client.query(
      `INSERT INTO programme_drafts (shop_id, document, revision, edited_at, edited_by)
        VALUES ($1, $2, 1, $3, 'laurel') ON CONFLICT (shop_id) DO NOTHING`,
      [shop.id, JSON.stringify(firstDraft(shop.name)), at],
    );
    const mirror = [MIRROR_PROGRAMME];
    if (moved) await wantEffects(client, shop.id, [LOOK_AT_EVERYONE], at);
    if (before === 'installed') {
      // Which rewards are offered goes by what is allowed, and prizes wait for it.
      if (rows[0]?.scopes !== shop.scopes.join(',')) {
        await wantEffects(client, shop.id, [...mirror, LOOK_AT_EVERYONE], at);
      }
      return { fresh: false };
    }
    // What happened while we were away is read again; what we know already changes nothing.
    await client.query(
      `INSERT INTO imports (shop_id, subject, state, started_at)
        SELECT $1, unnest(ARRAY['products', 'customers', 'orders']), 'wanted', $2
        ON CONFLICT (shop_id, subject) DO UPDATE SET state = 'wanted', bulk_operation_gid = NULL, found = 0,
          taken_in = 0, started_at = EXCLUDED.started_at, finished_at = NULL, detail = NULL`,
      [shop.id, at],
    );
    await wantEffects(client, shop.id, mirror, at);
    for (const job of NIGHT_JOBS) {
      const night = nextNight(world.now(), shop.timeZone, shop.id);
      await nightJobDueAt(client, shop.id, job, new Date(night));
    }
    await writeAudit(client, shop.id, {
      id: world.newId(),
      at,
      actor: 'laurel',
      action: before === null ? 'installed' : 'installed-again',
      subject: 'shop',
      requestKey: null,
      content: {},
    });
    return { fresh: true };
  });
}
