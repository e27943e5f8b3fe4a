/** Shops in a database of a trial's own, with a clock that the trial moves and no Shopify behind them. */
import { readConfig } from '../../app/config.server.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import type { Difference } from '../../app/domain/proof/difference.ts';
import { makeAdminAccess } from '../../app/jobs/admin-access.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import { passTime } from '../../app/jobs/pass-time.ts';
import { makeOutbox } from '../../app/jobs/perform-effects.ts';
import { offlineTokens } from '../../app/offline-tokens.server.ts';
import { installShop } from '../../app/operations/install-shop.ts';
import { proveShop } from '../../app/operations/prove-shop.ts';
import { publishProgramme } from '../../app/operations/publish-programme.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { makeWorld } from '../../app/world.ts';
import type { World } from '../../app/world.ts';
import { patientPool } from '../support/patience.ts';

export interface TrialWorld {
  readonly world: World;
  now: number;
  readonly env: Readonly<Record<string, string>>;
  readonly install: (shopId: string, timeZone?: string) => Promise<void>;
  readonly publish: (shopId: string, document: ProgrammeInput) => Promise<void>;
  /** Inbox, outbox and calendar, until nothing is left to do at this moment. */
  readonly settle: () => Promise<void>;
  readonly rows: <R extends Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ) => Promise<R[]>;
  /** None, when the books of the shop are right. */
  readonly proof: (shopId: string) => Promise<readonly (Difference | Record<string, unknown>)[]>;
  readonly close: () => Promise<void>;
}

export function trialEnvironment(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: 'trial-client-id',
    SHOPIFY_API_SECRET: 'trial-client-secret',
    SHOPIFY_APP_URL: 'http://localhost:1',
    LAUREL_SHOPIFY_URL: 'http://localhost:1',
    LOG_LEVEL: 'silent',
  };
}

export function openTrialWorld(databaseUrl: string, now: number, max = 10): TrialWorld {
  const env = trialEnvironment(databaseUrl);
  const real = makeWorld(readConfig(env), patientPool(max, 'laurel-trial'));
  const world: World = { ...real, now: () => here.now };
  const drain = makeDrain(world);
  const outbox = makeOutbox(world, makeAdminAccess(world, offlineTokens(world)));
  const here: TrialWorld = {
    world,
    now,
    env,
    install: (shopId, timeZone) => install(world, shopId, timeZone),
    publish: (shopId, document) => publish(world, shopId, document),
    settle: async () => {
      for (let calm = 0; calm < 2;) {
        const done = (await drain.once()) + (await outbox.once()) + (await passTime(world));
        calm = done === 0 ? calm + 1 : 0;
      }
    },
    rows: async <R extends Record<string, unknown>>(sql: string, values: readonly unknown[] = []) =>
      (await world.db('0').query<R>(`/* cross-shop: test-assertion */ ${sql}`, [...values])).rows,
    proof: async (shopId) => {
      const all: (Difference | Record<string, unknown>)[] = [];
      const { rows } = await world
        .db(shopId)
        .query<Record<string, unknown>>(`SELECT * FROM prove_books($1)`, [shopId]);
      all.push(...rows);
      await proveShop(world, shopId, { found: (some) => all.push(...some), punctual: false });
      return all;
    },
    close: () => real.close(),
  };
  return here;
}

async function install(world: World, shopId: string, timeZone = 'Europe/Berlin'): Promise<void> {
  await installShop(world, {
    id: shopId,
    domain: `trial-${shopId}.myshopify.com`,
    name: `Trial ${shopId}`,
    currency: 'EUR',
    timeZone,
    taxesIncluded: false,
    installationGid: `gid://shopify/AppInstallation/${shopId}`,
    scopes: [],
  });
}

async function publish(world: World, shopId: string, document: ProgrammeInput): Promise<void> {
  const draft = await world.prisma.programmeDraft.findUniqueOrThrow({
    where: { shopId: BigInt(shopId) },
  });
  const wish = { shopId, actor: 'trial', revision: draft.revision };
  const saved = await saveDraft(world, { ...wish, document: programmeDocument.parse(document) });
  if (!saved.ok) throw new Error(`not saved: ${saved.refusal.kind}`);
  const published = await publishProgramme(world, { ...wish, revision: saved.revision, note: '' });
  if (!published.ok) throw new Error(`not published: ${JSON.stringify(published.refusal)}`);
}
