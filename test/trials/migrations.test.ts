/**
 * Trial R15. The database is as an earlier version left it; that version's own statements, as they were
 * recorded, go on (deliveries come in and are worked off) while `migrate deploy` applies all migrations
 * that came since, and after it. Then the present version takes in what was left. The books are those of
 * a shop for which everything happened before the migrations.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { booksInLines } from './books-in-lines.ts';
import { Player, readRecording } from './recorded-road.ts';
import type { Recording } from './recorded-road.ts';
import { SEED, size, trial } from './trial.ts';
import { openTrialWorld } from './trial-world.ts';
import type { Difference } from '../../app/domain/proof/difference.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { newDatabaseUrl } from '../support/test-database.ts';

const RECORDINGS = join(import.meta.dirname, 'recordings');
const MIGRATIONS = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');
/** Shops that work while the migrations are applied. */
const SHOPS = size(3, 20);
const AT_ONCE = size(4, 10);

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

const migrations = readdirSync(MIGRATIONS)
  .filter((name) => existsSync(join(MIGRATIONS, name, 'migration.sql')))
  .toSorted();

function newestRecording(): Recording {
  const name = readdirSync(RECORDINGS).toSorted().at(-1) ?? '';
  return readRecording(join(RECORDINGS, name));
}

/** The database as `migrate deploy` left it when that was the newest migration. */
async function asOf(newest: string): Promise<string> {
  const url = await newDatabaseUrl(`laurel_migrations_${process.pid}`, 'empty');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL,
      finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
      started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0)`);
  for (const name of migrations.filter((one) => one <= newest)) {
    const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'));
    await client.query(`/* cross-shop: test-assertion */ ${sql.toString('utf8')}`);
    const checksum = createHash('sha256').update(sql).digest('hex');
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
        VALUES (gen_random_uuid(), $1, now(), $2, 1)`,
      [checksum, name],
    );
  }
  await client.end();
  return url;
}

async function deploy(url: string): Promise<string> {
  const child = spawn(process.execPath, ['prisma/run.mjs', 'migrate', 'deploy'], {
    env: { ...process.env, DATABASE_URL: url },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(said);
  return said;
}

/** How long statements of the road waited for a lock, at most. */
async function watchLocks(url: string, isOver: () => boolean): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let longest = 0;
  while (!isOver()) {
    const { rows } = await client.query<{ ms: number | null }>(
      `SELECT max(extract(epoch FROM clock_timestamp() - l.waitstart) * 1000)::float8 AS ms FROM pg_locks l
        JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE NOT l.granted AND a.datname = current_database() AND a.application_name = 'laurel-recorded'`,
    );
    longest = Math.max(longest, rows[0]?.ms ?? 0);
    await sleep(5);
  }
  await client.end();
  return longest;
}

function isExplainedAnew({ law, kept, proved }: Difference): boolean {
  return law === 'I8' && pointsIn(kept) === pointsIn(proved);
}

function pointsIn(award: string): string {
  const { posted, steps } = JSON.parse(award) as { posted: number; steps: readonly unknown[] };
  return JSON.stringify({ posted, steps });
}

interface Load {
  deployed: boolean;
  /** Statements sent before, while and after the migrations were applied. */
  before: number;
  during: number;
  after: number;
}

/** Each keeps a quarter of its work until the migrations are there. */
async function workOn(players: readonly Player[], load: Load, deployment: Promise<unknown>) {
  const queue = [...players];
  const one = async (): Promise<void> => {
    for (let player = queue.shift(); player; player = queue.shift()) {
      await player.play('under-way', async (sent, isOpen) => {
        // Whoever waited with locks in their hands would wait for each other.
        if (!load.deployed && !isOpen) await (sent > 0.75 ? deployment : sleep(10));
        if (load.deployed) load.after += 1;
        else load.during += 1;
      });
      await player.play('unworked');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

it(
  'migrations are applied while an earlier version is at work, and nothing is lost',
  { timeout: size(300_000, 1_200_000) },
  () =>
    trial('R15: migrations under load', async () => {
      const recording = newestRecording();
      const pending = migrations.filter((name) => name > recording.migration);
      const url = await asOf(recording.migration);
      const ids = Array.from({ length: SHOPS + 1 }, (_, index) => String(910_000 + index));
      const players = ids.map((id) => new Player(recording, id, url));
      ends.push(() => Promise.all(players.map((player) => player.close())));
      const load: Load = { deployed: false, before: 0, during: 0, after: 0 };
      const begin = async (player: Player): Promise<void> =>
        player.play('begun', () => Promise.resolve(void (load.before += 1)));
      await Promise.all(players.map(begin));
      const [calm, ...others] = players;
      await calm?.play('under-way');
      await calm?.play('unworked');

      let over = false;
      const locks = watchLocks(url, () => over);
      const deployment = deploy(url).finally(() => (load.deployed = true));
      await Promise.all([workOn(others, load, deployment), deployment]);
      over = true;
      const longest = await locks;
      expect(await deployment).toContain('All migrations have been successfully applied.');
      for (const name of pending) expect(await deployment).toContain(name);

      const here = openTrialWorld(url, recording.now);
      ends.push(here.close);
      await here.settle();
      const states = await here.rows(
        `SELECT state, count(*)::int AS n, count(DISTINCT shop_id)::int AS shops FROM deliveries
          WHERE topic <> 'laurel/facts' OR webhook_id LIKE 'begun%' OR webhook_id LIKE 'un%' GROUP BY state`,
      );
      expect(states).toEqual([
        { state: 'done', n: recording.deliveries * ids.length, shops: ids.length },
      ]);
      const told = async (shopId: string): Promise<string[]> => {
        const before = await booksInLines(here, shopId, recording.redacted);
        const mended: Difference[] = [];
        await rebuildMembers(here.world, shopId, { told: (found) => mended.push(...found) });
        // As after every update: what the earlier version explained otherwise, in the same points.
        expect(mended.filter((one) => !isExplainedAnew(one))).toEqual([]);
        expect(await here.proof(shopId)).toEqual([]);
        return [...before, ...(await booksInLines(here, shopId, recording.redacted))];
      };
      const [first = '', ...rest] = ids;
      const quiet = await told(first);
      for (const id of rest) expect(await told(id)).toEqual(quiet);
      expect(quiet.length).toBeGreaterThan(recording.deliveries / 2);
      expect(Math.min(load.before, load.during, load.after)).toBeGreaterThan(SHOPS);
      return {
        ...{ since: recording.migration.slice(0, 14), migrations: pending.length, shops: SHOPS },
        deliveries: recording.deliveries * SHOPS,
        ...{ statements_before: load.before, during: load.during, after: load.after },
        longest_lock_ms: Math.round(longest),
        ...{ errors: 0, differences: 0 },
      };
    }),
);

it('control: a statement that the new schema no longer takes is found', async () => {
  const recording = newestRecording();
  const url = await newDatabaseUrl(`laurel_migrations_control_${process.pid}_${SEED}`, 'template');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`ALTER TABLE deliveries RENAME COLUMN lane TO lane_of_old`);
  await client.end();
  const player = new Player(recording, '910000', url);
  ends.push(() => player.close());
  await player.play('begun').then(
    () => expect.unreachable(),
    (error: unknown) => expect(String(error)).toContain('column "lane"'),
  );
});
